// How the organisation knows the app: the integration's address and frame, and the configuration that points back here.
import { codeClient, panelClient } from './oauth-clients'
import { promptFlow } from './prompt-flow'
import type { Settings } from './settings'

const urlTokens = ['gcConversationId', 'gcHostOrigin', 'gcTargetEnv', 'gcLangTag', 'gcUsePopupAuth']

export interface Integration {
  name: string
  /** With `{{tokens}}` that the desktop fills in; null until an app runs somewhere. */
  url: string | null
  sandbox: string
  permissions: string
}

export function integrationFor(appUrl: string | null): Integration {
  const query = urlTokens.map((token) => `${token}={{${token}}}`).join('&')
  return {
    name: 'Cueline',
    url: appUrl === null ? null : `${appUrl}?${query}`,
    sandbox: 'allow-scripts allow-same-origin allow-forms allow-popups allow-downloads',
    permissions: '',
  }
}

export interface AppConfig {
  api: { gateway: string }
  oauth: { clientId: string; grant: Settings['grant'] }
  cdn: { base: string }
  backend: Settings['backend']
  secureFlow: { flowId: string }
  architect: { read: boolean }
  announcementLeg: { pattern: string }
}

export const appConfig = (origin: string, { backend, grant }: Settings): AppConfig => ({
  api: { gateway: origin },
  oauth: { clientId: (grant === 'pkce' ? codeClient : panelClient).id, grant },
  cdn: { base: `${origin}/cdn` },
  backend,
  secureFlow: { flowId: promptFlow.id },
  architect: { read: backend === 'secure-flow' },
  announcementLeg: { pattern: 'sip:prompt-{key}@sandbox;language={language}' },
})
