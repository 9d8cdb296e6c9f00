// What should exist, as data: the manifest, filled in with what an admin chose. Pure, and the same for the same choices.
import desired from '../../manifest/desired.json'
import integrations from '../../manifest/integrations.json'
import permissions from '../../manifest/permissions.json'
import scopes from '../../manifest/scopes.json'
import type { BackendName } from './backend-names'
import { markedNote } from './install-marker'
import { t } from './text'

/** In the order in which they are made; they are taken away in the opposite one. */
export const kinds = ['role', 'group', 'grant', 'members', 'client', 'table', 'flow', 'integration'] as const
export type Kind = (typeof kinds)[number]

export type Fact = string | number | boolean | readonly string[]
export type Facts = Readonly<Record<string, Fact>>

/**
 * How a fact is held. `equal`: as wanted, always. `includes`: at least these; what an admin added stays. `first`: only
 * when the object is made; later it belongs to the organisation.
 */
export type Rule = 'equal' | 'includes' | 'first'
export interface WantedFact {
  /** `@key` stands for the id of another of our objects. */
  readonly value: Fact
  readonly rule: Rule
}

export interface Wanted {
  /** Ours, one of a kind in an organisation: `role`, `client-code`, `widget`. */
  readonly key: string
  readonly kind: Kind
  readonly name: string
  /** Stands in the object's own field; it bears the marker. Empty for what has no such field. */
  readonly note: string
  /** Keys of what must exist before. */
  readonly needs: readonly string[]
  readonly facts: Readonly<Record<string, WantedFact>>
}

export interface InstallChoices {
  /** Where the app is served, ending in a slash: also the redirect address. */
  readonly appUrl: string
  /** CODE: with PKCE. TOKEN: implicit, where the organisation can still create one. */
  readonly grant: 'CODE' | 'TOKEN'
  readonly backend: BackendName
  readonly dataTable: boolean
  readonly instances: readonly ('widget' | 'app')[]
  /** Which integration types: everybody's own, or those of the AppFoundry once the organisation has them. */
  readonly listing: 'plain' | 'premium'
  /** Who gets the panel at once; others are added to the group later. */
  readonly memberIds: readonly string[]
  /** What of ours is no longer wanted by these choices. */
  readonly leftovers: 'keep' | 'remove'
}

export const usualChoices: Omit<InstallChoices, 'appUrl' | 'memberIds'> = {
  grant: 'CODE',
  backend: 'secure-flow',
  dataTable: true,
  instances: ['widget'],
  listing: 'plain',
  leftovers: 'keep',
}

const always = (value: Fact): WantedFact => ({ value, rule: 'equal' })
const atLeast = (value: readonly string[]): WantedFact => ({ value, rule: 'includes' })
const atFirst = (value: Fact): WantedFact => ({ value, rule: 'first' })

/** Each thing in an order in which it can be made. */
export function desiredState(choices: InstallChoices): readonly Wanted[] {
  const { grant, backend } = choices
  const { role, group, clients, table, flow } = desired
  const clientKey = grant === 'CODE' ? 'client-code' : 'client-token'
  const wanted: Wanted[] = [
    thing('role', 'role', role, { policies: atLeast(agentPermissions(choices)) }),
    thing('group', 'group', group, {
      type: atFirst(group.type),
      visibility: atFirst(group.visibility),
      rulesVisible: atFirst(group.rulesVisible),
      rolesEnabled: always(true),
    }),
    {
      ...link('grant', t('{role} to {group}', { role: role.name, group: group.name }), ['role', 'group']),
      facts: { role: always('@role'), subject: always('@group') },
    },
    thing('client', clientKey, clients[grant], {
      grant: atFirst(grant),
      tokenSeconds: atFirst(desired.accessTokenValiditySeconds),
      redirectUris: atLeast([choices.appUrl]),
      scopes: atLeast(panelScopes(choices)),
    }),
  ]
  if (choices.memberIds.length > 0) {
    const members = link('members', t('Members of {group}', { group: group.name }), ['group'])
    wanted.push({ ...members, facts: { members: atLeast(choices.memberIds) } })
  }
  if (choices.dataTable)
    wanted.push(thing('table', 'table', table, { columns: atLeast(table.columns.map(columnText)) }))
  if (backend === 'secure-flow') {
    const note = markedNote(flow.description, 'flow', flow.version)
    wanted.push({ ...thing('flow', 'flow', flow, { note: always(note) }), note })
  }
  for (const key of choices.instances) wanted.push(instance(key, choices))
  return wanted
}

