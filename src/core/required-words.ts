// A required prompt in words: what is to be done, by when, or what became of it.
import type { Tone } from './playback-words'
import type { RequiredItem } from './required'

export interface RequiredWords {
  readonly tone: Tone
  readonly words: string
}

export function describeRequired(
  { state, dueAtMs, settledAtMs }: RequiredItem,
  nowMs: number,
): RequiredWords {
  const late = dueAtMs !== null && settledAtMs !== null && settledAtMs > dueAtMs ? ', late' : ''
  if (state === 'done') return { tone: 'done', words: `Played${late}` }
  if (state === 'read-aloud') return { tone: 'done', words: `Read aloud${late}` }
  if (state === 'missing') return { tone: 'failed', words: 'Missing: it was not played in this call' }
  if (dueAtMs === null) return { tone: 'waiting', words: 'To be played' }
  const leftS = Math.ceil((dueAtMs - nowMs) / 1000)
  return leftS >= 0
    ? { tone: 'waiting', words: `To be played: ${leftS} s left` }
    : { tone: 'unknown', words: `To be played: ${-leftS} s late` }
}
