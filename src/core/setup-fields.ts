// What of config.json an admin decides and no request can make: region, language, and where the prompt files lie.
import { backendNames } from './backend-names'
import { readConfig, type Complaint } from './config'
import { normaliseLanguage } from './prompt'

type Json = Readonly<Record<string, unknown>>

export type FieldName = 'environment' | 'language' | 'cdn'

export interface SetupField {
  /** Empty: it is not said, and config.json stays as it is there. */
  readonly value: string
  readonly source: 'file' | 'desktop' | 'admin' | 'nobody'
}
export type SetupFields = Readonly<Record<FieldName, SetupField>>

export interface HostPlace {
  /** The region as the desktop says it, e.g. `mypurecloud.de`. */
  readonly environment: string | null
  readonly languageTag: string | null
}

/** What the built app brings along, for an admin to replace. */
const placeholders = ['https://prompts.example.org', 'replace-with-your-oauth-client-id']

/** config.json first: somebody has decided already. Then the desktop in which the setup runs. */
export function startingFields(file: Json, { environment, languageTag }: HostPlace): SetupFields {
  const api = sectionOf(file, 'api')
  const told = (source: SetupField['source'], value: unknown): SetupField | null =>
    typeof value === 'string' && value !== '' && !placeholders.includes(value) ? { value, source } : null
  const nobody: SetupField = { value: '', source: 'nobody' }
  return {
    environment: told('file', api.environment) ?? told('desktop', environment) ?? nobody,
    language:
      told('file', sectionOf(file, 'defaults').language) ??
      told('desktop', normaliseLanguage(languageTag ?? '')) ??
      nobody,
    cdn: told('file', sectionOf(file, 'cdn').base) ?? nobody,
  }
}

/** The file with the fields put over those that are there. */
export function withFields(file: Json, { environment, language, cdn }: SetupFields): Json {
  const put = (section: string, name: string, { value }: SetupField): Json =>
    value === '' ? {} : { [section]: { ...sectionOf(file, section), [name]: value } }
  return {
    ...file,
    ...put('api', 'environment', environment),
    ...put('defaults', 'language', language),
    ...put('cdn', 'base', cdn),
  }
}

/** What an admin typed, held to the panel's own rules; null: it may stand. */
export function judgeField(name: FieldName, value: string): Complaint | null {
  if (value === '') return null
  const cdn = { base: 'https://cdn.example' }
  const sections = { environment: 'api', language: 'defaults', cdn: 'cdn' } as const
  const inside = name === 'cdn' ? { base: value } : { [name]: value }
  const file = { oauth: { clientId: 'x' }, cdn, [sections[name]]: inside }
  const reading = readConfig(JSON.stringify(file))
  return reading.ok ? null : (reading.complaints[0] ?? null)
}

/** What the panel would still refuse, or could not use, of config.json as the setup would write it now. */
export function missingOf(text: string): readonly Complaint[] {
  const reading = readConfig(text, backendNames)
  if (!reading.ok) return reading.complaints
  const { oauth, cdn, backend, api } = reading.config
  const rule = 'is still the example that the app came with'
  return [
    ...[
      ['oauth.clientId', oauth.clientId],
      ['cdn.base', cdn.base],
    ].flatMap(([field = '', value = '']) => (placeholders.includes(value) ? [{ field, value, rule }] : [])),
    ...(backend === 'media-api' && api.gateway === undefined
      ? [{ field: 'api.gateway', value: 'nothing', rule: 'must name the gateway that offers the Media API' }]
      : []),
  ]
}

function sectionOf(file: Json, name: string): Json {
  const section = file[name]
  return typeof section === 'object' && section !== null && !Array.isArray(section) ? (section as Json) : {}
}
