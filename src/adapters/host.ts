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
    return { host: (await import('./host/desktop')).openDesktop(), problem: null }
  } catch (error) {
    return { host: outside, problem: error instanceof Error ? error.message : String(error) }
  }
}
