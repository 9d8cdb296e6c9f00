// How times, files and outcomes are said on the desktop.
import type { Heard } from './world'

type HeardPart = Pick<Heard, 'outcome' | 'reason' | 'playedMs' | 'durationMs'>

export function clockTime(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, '0'))
  const hours = Math.floor(seconds / 3600)
  return hours > 0 ? `${hours}:${parts.join(':')}` : parts.join(':')
}

export const milliseconds = (ms: number): string => `${Math.round(ms).toLocaleString('en')} ms`

export const initials = (name: string): string =>
  name
    .split(/\s+/)
    .map((word) => word.charAt(0))
    .filter((letter) => letter !== '')
    .slice(0, 2)
    .join('')
    .toUpperCase()

const languageNames = new Intl.DisplayNames(['en'], { type: 'language' })

/** `…/de/premium/welcome.mp3` as a name and what is special about it; other addresses as they are. */
export function describeFile(url: string): { name: string; detail: string } {
  const path = URL.canParse(url, 'http://localhost') ? new URL(url, 'http://localhost').pathname : url
  const [file = '', tier, language] = path.split('/').reverse()
  const [, key = file, format] = /^(.*)\.(\w+)$/.exec(file) ?? []
  const spoken =
    language && /^[a-z]{2,3}(-\w+)*$/i.test(language) ? (languageNames.of(language) ?? language) : language
  const detail = [spoken, tier, format].filter((part) => part !== undefined && part !== '')
  return {
    name: key.replaceAll('-', ' ').replace(/^./, (letter) => letter.toUpperCase()),
    detail: detail.join(' · '),
  }
}

/** Who else than the customer could hear it; nothing where that is not known. */
export function earWords(heardBy: readonly string[]): string {
  if (!heardBy.includes('customer')) return ''
  return heardBy.includes('agent') ? 'the agent heard it too' : 'not heard by the agent'
}

const cutReasons: Record<string, string> = {
  participant_held: 'put on hold',
  participant_disconnected: 'call ended',
  leg_disconnected: 'the agent ended the extra leg',
}

/** A carrier that ran to the end is not an ear that heard it all: a telephone that was silent at first says so. */
const wholeShare = 0.95

export function describeOutcome({ outcome, reason, playedMs, durationMs }: HeardPart): string {
  if (outcome === 'completed') return playedMs < durationMs * wholeShare ? 'Heard in part' : 'Heard in full'
  if (outcome === 'playing') return 'Listening'
  if (outcome === 'cut') return reason ? `Cut: ${cutReasons[reason] ?? reason.replaceAll('_', ' ')}` : 'Cut'
  return outcome
}
