// What an admin chose the time before, told from what is there: so that looking again is not another wish.
import type { InstallChoices } from './desired'
import type { InventoryEntry } from './install-result'

/**
 * The integrations come last: where there is none, a run broke off or there was none, and nothing can be told from it.
 * `backend` is that of config.json, which alone says whether a carrier other than the flow is in use.
 */
export function rememberedChoices(
  choices: InstallChoices,
  inventory: readonly InventoryEntry[],
  backend: unknown,
): InstallChoices {
  const has = (key: string): boolean => inventory.some((entry) => entry.key === key)
  const instances = (['widget', 'app'] as const).filter(has)
  if (instances.length === 0) return choices
  const otherBackend = backend === 'media-api' || backend === 'announcement-leg' ? backend : choices.backend
  return {
    ...choices,
    instances,
    grant: has('client-token') && !has('client-code') ? 'TOKEN' : 'CODE',
    dataTable: has('table'),
    backend: has('flow') ? 'secure-flow' : otherBackend,
  }
}
