// Which page of the setup is shown: where the admin went, as far as what is known of the organisation allows it.
import type { InstallState } from './install-run'

export const setupPages = ['check', 'choose', 'plan', 'result'] as const
/** `removal` stands beside the way through the others. */
export type SetupPage = (typeof setupPages)[number] | 'removal'

/** Without an integration nobody sees a panel: then a run broke off, and the way goes on from the start. */
export const isInPlace = (inventory: InstallState['inventory']): boolean =>
  inventory.some(({ kind }) => kind === 'integration')

/** The page after the state has changed. `isFirst`: the organisation was read for the first time. */
export function pageFor(
  { stage, purpose, inventory, progress }: InstallState,
  page: SetupPage,
  isFirst: boolean,
): SetupPage {
  if (purpose === 'remove') return 'removal'
  if (stage === 'done') return 'result'
  if (stage === 'planned' && (isFirst || page === 'removal')) return isInPlace(inventory) ? 'result' : 'check'
  // What became of each step stands beside the steps.
  if (stage === 'failed' && progress.length > 0) return 'plan'
  return page === 'removal' ? 'check' : page
}
