// The official Client App SDK, wrapped as the host.
import ClientApp from 'purecloud-client-app-sdk'
import type { Host } from '../../core/ports'

/** Throws what the SDK's constructor throws: see connectHost. */
export function openDesktop(): Host {
  return wrap(
    new ClientApp({
      gcHostOriginQueryParam: 'gcHostOrigin',
      gcTargetEnvQueryParam: 'gcTargetEnv',
    }),
  )
}

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
