// A required prompt in words: what is to be done, by when, or what became of it.
import type { Tone } from './playback-words'
import type { RequiredItem } from './required'
import { t } from './text'

export interface RequiredWords {
  readonly tone: Tone
  readonly words: string
}

export function describeRequired(
  { state, dueAtMs, settledAtMs }: RequiredItem,
  nowMs: number,
): RequiredWords {
  const late = dueAtMs !== null && settledAtMs !== null && settledAtMs > dueAtMs
  if (state === 'done') return { tone: 'done', words: late ? t('Played, late') : t('Played') }
  if (state === 'read-aloud') return { tone: 'done', words: late ? t('Read aloud, late') : t('Read aloud') }
  if (state === 'missing') return { tone: 'failed', words: t('Missing: it was not played in this call') }
  if (dueAtMs === null) return { tone: 'waiting', words: t('To be played') }
  const leftS = Math.ceil((dueAtMs - nowMs) / 1000)
  return leftS >= 0
    ? { tone: 'waiting', words: t('To be played: {seconds} s left', { seconds: leftS }) }
    : { tone: 'unknown', words: t('To be played: {seconds} s late', { seconds: -leftS }) }
}
