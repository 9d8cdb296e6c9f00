// How the organisation knows the app: the integration that the desktop embeds, and the configuration that points back here.
import type { Estate, OwnedIntegration } from './estate'
import { typeIds } from './estate-seeds'
import { codeClient, panelClient, setupClient } from './oauth-clients'
import { promptFlow } from './prompt-flow'
import type { Settings } from './settings'

export interface Integration {
  name: string
  /** With `{{tokens}}` that the desktop fills in; null until an app runs somewhere. */
  url: string | null
  sandbox: string
  permissions: string
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** What this person's desktop embeds beside a call: an enabled widget, else an enabled app, that is for them. */
export function integrationFor({ integrations, groups }: Estate, personId: string): Integration | null {
  const isFor = ({ properties }: OwnedIntegration): boolean => {
    const wanted = Array.isArray(properties.groups) ? properties.groups.map(String) : []
    return wanted.length === 0 || wanted.some((id) => groups.find(id)?.memberIds.includes(personId))
  }
  const embedded = integrations.all().filter((one) => one.intendedState === 'ENABLED' && isFor(one))
  const [chosen] = [typeIds.widget, typeIds.app].flatMap((typeId) =>
    embedded.filter((one) => one.typeId === typeId || one.typeId.startsWith(premiumOf[typeId])),
  )
  if (!chosen) return null
  const { url, sandbox, permissions } = chosen.properties
  return {
    name: chosen.name,
    url: text(url) || null,
    sandbox: text(sandbox).replaceAll(',', ' '),
    permissions: text(permissions),
  }
}

const premiumOf = { [typeIds.app]: 'premium-app-', [typeIds.widget]: 'premium-widget-' }

export interface AppConfig {
  api: { gateway: string }
  oauth: { clientId: string; grant: Settings['grant'] }
  setup: { clientId: string }
  cdn: { base: string }
  backend: Settings['backend']
  secureFlow: { flowId: string }
  architect: { read: boolean }
  announcementLeg: { pattern: string }
}

export const appConfig = (origin: string, { backend, grant }: Settings): AppConfig => ({
  api: { gateway: origin },
  oauth: { clientId: (grant === 'pkce' ? codeClient : panelClient).id, grant },
  setup: { clientId: setupClient.id },
  cdn: { base: `${origin}/cdn` },
  backend,
  secureFlow: { flowId: promptFlow.id },
  architect: { read: backend === 'secure-flow' },
  announcementLeg: { pattern: 'sip:prompt-{key}@sandbox;language={language}' },
})
