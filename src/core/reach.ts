// How a carrier is told which recording it shall play: by URL, by Architect prompt, or by an address to dial.
import type { Config } from './config'

type Reach =
  | { readonly medium: 'url' }
  | { readonly medium: 'prompt' | 'address'; reach(promptKey: string, language: string): string | null }

/** Architect names allow letters, digits and underscores: `hold-notice` is `cueline_hold_notice`. */
export function architectName(promptKey: string, prefix: string): string {
  return prefix + promptKey.replaceAll('-', '_')
}

/** Null for a prompt of somebody else. */
export function promptKeyOf(architectPrompt: string, prefix: string): string | null {
  if (!architectPrompt.startsWith(prefix)) return null
  const key = architectPrompt.slice(prefix.length).toLowerCase().replaceAll('_', '-')
  return /^[a-z0-9][a-z0-9-]{0,63}$/.test(key) ? key : null
}

/** An address of the announcement flow: the prompt's own, else the pattern with `{key}` and `{language}` filled in. */
function announcementAddress(
  config: Config['announcementLeg'],
  promptKey: string,
  language: string,
): string | null {
  const own = Object.hasOwn(config.addresses, promptKey) ? config.addresses[promptKey] : undefined
  if (own !== undefined) return own
  return config.pattern?.replaceAll('{key}', promptKey).replaceAll('{language}', language) ?? null
}

export function carrierReach(config: Config, medium: 'url' | 'prompt' | 'address'): Reach {
  if (medium === 'url') return { medium }
  if (medium === 'prompt') {
    const { prefix } = config.architect
    return { medium, reach: (key, language) => `architect:${architectName(key, prefix)}/${language}` }
  }
  return { medium, reach: (key, language) => announcementAddress(config.announcementLeg, key, language) }
}