const thing = (
  kind: Kind,
  key: string,
  { name, description }: { name: string; description: string },
  facts: Wanted['facts'],
): Wanted => ({ key, kind, name, note: markedNote(description, key), needs: [], facts })

const link = (kind: 'grant' | 'members', name: string, needs: readonly string[]) => ({
  key: kind,
  kind,
  name,
  note: '',
  needs,
})

function instance(key: 'widget' | 'app', { appUrl, listing }: InstallChoices): Wanted {
  const { name, why, types, properties } = integrations.instances[key]
  const own: Record<string, WantedFact> = {}
  for (const [property, value] of Object.entries(properties)) own[property] = always(value)
  // The vendor's own form of a premium type has neither sandbox nor permissions, and another name for its groups.
  const frame: Record<string, WantedFact> =
    listing === 'premium'
      ? { groupFilter: atLeast(['@group']) }
      : {
          groups: atLeast(['@group']),
          sandbox: always(integrations.sandbox.join(',')),
          permissions: always(integrations.permissions.join(',')),
        }
  return {
    ...thing('integration', key, { name, description: `${why[0]?.toUpperCase()}${why.slice(1)}.` }, {}),
    needs: ['group'],
    facts: {
      typeId: atFirst(types[listing]),
      url: always(launchUrl(appUrl)),
      ...own,
      ...frame,
      hooks: atLeast(integrations.hooks),
      enabled: always(true),
    },
  }
}

/** The desktop fills the tokens in. */
export function launchUrl(appUrl: string): string {
  return `${appUrl}?${integrations.urlTokens.map((token) => `${token}={{${token}}}`).join('&')}`
}

export const columnText = ({ name, type }: { name: string; type: string }): string => `${name}:${type}`

/** What the manifest says of a column; an unknown one is a text. */
export function describeColumn(text: string): { name: string; type: string; description: string } {
  const known = desired.table.columns.find((column) => columnText(column) === text)
  const [name = '', type = 'string'] = text.split(':')
  return known ?? { name, type, description: '' }
}

const isWanted = (when: readonly string[] | undefined, { backend, dataTable }: InstallChoices): boolean =>
  when === undefined || when.includes(backend) || (dataTable && when.includes('data-table'))

function panelScopes(choices: InstallChoices): readonly string[] {
  return scopes.panel.filter(({ when }) => isWanted(when, choices)).map(({ scope }) => scope)
}

/** The permission that lets an agent in; null: everybody may use the panel. */
export const licenceOf = ({ listing }: InstallChoices): string | null => integrations.licences[listing]

function agentPermissions(choices: InstallChoices): readonly string[] {
  const licence = licenceOf(choices)
  const own = permissions.agent.filter(({ when }) => isWanted(when, choices))
  return [...own.map(({ permission }) => permission), ...(licence === null ? [] : [licence])]
}

/** Each thing that any choice may want and that bears a marker, by its key. */
export const manifestThings: readonly { readonly key: string; readonly kind: Kind; readonly name: string }[] =
  [
    { key: 'role', kind: 'role', name: desired.role.name },
    { key: 'group', kind: 'group', name: desired.group.name },
    { key: 'client-code', kind: 'client', name: desired.clients.CODE.name },
    { key: 'client-token', kind: 'client', name: desired.clients.TOKEN.name },
    { key: 'table', kind: 'table', name: desired.table.name },
    { key: 'flow', kind: 'flow', name: desired.flow.name },
    { key: 'widget', kind: 'integration', name: integrations.instances.widget.name },
    { key: 'app', kind: 'integration', name: integrations.instances.app.name },
  ]

export type Deed = 'read' | 'create' | 'update' | 'remove'

/** What an admin needs for it: permissions by name, and the scope that the sign-in must carry. */
export function needsOf(kind: Kind, deed: Deed): { permissions: readonly string[]; scope: string } {
  const { scope, ...deeds } = permissions.admin[kind]
  return { permissions: deeds[deed], scope: deed === 'read' ? `${scope}:readonly` : scope }
}

/** What stays when all of ours is gone, since no request can remove it. */
export const staysBehind: readonly { readonly what: string; readonly why: string }[] = desired.staysBehind

/** Of those who see the panel. */
export const groupName: string = desired.group.name

export const setupScopes: readonly { readonly scope: string; readonly why: string }[] = scopes.setup
