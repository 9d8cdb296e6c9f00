// What stands in the organisation before anybody installs anything, and what stands there where Cueline is in use already.
import type { Models } from 'purecloud-platform-client-v2'
import { catalogueRows, catalogueTable } from './catalogue-table'
import type { Estate, Row } from './estate'
import { launchUrl, panelSandbox } from './launch-address'
import { codeClient, narrowClient, type OAuthClient, panelClient } from './oauth-clients'
import { agentId, people } from './people'
import { promptFlow } from './prompt-flow'

const seedTime = '2026-01-12T08:00:00.000Z'
export const homeDivision = { id: 'd1v15100-0000-4000-8000-000000000001', name: 'Home' }
const hooks = { bootstrap: true, focus: true, blur: true, stop: true }

export const typeIds = {
  app: 'embedded-client-app',
  widget: 'embedded-client-app-interaction-widget',
} as const

const types: readonly Models.IntegrationType[] = [
  { id: typeIds.app, name: 'Client Application', category: 'clientapps', provider: 'clientapps' },
  { id: typeIds.widget, name: 'Interaction Widget', category: 'clientapps', provider: 'clientapps' },
  { id: 'purecloud-data-actions', name: 'Genesys Cloud Data Actions', provider: 'purecloud' },
]

/** An organisation as one finds it: its own roles, a group, a client and an integration of other makers. */
export function seedForeign(estate: Estate): void {
  for (const type of types) estate.types.put(type.id, { ...type })
  estate.roles.put('r01e0000-0000-4000-8000-000000000001', {
    id: 'r01e0000-0000-4000-8000-000000000001',
    name: 'Master Admin',
    description: 'May do everything',
    permissionPolicies: [
      { domain: 'authorization', entityName: '*', actionSet: ['*'] },
      { domain: 'directory', entityName: 'group', actionSet: ['add', 'edit', 'delete'] },
      { domain: 'oauth', entityName: 'client', actionSet: ['*'] },
      { domain: 'integrations', entityName: 'integration', actionSet: ['*'] },
      { domain: 'architect', entityName: '*', actionSet: ['*'] },
    ],
  })
  estate.roles.put('r01e0000-0000-4000-8000-000000000002', {
    id: 'r01e0000-0000-4000-8000-000000000002',
    name: 'employee',
    description: 'Everybody',
    permissionPolicies: [{ domain: 'routing', entityName: 'queue', actionSet: ['view'] }],
  })
  estate.groups.put('9a0b0000-0000-4000-8000-000000000001', {
    group: {
      id: '9a0b0000-0000-4000-8000-000000000001',
      name: 'Service centre',
      description: 'Everybody on the phones',
      dateModified: seedTime,
      state: 'active',
      version: 7,
      type: 'official',
      rulesVisible: true,
      visibility: 'public',
      rolesEnabled: false,
    },
    memberIds: people.slice(0, 9).map(({ id }) => id),
  })
  const narrow = clientModel(narrowClient)
  estate.clients.put(narrow.id, narrow)
}

/** Cueline set up by hand, as the sandbox begins. */
export function seedReady(estate: Estate): void {
  for (const client of [panelClient, codeClient].map(clientModel)) estate.clients.put(client.id, client)
  estate.tables.put(catalogueTable.id, {
    table: structuredClone(catalogueTable),
    rows: new Map(catalogueRows.map((row) => [String(row.key), { ...row } as Row])),
  })
  estate.flows.put(promptFlow.id, { ...promptFlow, active: true, system: false, deleted: false })
  const id = '1e7e9000-0000-4000-8000-000000000001'
  estate.integrations.put(id, {
    id,
    name: 'Cueline',
    typeId: typeIds.widget,
    notes: '',
    intendedState: 'ENABLED',
    version: 3,
    properties: { url: '', sandbox: panelSandbox, permissions: '', communicationTypeFilter: 'call' },
    advanced: { lifecycle: { hooks } },
  })
}

/** The ready organisation's own integration follows the app to where it runs. */
export function pointReady(estate: Estate, appUrl: string | null): void {
  const integration = estate.integrations.find('1e7e9000-0000-4000-8000-000000000001')
  if (integration) integration.properties.url = appUrl === null ? '' : launchUrl(appUrl)
}

const clientModel = ({ id, name, grant, scopes }: OAuthClient) => ({
  id,
  name,
  description: '',
  accessTokenValiditySeconds: 86_400,
  authorizedGrantType: grant,
  registeredRedirectUri: [],
  scope: [...scopes],
  dateCreated: seedTime,
  dateModified: seedTime,
  createdBy: { id: agentId },
  state: 'active',
})
