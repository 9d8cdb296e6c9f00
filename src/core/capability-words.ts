// What a backend can and cannot do, in words for the agent: nobody should wonder who hears what.
import type { Capabilities } from './ports'
import { t } from './text'

/** One line under the playing prompt; null where there is nothing unusual to say. */
export function describeCapabilities({ agentHears, recorded }: Capabilities): string | null {
  const hears = {
    yes: t('You hear it too.'),
    no: t('The customer hears this, you do not.'),
    'as the gateway does': null,
  }[agentHears]
  const tape = { yes: null, no: t('It is not in the call recording.'), 'as the gateway does': null }[recorded]
  return [hears, tape].filter((sentence) => sentence !== null).join(' ') || null
}
