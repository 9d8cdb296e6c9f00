// The desktop around the panel, through the official Client App SDK; outside a desktop, a host that does nothing.
import type { Host } from '../core/ports'
import { openDesktop } from './host/desktop'

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
export function connectHost(inDesktop: boolean): { readonly host: Host; readonly problem: string | null } {
  if (!inDesktop) return { host: outside, problem: null }
  try {
    return { host: openDesktop(), problem: null }
  } catch (error) {
    return { host: outside, problem: error instanceof Error ? error.message : String(error) }
  }
}
