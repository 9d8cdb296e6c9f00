// The customer's ear: what was heard of each play and for how long, by the clock or by a page that really played it.
import type { Clock } from './clock'
import type { Settings } from './settings'

/** Who may hear what is played into a call. */
export type Ear = 'customer' | 'agent'

export interface Heard {
  playId: string
  interactionId: string
  url: string
  /** Which carrier brought it. */
  backend: Settings['backend']
  heardBy: readonly Ear[]
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

type Heardable = { id: string } & Pick<Heard, 'interactionId' | 'url' | 'backend' | 'heardBy'>

export interface Telephone {
  started(play: Heardable, durationMs: number): void
  ended(playId: string, reason: string): void
  /** Takes a page's measurement. False: nothing is known of that play, or another page measures it. */
  report(page: object, report: PhoneReport): boolean
  heard(): Heard[]
  /** How long the sound is; undefined where none was ever heard by this id. */
  durationMs(playId: string): number | undefined
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
      const { id: playId, interactionId, url, backend, heardBy } = play
      const heard: Heard = {
        playId,
        interactionId,
        url,
        backend,
        heardBy,
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
    durationMs: (playId) => hearings.get(playId)?.heard.durationMs,
    reset: () => hearings.clear(),
  }
}
