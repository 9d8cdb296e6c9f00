// Authorization codes with proof of possession (RFC 7636): each is worth one token, for a minute, to who began.
import { createHash } from 'node:crypto'
import type { Clock } from './clock'
import type { Random } from './random'

const lifetimeMs = 60_000

export interface CodeGrant {
  clientId: string
  userId: string
  redirectUri: string
  /** BASE64URL(SHA-256(verifier)). */
  challenge: string
}

export interface AuthCodes {
  issue(grant: CodeGrant): string
  /** What the code stands for, once; null: unknown, used or too old. */
  take(code: string): CodeGrant | null
}

export function createAuthCodes({ clock, random }: { clock: Clock; random: Random }): AuthCodes {
  const grants = new Map<string, CodeGrant & { expiresAtMs: number }>()

  const forgetOld = (): void => {
    for (const [code, { expiresAtMs }] of grants) if (expiresAtMs <= clock.now()) grants.delete(code)
  }

  return {
    issue(grant) {
      forgetOld()
      const code = random.token()
      grants.set(code, { ...grant, expiresAtMs: clock.now() + lifetimeMs })
      return code
    },
    take(code) {
      forgetOld()
      const grant = grants.get(code) ?? null
      grants.delete(code)
      return grant
    },
  }
}

/** A SHA-256 in base64url. */
export const isChallenge = (text: string | null): text is string => text !== null && /^[\w-]{43}$/.test(text)

export const proves = (verifier: string, challenge: string): boolean =>
  /^[\w.~-]{43,128}$/.test(verifier) &&
  createHash('sha256').update(verifier, 'ascii').digest('base64url') === challenge
