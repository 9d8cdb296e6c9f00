// What exists after a run, and what an admin takes along: config.json for the static host, and a list of all that is ours.
import { licenceOf, manifestThings, staysBehind, type InstallChoices, type Kind } from './desired'
import type { EvidenceRecord } from './evidence'
import { idsOf, oursOf, type Actual } from './install-found'
import type { TableRow } from './install-ports'

export interface InventoryEntry {
  readonly key: string
  readonly kind: Kind
  readonly name: string
  readonly id: string
}

/** Everything of ours that the organisation has now. */
export function inventoryOf(actual: Actual): readonly InventoryEntry[] {
  return manifestThings.flatMap(({ key, kind }) =>
    oursOf(actual, kind, key).map(({ name, id }) => ({ key, kind, name, id })),
  )
}

/** The page of the admin's menu where such a thing is shown; null outside of a known region. Inferred, not documented. */
export function adminPage({ kind, id }: InventoryEntry, environment: string | null): string | null {
  if (environment === null) return null
  const apps = `https://apps.${environment}`
  const pages: Readonly<Record<Kind, string | null>> = {
    role: `${apps}/directory/#/admin/people/roles`,
    group: `${apps}/directory/#/group/${id}`,
    grant: null,
    members: `${apps}/directory/#/group/${id}`,
    client: `${apps}/directory/#/admin/integrations/oauth`,
    integration: `${apps}/directory/#/admin/integrations/apps/${id}`,
    table: `${apps}/architect/#/datatables`,
    flow: `${apps}/architect/#/securecall/flows/${id}`,
  }
  return pages[kind]
}

type Json = { readonly [name: string]: unknown }

/** The fields of config.json that the setup knows, put over those that are there. */
export function configWith(present: Json, choices: InstallChoices, actual: Actual): Json {
  const ids = idsOf(actual)
  const client = ids.get(choices.grant === 'CODE' ? 'client-code' : 'client-token')
  const flow = ids.get('flow')
  const table = ids.get('table')
  const grant = choices.grant === 'CODE' ? 'pkce' : 'implicit'
  const section = (name: string): Json => (isJson(present[name]) ? present[name] : {})
  return {
    ...present,
    ...(client === undefined ? {} : { oauth: { ...section('oauth'), clientId: client, grant } }),
    backend: choices.backend,
    ...(flow === undefined ? {} : { secureFlow: { ...section('secureFlow'), flowId: flow } }),
    ...(choices.backend === 'secure-flow' ? { architect: { ...section('architect'), read: true } } : {}),
    ...(table === undefined ? {} : { dataTableId: table }),
    ...(licenceOf(choices) === null ? {} : { licence: licenceOf(choices) }),
  }
}

const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export interface Keepsake {
  readonly writtenAtMs: number
  readonly organisation: string | null
  readonly appUrl: string
  readonly inventory: readonly InventoryEntry[]
  readonly config: Json
  /** Of our data table, before it is removed. */
  readonly rows: readonly TableRow[]
  /** Records of playbacks that wait in this browser still. */
  readonly records: readonly EvidenceRecord[]
}

/** The file to keep. It holds no secret: there is none. */
export function keepsakeText(keepsake: Keepsake): string {
  const { writtenAtMs, ...rest } = keepsake
  const writtenAt = new Date(writtenAtMs).toISOString()
  const whole = { product: 'Cueline', writtenAt, ...rest, staysBehind }
  return `${JSON.stringify(whole, null, 2)}\n`
}
