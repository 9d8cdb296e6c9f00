// The words of a row in the list of prompts that have to fit into a narrow panel.
import type { Prompt } from './catalogue'
import { endOf } from './guard'
import { languageName, normaliseLanguage, type Candidate, type Wish } from './prompt'
import { timeFormat } from './formats'
import { spokenTag, t, tn } from './text'

/** "English, not Japanese": why not what the customer's attributes ask for, as short as it can be said. Null: it is that. */
export function briefReason(candidate: Candidate, wish: Wish | null): string | null {
  if (candidate.reason === null || wish === null) return candidate.reason
  const [given, wished] = [languageName(baseOf(candidate.language)), languageName(baseOf(wish.language))]
  if (given !== wished) return t('{given}, not {wished}', { given, wished })
  return t('{given}, not {wished}', { given: candidate.tier, wished: wish.tier })
}

const baseOf = (tag: string): string => (normaliseLanguage(tag) ?? tag).split('-')[0] ?? tag

/** Why a prompt is not to be played at this time, whatever its recording is like; null while it may be. */
export function describeLapse(
  prompt: Pick<Prompt, 'validFrom' | 'validUntil'>,
  nowMs: number,
): string | null {
  const { validFrom, validUntil } = prompt
  if (validUntil !== null && nowMs >= endOf(validUntil))
    return t('Not valid any more, since {date}', { date: dateOf(endOf(validUntil)) })
  if (validFrom !== null && nowMs < Date.parse(validFrom))
    return t('Not valid before {date}', { date: dateOf(Date.parse(validFrom)) })
  return null
}

/** Days are UTC's, as the guard counts them. */
function dateOf(atMs: number): string {
  return timeFormat(spokenTag(), { dateStyle: 'medium', timeZone: 'UTC' }).format(atMs)
}

export function describeFound(count: number): string {
  return tn('1 prompt found', '{n} prompts found', count)
}
