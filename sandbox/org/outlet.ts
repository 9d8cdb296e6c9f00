// One socket's way out: what happens to each frame between the organisation and the client.
import type { Clock } from './clock'
import type { FaultMatch } from './fault-kinds'
import { type FaultList, fitsPattern, type SetFault } from './fault-list'

/** What a frame is about, so that a fault can be meant for it. */
export interface FrameLabel {
  topic: string
  state?: string
  interactionId?: string
}

export interface Outlet {
  say(frame: unknown, label: FrameLabel): void
  /** As it is, past all faults but silence. */
  sayText(text: string): void
  /** null: for ever. */
  silence(forMs: number | null): void
  endSilence(): void
  isSilent(): boolean
  /** Drops what is still on its way. */
  end(): void
}

interface OutletParts {
  clock: Clock
  faults: FaultList
  channelId: string
  send(text: string): void
}

export function createOutlet({ clock, faults, channelId, send }: OutletParts): Outlet {
  let silentUntilMs = -Infinity
  const queue: string[] = []
  let lastDueMs = -Infinity
  const undo = new Set<() => void>()

  const isSilent = (): boolean => clock.now() < silentUntilMs
  const sayText = (text: string): void => {
    if (!isSilent()) send(text)
  }
  const later = (delayMs: number, run: () => void): void => {
    const takeBack = clock.after(delayMs, () => {
      undo.delete(takeBack)
      run()
    })
    undo.add(takeBack)
  }
  /** Behind everything that is still on its way. */
  const inTurn = (text: string, delayMs: number): void => {
    if (delayMs === 0 && queue.length === 0) return sayText(text)
    lastDueMs = Math.max(lastDueMs, clock.now() + delayMs)
    queue.push(text)
    later(lastDueMs - clock.now(), () => sayText(queue.shift() ?? ''))
  }

  return {
    say(frame, label) {
      const fits = ({ match }: SetFault): boolean => fitsFrame(match, label, channelId)
      if (faults.take(['lose'], fits)) return
      const times = faults.take(['duplicate'], fits) ? 2 : 1
      const delay = faults.take(['delay'], fits)
      const text = JSON.stringify(frame)
      for (let count = 0; count < times; count++) {
        if (delay?.overtaken) later(delay.delayMs ?? 0, () => sayText(text))
        else inTurn(text, delay?.delayMs ?? 0)
      }
    },
    sayText,
    silence: (forMs) => void (silentUntilMs = forMs === null ? Infinity : clock.now() + forMs),
    endSilence: () => void (silentUntilMs = -Infinity),
    isSilent,
    end() {
      undo.forEach((takeBack) => takeBack())
      undo.clear()
      queue.length = 0
    },
  }
}

function fitsFrame(match: FaultMatch | undefined, label: FrameLabel, channelId: string): boolean {
  if (match?.channelId !== undefined && match.channelId !== channelId) return false
  if (match?.state !== undefined && match.state !== label.state) return false
  if (match?.interactionId !== undefined && match.interactionId !== label.interactionId) return false
  return match?.topic === undefined
    ? label.topic !== 'channel.metadata'
    : fitsPattern(match.topic, label.topic)
}
