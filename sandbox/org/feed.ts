// The live feed to desktop pages: the world after each change, what the telephone must play, and what it measured.
import type { Clock } from './clock'
import { isJsonObject, parseJson } from './messages'
import type { Connection, Socket } from './sockets'
import type { PhoneReport } from './telephone'

/** A measurement may exceed the file by the rounding of an audio clock, not by more. */
const roundingMs = 250
/** A page draws sixty times a second: the world sent more often would be read and never seen, beside a call that needs the processor. */
const paceMs = 16

export interface DesktopFeed {
  connect(socket: Socket): Connection
  /** Sends the world to every page, once for all changes of 16 ms. */
  changed(): void
  /** This file will sound soon: the telephone can have it decoded by then. */
  prepare(url: string): void
  play(sound: { id: string; interactionId: string; url: string; volume: number }, durationMs: number): void
  stop(playId: string, reason: string): void
}

interface FeedParts {
  clock: Clock
  state(): unknown
  report(page: object, report: PhoneReport): boolean
  durationMs(playId: string): number | undefined
}

export function createDesktopFeed({ clock, state, report, durationMs }: FeedParts): DesktopFeed {
  const pages = new Set<Socket>()
  let isDue = false

  const tell = (page: Socket, message: unknown): void => page.send(JSON.stringify(message))
  const tellAll = (message: unknown): void => pages.forEach((page) => tell(page, message))

  return {
    connect(page) {
      pages.add(page)
      tell(page, { type: 'state', state: state() })
      return {
        receive(text) {
          const measured = readReport(text, durationMs)
          if (typeof measured === 'string') tell(page, { type: 'error', error: measured })
          else report(page, measured)
        },
        closed: () => void pages.delete(page),
      }
    },
    changed() {
      if (isDue || pages.size === 0) return
      isDue = true
      clock.after(paceMs, () => {
        isDue = false
        tellAll({ type: 'state', state: state() })
      })
    },
    prepare: (url) => tellAll({ type: 'phone.prepare', url }),
    play({ id, interactionId, url, volume }, length) {
      tellAll({ type: 'phone.play', playId: id, interactionId, url, volume, durationMs: length })
    },
    stop: (playId, reason) => tellAll({ type: 'phone.stop', playId, reason }),
  }
}

function readReport(text: string, durationMs: FeedParts['durationMs']): PhoneReport | string {
  const frame = parseJson(text)
  if (!isJsonObject(frame) || frame.type !== 'phone.report')
    return 'The only message known here is phone.report.'
  const { playId, event, playedMs } = frame
  if (event !== 'started' && event !== 'ended' && event !== 'blocked') {
    return '"event" must be started, ended or blocked.'
  }
  const length = typeof playId === 'string' ? durationMs(playId) : undefined
  if (typeof playId !== 'string' || length === undefined) return 'There is no play with this "playId".'
  if (typeof playedMs !== 'number' || !(playedMs >= 0 && playedMs <= length + roundingMs)) {
    return `"playedMs" must be from 0 to the ${length} ms of the file.`
  }
  return { playId, event, playedMs }
}
