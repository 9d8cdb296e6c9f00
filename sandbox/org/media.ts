// The media server: fetches what it is told to play, decodes it, plays it into the call in real time, and says so.
import { deafness, supportedCodecsOf } from './call-facts'
import type { LiveCall } from './calls'
import type { Clock } from './clock'
import type { MediaPlaybackEvent } from './media-contract'
import type { Random } from './random'
import { Refusal } from './refusal'

/** What the bytes turned out to be. `codecs`: every name under which an endpoint may list it. */
export interface DecodedAudio {
  codec: string
  codecs: readonly string[]
  durationMs: number
}

export interface FetchedAsset {
  status: number
  bytes: Uint8Array
}

export type PlayState = 'queued' | 'buffering' | 'playing' | 'completed' | 'error'

export interface Play {
  id: string
  interactionId: string
  url: string
  volume: number
  atMs: number
  /** What the request was answered. */
  status: 'queued' | 'processed'
  state: PlayState
  error?: string
  durationMs?: number
}

export interface PlayWish {
  interactionId: string
  url: string
  volume: number
  status: Play['status']
}

interface MediaParts {
  clock: Clock
  random: Random
  findCall(id: string): LiveCall | undefined
  fetchAsset(url: string): Promise<FetchedAsset>
  decodeAudio(bytes: Uint8Array): Promise<DecodedAudio>
  bufferingMs(): number
  emit(interactionId: string, event: MediaPlaybackEvent): void
  /** The first sound; the play carries its duration. */
  started(play: Play, durationMs: number): void
  ended(play: Play, reason: 'completed' | string): void
  changed(): void
}

export interface MediaServer {
  play(wish: PlayWish): Play
  /** A call changed: what the customer no longer hears stops. */
  callChanged(call: LiveCall): void
  plays(): readonly Play[]
  /** Forgets everything at once and says nothing more about it. */
  reset(): void
}

export function createMediaServer(parts: MediaParts): MediaServer {
  const { clock, random, findCall, emit, changed } = parts
  let plays: Play[] = []
  const undo = new Map<string, () => void>()

  const isRunning = (play: Play): boolean =>
    plays.includes(play) && play.state !== 'completed' && play.state !== 'error'
  const runningIn = (interactionId: string): Play | undefined =>
    plays.find((play) => play.interactionId === interactionId && isRunning(play))

  const enter = (play: Play, state: Exclude<PlayState, 'queued'>, error?: string): void => {
    play.state = state
    if (error !== undefined) play.error = error
    emit(play.interactionId, {
      type: 'media.playback.state',
      state,
      url: play.url,
      ...(error === undefined ? {} : { error }),
    })
    changed()
  }
  const later = (play: Play, delayMs: number, run: () => void): void => {
    const takeBack = clock.after(delayMs, () => {
      undo.delete(play.id)
      if (isRunning(play)) run()
    })
    undo.set(play.id, takeBack)
  }
  const fail = (play: Play, error: string): void => {
    if (!isRunning(play)) return
    undo.get(play.id)?.()
    undo.delete(play.id)
    if (play.state === 'playing') parts.ended(play, error)
    enter(play, 'error', error)
  }

  const begin = (play: Play): void => {
    const reason = deafnessOf(play)
    if (reason) return fail(play, reason)
    enter(play, 'buffering')
    prepare(play).then(
      (audio) => {
        if (!isRunning(play)) return
        const durationMs = Math.round(audio.durationMs)
        play.durationMs = durationMs
        later(play, parts.bufferingMs(), () => sound(play, durationMs))
      },
      (error: unknown) => fail(play, error instanceof Error ? error.message : String(error)),
    )
  }
  const deafnessOf = (play: Play): string | null => {
    const call = findCall(play.interactionId)
    return call ? deafness(call.conversation) : 'participant_disconnected'
  }
  const prepare = async (play: Play): Promise<DecodedAudio> => {
    const asset = await parts.fetchAsset(play.url).catch((cause: unknown) => {
      throw new Error(`fetch_failed: ${cause instanceof Error ? cause.message : String(cause)}`)
    })
    if (asset.status !== 200) throw new Error(`fetch_failed: ${asset.status}`)
    const audio = await parts.decodeAudio(asset.bytes).catch((cause: unknown) => {
      throw new Error(`decode_failed: ${cause instanceof Error ? cause.message : String(cause)}`)
    })
    const call = findCall(play.interactionId)
    const supported = call ? supportedCodecsOf(call.conversation) : null
    if (supported && !audio.codecs.some((name) => supported.includes(name))) {
      throw new Error(`codec_not_supported: ${audio.codec}`)
    }
    return audio
  }
  const sound = (play: Play, durationMs: number): void => {
    parts.started(play, durationMs)
    enter(play, 'playing')
    later(play, durationMs, () => {
      parts.ended(play, 'completed')
      enter(play, 'completed')
    })
  }

  return {
    play(wish) {
      const already = runningIn(wish.interactionId)
      if (already) {
        throw new Refusal(409, 'conflict', 'Something is already being played into the interaction %id%.', {
          id: wish.interactionId,
        })
      }
      const play: Play = { id: random.id(), ...wish, atMs: clock.now(), state: 'queued' }
      plays = [...plays, play]
      changed()
      later(play, 0, () => begin(play))
      return play
    },
    callChanged(call) {
      const play = runningIn(call.conversation.id)
      const reason = play && deafness(call.conversation)
      if (play && reason) fail(play, reason)
    },
    plays: () => plays,
    reset() {
      for (const play of plays.filter(isRunning)) {
        if (play.state === 'playing') parts.ended(play, 'sandbox_reset')
      }
      undo.forEach((takeBack) => takeBack())
      undo.clear()
      plays = []
    },
  }
}
