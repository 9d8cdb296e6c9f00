// The customer's ear: what was heard of each play and for how long, by the clock or by a page that really played it.
import type { Clock } from './clock'

export interface Heard {
  playId: string
  interactionId: string
  url: string
  startedAtMs: number
  playedMs: number
  durationMs: number
  outcome: 'playing' | 'completed' | 'cut'
  measuredBy: 'clock' | 'web-audio'
  /** Why it was cut. */
  reason?: string
}

export interface PhoneReport {
  playId: string
  event: 'started' | 'ended' | 'blocked'
  playedMs: number
}

interface Hearing {
  heard: Heard
  /** The page that first said that its speakers started; its measurement counts. */
  page?: object
}

export interface Telephone {
  started(play: { id: string; interactionId: string; url: string }, durationMs: number): void
  ended(playId: string, reason: string): void
  /** Takes a page's measurement. False: nothing is known of that play, or another page measures it. */
  report(page: object, report: PhoneReport): boolean
  heard(): Heard[]
  reset(): void
}

interface TelephoneParts {
  clock: Clock
  changed(): void
  /** How many sounds that are over are kept. */
  keepPlays: number
}

export function createTelephone({ clock, changed, keepPlays }: TelephoneParts): Telephone {
  const hearings = new Map<string, Hearing>()

  const forget = (): void => {
    let surplus = hearings.size - keepPlays
    for (const [playId, { heard }] of hearings) {
      if (surplus <= 0) break
      if (heard.outcome === 'playing') continue
      hearings.delete(playId)
      surplus -= 1
    }
  }
  const soFarMs = (heard: Heard): number => Math.min(heard.durationMs, clock.now() - heard.startedAtMs)

  return {
    started(play, durationMs) {
      const { id: playId, interactionId, url } = play
      const heard: Heard = {
        playId,
        interactionId,
        url,
        startedAtMs: clock.now(),
        playedMs: 0,
        durationMs,
        outcome: 'playing',
        measuredBy: 'clock',
      }
      hearings.set(playId, { heard })
      forget()
      changed()
    },
    ended(playId, reason) {
      const heard = hearings.get(playId)?.heard
      if (!heard || heard.outcome !== 'playing') return
      if (heard.measuredBy === 'clock') {
        heard.playedMs = reason === 'completed' ? heard.durationMs : soFarMs(heard)
      }
      heard.outcome = reason === 'completed' ? 'completed' : 'cut'
      if (reason !== 'completed') heard.reason = reason
      changed()
    },
    report(page, { playId, event, playedMs }) {
      const hearing = hearings.get(playId)
      if (!hearing || (hearing.page && hearing.page !== page)) return false
      if (event === 'started') hearing.page = page
      if (event === 'ended') {
        if (hearing.page !== page) return false
        hearing.heard.playedMs = playedMs
        hearing.heard.measuredBy = 'web-audio'
        changed()
      }
      return true
    },
    heard: () =>
      [...hearings.values()].map(({ heard }) =>
        heard.outcome === 'playing' && heard.measuredBy === 'clock'
          ? { ...heard, playedMs: soFarMs(heard) }
          : { ...heard },
      ),
    reset: () => hearings.clear(),
  }
}
