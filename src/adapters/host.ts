// The desktop around the panel, through the official Client App SDK; outside a desktop, a host that does nothing.
import type { Host } from '../core/ports'

const outside: Host = {
  embedded: false,
  environment: null,
  bootstrapped: () => undefined,
  showToast: () => undefined,
  setAttentionCount: () => undefined,
  showUser: () => undefined,
  showInteraction: () => undefined,
  onFocus: () => () => undefined,
  onBlur: () => () => undefined,
  onStop: () => () => undefined,
}

/**
 * `problem` says why there is no desktop. The SDK's constructor reads the address at once and throws on missing or
 * unknown values, so this runs while the launch parameters are still in the address bar.
 */
export async function connectHost(inDesktop: boolean): Promise<{ host: Host; problem: string | null }> {
  if (!inDesktop) return { host: outside, problem: null }
  try {
    const { default: ClientApp } = await import('purecloud-client-app-sdk')
    const app = new ClientApp({
      gcHostOriginQueryParam: 'gcHostOrigin',
      gcTargetEnvQueryParam: 'gcTargetEnv',
    })
    return { host: wrap(app), problem: null }
  } catch (error) {
    return { host: outside, problem: error instanceof Error ? error.message : String(error) }
  }
}

type ClientApp = InstanceType<(typeof import('purecloud-client-app-sdk'))['default']>

function wrap(app: ClientApp): Host {
  return {
    embedded: true,
    environment: app.gcEnvironment === 'localhost' ? null : (app.gcEnvironment ?? null),
    bootstrapped: () => app.lifecycle.bootstrapped(),
    // Texts carry prompt titles: never Markdown. An error stays until it is read. The SDK merges no defaults.
    showToast({ title, message, kind }) {
      const type = kind === 'error' ? 'error' : kind
      const stay =
        kind === 'error' ? { timeout: 0, showCloseButton: true } : { timeout: 5, showCloseButton: true }
      app.alerting.showToastPopup(title, message, { type, markdownMessage: false, ...stay })
    },
    setAttentionCount: (count) => app.alerting.setAttentionCount(count),
    showUser: (userId) => app.directory.showUser(userId),
    showInteraction: (conversationId) => app.conversations.showInteractionDetails(conversationId),
    onFocus(listener) {
      app.lifecycle.addFocusListener(listener)
      return () => app.lifecycle.removeFocusListener(listener)
    },
    onBlur(listener) {
      app.lifecycle.addBlurListener(listener)
      return () => app.lifecycle.removeBlurListener(listener)
    },
    onStop(listener) {
      const stop = () => void listener().finally(() => app.lifecycle.stopped())
      app.lifecycle.addStopListener(stop, true)
      return () => app.lifecycle.removeStopListener(stop, true)
    },
  }
}
