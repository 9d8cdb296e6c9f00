// The bytes of a prompt file: fetched within a size and a time, and their hash.
import { failureOfStatus } from '../core/asset'
import { failure, type Failure } from '../core/errors'

export interface AssetLimits {
  readonly maxBytes: number
  readonly timeoutMs: number
}

/** `ended` gives it up, as the time limit does. */
export async function fetchBytes(
  url: string,
  limits: AssetLimits,
  ended?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer> | Failure> {
  const timeout = AbortSignal.timeout(limits.timeoutMs)
  try {
    const response = await fetch(url, {
      credentials: 'omit',
      redirect: 'error',
      signal: ended ? AbortSignal.any([timeout, ended]) : timeout,
    })
    if (!response.ok) return failureOfStatus(response.status)
    const declared = Number(response.headers.get('content-length') ?? 0)
    if (declared > limits.maxBytes) return failure('asset_too_large', `${declared} bytes`)
    const bytes = new Uint8Array(await response.arrayBuffer())
    return bytes.length > limits.maxBytes ? failure('asset_too_large', `${bytes.length} bytes`) : bytes
  } catch (error) {
    return failure('fetch_timeout', error instanceof Error ? error.message : String(error))
  }
}

export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
