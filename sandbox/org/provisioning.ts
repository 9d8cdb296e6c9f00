// What an admin can set up in the organisation: its estate, the routes that change it, and what of it is in use.
import { integrationFor, type Integration } from './app-integration'
import type { Clock } from './clock'
import type { Directory } from './directory'
import type { UserModel } from './duty'
import { clearEstate, createEstate, dumpEstate } from './estate'
import { seedInto } from './estate-wish'
import { pointReady, seedForeign, seedReady } from './estate-seeds'
import { type OAuthClient, setupClient } from './oauth-clients'
import type { Person } from './people'
import type { OrgAnswer, OrgRequest } from './messages'
import type { Random } from './random'
import { createRights, type Rights } from './rights'
import { clientRoutes } from './routes/client-routes'
import { datatableRoutes } from './routes/datatable-routes'
import { flowRoutes, receiveFlowFile } from './routes/flow-routes'
import { groupRoutes } from './routes/group-routes'
import { integrationRoutes } from './routes/integration-routes'
import { peopleSearchRoutes } from './routes/people-search-routes'
import { roleRoutes } from './routes/role-routes'
import type { Route } from './routing'
import type { Settings } from './settings'

export interface PublishedFlow {
  id: string
  name: string
  type: string
}

interface ProvisioningParts {
  directory: Pick<Directory, 'groups' | 'members'>
  clock: Clock
  random: Random
  origin: string
  appUrl: string | null
  settings(): Settings
  user(person: Person): UserModel
  clientRemoved(clientId: string): void
  changed(): void
}

export interface Provisioning {
  readonly routes: Route[]
  readonly rights: Rights
  /** By the name of a kind: puts things of other makers there, as they would be found. */
  seed(wanted: unknown): unknown
  dump(): string
  receive(request: OrgRequest): OrgAnswer
  findClient(id: string | null): OAuthClient | undefined
  flows(): PublishedFlow[]
  embedded(personId: string): Integration | null
  setAppUrl(url: string): void
  reset(): void
}

export function createProvisioning(parts: ProvisioningParts): Provisioning {
  const { clock, random, origin, settings, changed } = parts
  const estate = createEstate()
  const rights = createRights(estate)
  let { appUrl } = parts

  const begin = (): void => {
    clearEstate(estate)
    rights.reset()
    seedForeign(estate)
    if (settings().estate === 'ready') seedReady(estate)
    pointReady(estate, appUrl)
  }
  begin()

  return {
    rights,
    routes: [
      ...roleRoutes({ estate, clock, random }),
      ...peopleSearchRoutes(parts.user),
      ...groupRoutes({ directory: parts.directory, estate, clock, random, user: parts.user }),
      ...clientRoutes({
        estate,
        clock,
        random,
        allowsImplicit: () => settings().implicitClients,
        removed: parts.clientRemoved,
      }),
      ...integrationRoutes({ estate, random, changed }),
      ...datatableRoutes(estate, random),
      ...flowRoutes({ estate, random, origin }),
    ],
    seed: (wanted) => seedInto(estate, random, wanted),
    dump: () => dumpEstate(estate),
    receive: receiveFlowFile({ estate, clock, random }),
    findClient(id) {
      if (id === setupClient.id) return setupClient
      const found = estate.clients.find(id ?? undefined)
      if (!found) return undefined
      const { name, scope, authorizedGrantType, registeredRedirectUri: uris } = found
      const grant = authorizedGrantType === 'CODE' ? 'CODE' : 'TOKEN'
      return { id: found.id, name, grant, scopes: scope, redirectUris: uris.length > 0 ? uris : null }
    },
    flows: () =>
      estate.flows
        .all()
        .filter(({ type }) => type === 'SECURECALL')
        .map(({ id, name, type }) => ({ id, name, type })),
    embedded: (personId) => integrationFor(estate, personId),
    setAppUrl(url) {
      appUrl = url
      pointReady(estate, url)
    },
    reset: begin,
  }
}
