// What the recording of each call contains: the prompts that are in it, and the gaps where nothing was recorded.
import { isOver } from './call-facts'
import type { LiveCall } from './calls'
import type { Clock } from './clock'
import type { SandboxConversation } from './media-contract'

export interface RecordingPart {
  kind: 'prompt' | 'gap'
  /** Of a prompt. */
  url?: string
  /** From the start of the call. */
  fromMs: number
  toMs: number
  /** It still goes on; `toMs` is now. */
  isOpen?: true
}

export interface Recording {
  interactionId: string
  contains: RecordingPart[]
}

interface Part extends Omit<RecordingPart, 'toMs' | 'isOpen'> {
  toMs: number | null
}

interface Track {
  parts: Part[]
  gap: Part | null
  /** What sounds into the call just now; null while it is not being recorded. */
  sounding: Map<string, { url: string; part: Part | null }>
}

export interface Recordings {
  started(sound: { id: string; interactionId: string; url: string }): void
  ended(soundId: string): void
  callChanged(call: LiveCall): void
  of(call: LiveCall): Recording
}

interface RecordingsParts {
  clock: Clock
  findCall(id: string): LiveCall | undefined
}

export function createRecordings({ clock, findCall }: RecordingsParts): Recordings {
  const tracks = new WeakMap<LiveCall, Track>()
  const placed = new Map<string, LiveCall>()

  const offsetMs = (call: LiveCall): number => clock.now() - call.startedAtMs
  const trackOf = (call: LiveCall): Track => {
    const track = tracks.get(call) ?? { parts: [], gap: null, sounding: new Map() }
    tracks.set(call, track)
    return track
  }
  const open = (call: LiveCall, kind: Part['kind'], url?: string): Part => {
    const part: Part = { kind, ...(url === undefined ? {} : { url }), fromMs: offsetMs(call), toMs: null }
    trackOf(call).parts.push(part)
    return part
  }
  const close = (call: LiveCall, part: Part | null): void => {
    if (part && part.toMs === null) part.toMs = offsetMs(call)
  }

  return {
    started({ id, interactionId, url }) {
      const call = findCall(interactionId)
      if (!call) return
      const part = isRecorded(call.conversation) ? open(call, 'prompt', url) : null
      trackOf(call).sounding.set(id, { url, part })
      placed.set(id, call)
    },
    ended(soundId) {
      const call = placed.get(soundId)
      if (!call) return
      placed.delete(soundId)
      const { sounding } = trackOf(call)
      close(call, sounding.get(soundId)?.part ?? null)
      sounding.delete(soundId)
    },
    callChanged(call) {
      const track = trackOf(call)
      const recorded = isRecorded(call.conversation)
      const over = isOver(call.conversation)
      if (recorded || over) {
        close(call, track.gap)
        track.gap = null
      } else {
        track.gap ??= open(call, 'gap')
      }
      for (const sound of track.sounding.values()) {
        if (recorded && !over) sound.part ??= open(call, 'prompt', sound.url)
        else {
          close(call, sound.part)
          sound.part = null
        }
      }
    },
    of: (call) => ({
      interactionId: call.conversation.id,
      contains: (tracks.get(call)?.parts ?? []).map((part) => ({
        ...part,
        toMs: part.toMs ?? offsetMs(call),
        ...(part.toMs === null ? { isOpen: true as const } : {}),
      })),
    }),
  }
}

const isRecorded = ({ recordingState, securePause }: SandboxConversation): boolean =>
  recordingState === 'ACTIVE' && securePause !== true
