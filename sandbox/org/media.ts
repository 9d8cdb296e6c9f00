// The media server: fetches what it is told to play, decodes it, plays it into the call in real time, and says so.
import { deafness, supportedCodecsOf } from './call-facts'
import type { LiveCall } from './calls'
import type { Clock } from './clock'
import type { FaultList } from './fault-list'
import type { MediaPlaybackEvent } from './media-contract'
import { type PlayTroubles, takePlayTroubles } from './play-troubles'
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

/** What only the media server knows of a play. */
interface Course {
  play: Play
  troubles: PlayTroubles
  lastEvent: MediaPlaybackEvent | null
  endedAtMs: number
  undo: () => void
}

/** How long after its end a play is still told to a new follower. */
const rememberedMs = 60_000

interface MediaParts {
  clock: Clock
  random: Random
  findCall(id: string): LiveCall | undefined
  fetchAsset(url: string): Promise<FetchedAsset>
  decodeAudio(bytes: Uint8Array): Promise<DecodedAudio>
  bufferingMs(): number
  emit(interactionId: string, event: MediaPlaybackEvent): void
  /** The file is good: it sounds when the buffering is over. */
  ready(play: Play): void
  /** The first sound; the play carries its duration. */
  started(play: Play, durationMs: number): void
  ended(play: Play, reason: 'completed' | string): void
  changed(): void
  faults: FaultList
  /** How many plays that have ended are kept. */
  keepPlays: number
}

export interface MediaServer {
  play(wish: PlayWish): Play
  /** A call changed: what the customer no longer hears stops. */
  callChanged(call: LiveCall): void
  plays(): readonly Play[]
  find(playId: string): Play | undefined
  /** The newest play's state, where it is running or has just ended; null where there is nothing to say. */
  lastEvent(interactionId: string): MediaPlaybackEvent | null
  /** Says the last word of a play that ended once more; the number of such words. */
  repeatOld(interactionId: string | undefined): number
  /** Forgets everything at once and says nothing more about it. */
  reset(): void
}

export function createMediaServer(parts: MediaParts): MediaServer {
  const { clock, random, findCall, emit, changed } = parts
  const courses = new Map<string, Course>()
  const running = new Map<string, Course>()

  const isRunning = ({ play }: Course): boolean => running.get(play.interactionId)?.play === play
  const say = (course: Course, event: MediaPlaybackEvent): void => {
    course.lastEvent = event
    if (!course.troubles.isSilent) emit(course.play.interactionId, event)
  }
  const enter = (course: Course, state: Exclude<PlayState, 'queued'>, error?: string): void => {
    const { play } = course
    play.state = state
    if (error !== undefined) play.error = error
    if (state === 'completed' || state === 'error') end(course)
    say(course, {
      type: 'media.playback.state',
      state,
      url: play.url,
      ...(error === undefined ? {} : { error }),
    })
    changed()
  }
  const end = (course: Course): void => {
    running.delete(course.play.interactionId)
    course.endedAtMs = clock.now()
    let surplus = courses.size - running.size - parts.keepPlays
    for (const old of courses.values()) {
      if (surplus <= 0) break
      if (isRunning(old)) continue
      courses.delete(old.play.id)
      surplus -= 1
    }
  }
  const later = (course: Course, delayMs: number, run: () => void): void => {
    course.undo = clock.after(delayMs, run)
  }
  const fail = (course: Course, error: string): void => {
    if (!isRunning(course)) return
    course.undo()
    if (course.play.state === 'playing') parts.ended(course.play, error)
    enter(course, 'error', error)
  }

  const begin = (course: Course): void => {
    const { play, troubles } = course
    const reason = deafnessOf(play)
    if (reason) return fail(course, reason)
    enter(course, 'buffering')
    if (troubles.isStuck) return
    prepare(play).then(
      (audio) => {
        if (!isRunning(course)) return
        const durationMs = Math.round(audio.durationMs)
        play.durationMs = durationMs
        parts.ready(play)
        later(course, parts.bufferingMs() + troubles.lateMs, () => sound(course, durationMs))
      },
      (error: unknown) => fail(course, error instanceof Error ? error.message : String(error)),
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
  const sound = (course: Course, durationMs: number): void => {
    const { failure } = course.troubles
    parts.started(course.play, durationMs)
    enter(course, 'playing')
    if (failure && failure.afterMs < durationMs) {
      return later(course, failure.afterMs, () => fail(course, failure.error))
    }
    later(course, durationMs, () => complete(course))
  }
  const complete = (course: Course): void => {
    const { secondEndMs } = course.troubles
    parts.ended(course.play, 'completed')
    enter(course, 'completed')
    if (secondEndMs === 0) repeat(course)
    else if (secondEndMs !== null) later(course, secondEndMs, () => repeat(course))
  }
  const repeat = (course: Course): void => {
    if (course.lastEvent) say(course, course.lastEvent)
  }

  return {
    play(wish) {
      const { interactionId } = wish
      if (running.has(interactionId)) {
        const message = 'Something is already being played into the interaction %id%.'
        throw new Refusal(409, 'conflict', message, { id: interactionId })
      }
      const play: Play = { id: random.id(), ...wish, atMs: clock.now(), state: 'queued' }
      const troubles = takePlayTroubles(parts.faults, interactionId)
      const course: Course = { play, troubles, lastEvent: null, endedAtMs: Infinity, undo: () => undefined }
      courses.set(play.id, course)
      running.set(interactionId, course)
      changed()
      later(course, 0, () => begin(course))
      return play
    },
    callChanged(call) {
      const course = running.get(call.conversation.id)
      const reason = course && deafness(call.conversation)
      if (course && reason) fail(course, reason)
    },
    plays: () => [...courses.values()].map(({ play }) => play),
    find: (playId) => courses.get(playId)?.play,
    lastEvent(interactionId) {
      const newest = [...courses.values()].findLast(({ play }) => play.interactionId === interactionId)
      if (!newest || newest.troubles.isSilent) return null
      return isRunning(newest) || clock.now() - newest.endedAtMs <= rememberedMs ? newest.lastEvent : null
    },
    repeatOld(interactionId) {
      const old = [...courses.values()].findLast(
        (course) =>
          (interactionId ?? course.play.interactionId) === course.play.interactionId && !isRunning(course),
      )
      if (!old?.lastEvent) return 0
      emit(old.play.interactionId, old.lastEvent)
      return 1
    },
    reset() {
      for (const course of courses.values()) {
        course.undo()
        if (course.play.state === 'playing') parts.ended(course.play, 'sandbox_reset')
      }
      courses.clear()
      running.clear()
    },
  }
}
