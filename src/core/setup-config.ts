// What the setup needs of config.json: where the organisation is, and by which OAuth client an admin signs in.
import * as v from 'valibot'
import type { Complaint } from './config'
import { isLoopback } from './launch'

type Json = Readonly<Record<string, unknown>>

export interface SetupConfig {
  readonly gateway: string | null
  readonly environment: string | null
  /** The client of `setup`: the maker's own, or one that an admin registered for setting up. Without it, the panel's. */
  readonly signIn: { readonly clientId: string; readonly grant: 'implicit' | 'pkce' }
  /** The whole file: what the setup does not know of it is kept. */
  readonly file: Json
}

export type SetupConfigReading =
  | { readonly ok: true; readonly config: SetupConfig }
  | { readonly ok: false; readonly complaints: readonly Complaint[] }

/** `replace-with-…` is what the built app brings along: no login knows it. */
const clientId = v.pipe(v.string(), v.regex(/^(?!replace-with-)[A-Za-z0-9-]{1,64}$/))
const grant = v.picklist(['implicit', 'pkce'])
const client = v.object({ clientId, grant: v.optional(grant) })
const api = v.object({
  gateway: v.optional(v.pipe(v.string(), v.check(isSafe))),
  environment: v.optional(v.pipe(v.string(), v.regex(/^[a-z0-9.-]+$/))),
})

/** Lenient on all that belongs to the panel: where the panel's part is not there yet, the setup makes it. */
export function readSetupConfig(text: string): SetupConfigReading {
  const file = parsed(text)
  if (file === null) return failed('(file)', text, 'must be a JSON object')
  const place = v.safeParse(v.optional(api, {}), file.api)
  if (!place.success)
    return failed('api', file.api, 'must name an https gateway or a region such as "mypurecloud.de"')
  const own = v.safeParse(v.optional(client), file.setup)
  if (!own.success) return failed('setup', file.setup, 'must have the clientId of an OAuth client')
  const signIn = own.output ?? panelClient(file.oauth)
  if (signIn === null)
    return failed(
      'setup',
      'nothing',
      'must have the clientId of an OAuth client by which an admin can sign in',
    )
  const { gateway = null, environment = null } = place.output
  const kind = signIn.grant ?? (own.output ? 'pkce' : 'implicit')
  return {
    ok: true,
    config: { gateway, environment, signIn: { clientId: signIn.clientId, grant: kind }, file },
  }
}

function panelClient(oauth: unknown): v.InferOutput<typeof client> | null {
  const read = v.safeParse(client, oauth)
  return read.success ? read.output : null
}

function parsed(text: string): Json | null {
  try {
    const json: unknown = JSON.parse(text)
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as Json) : null
  } catch {
    // The caller names the file.
    return null
  }
}

function failed(field: string, value: unknown, rule: string): SetupConfigReading {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing')
  return {
    ok: false,
    complaints: [{ field, value: text.length > 60 ? `${text.slice(0, 57)}…` : text, rule }],
  }
}

function isSafe(text: string): boolean {
  if (!URL.canParse(text) || /[?#]/.test(text)) return false
  const { protocol, hostname, username } = new URL(text)
  return username === '' && (protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname)))
}
