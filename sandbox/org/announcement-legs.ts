// Extra legs that are dialled into a call: each rings, plays its prompt to everybody in it, and hangs up.
import { type Dialled, dial } from './announcement-numbers'
import { agentOf, deafness, isOver } from './call-facts'
import type { Calls, LiveCall } from './calls'
import type { Clock } from './clock'
import { leave } from './leaving'
import type { SandboxParticipant } from './media-contract'
import type { PlayTroubles } from './play-troubles'
import type { Random } from './random'
import { badRequest, Refusal } from './refusal'
import type { Settings } from './settings'
import type { Sounds } from './sounds'

/** From dialling to an answer or a busy tone, and until the platform gives up on a number that only rings. */
const answerMs = 600
const ringMs = 10_000

interface Running {
  call: LiveCall
  leg: SandboxParticipant & { id: string }
  isSounding: boolean
  undo: () => void
}

export interface AnnouncementLegs {
  /** Dials each address; refuses with 400 what is no address, with 409 where nobody can be added. */
  add(call: LiveCall, addresses: readonly string[]): void
  callChanged(call: LiveCall): void
  reset(): void
}

interface AnnouncementLegsParts {
  clock: Clock
  random: Random
  origin: string
  calls: Calls
  sounds: Sounds
  legAnswer(): Settings['legAnswer']
  /** What waits to go wrong in a call. */
  failure(interactionId: string): PlayTroubles['failure']
}

export function createAnnouncementLegs(parts: AnnouncementLegsParts): AnnouncementLegs {
  const { clock, random, calls, sounds } = parts
  const running = new Map<string, Running>()

  const time = (): string => new Date(clock.now()).toISOString()
  const later = (entry: Running, delayMs: number, run: () => void): void => {
    entry.undo = clock.after(delayMs, run)
  }
  const silence = (entry: Running, reason: string): void => {
    if (!entry.isSounding) return
    entry.isSounding = false
    sounds.ended(entry.leg.id, reason)
  }
  /** Busy and no answer have words of their own; what the platform really calls them is not documented. */
  const end = (entry: Running, disconnectType: string, reason: string, error?: string): void => {
    const { call, leg } = entry
    running.delete(leg.id)
    entry.undo()
    silence(entry, reason)
    calls.update(call, (conversation) => {
      if (error !== undefined)
        leg.errorInfo = { code: `error.dial.${error}`, message: `The call failed: ${error}.` }
      leave(conversation, leg, disconnectType, time())
    })
  }
  const answered = (entry: Running, { recording }: Dialled): void => {
    const { call, leg } = entry
    const legAnswer = recording ? parts.legAnswer() : 'unknown-number'
    if (legAnswer === 'no-answer')
      return later(entry, ringMs - answerMs, () => end(entry, 'timeout', legAnswer))
    if (legAnswer !== 'answers' || !recording) return end(entry, 'error', legAnswer, legAnswer)
    calls.update(call, ({ recordingState = 'NONE' }) => {
      const isRecorded = recordingState === 'ACTIVE'
      const recordingOfLeg = { recording: isRecorded, recordingState: recordingState.toLowerCase() }
      Object.assign(leg, { state: 'connected', connectedTime: time(), ...recordingOfLeg })
    })
    entry.isSounding = true
    sounds.started(
      {
        id: leg.id,
        interactionId: call.conversation.id,
        url: `${parts.origin}${recording.path}`,
        volume: 1,
        backend: 'announcement-leg',
        heardBy: deafness(call.conversation) ? ['agent'] : ['customer', 'agent'],
        isRecorded: true,
      },
      recording.durationMs,
    )
    const trouble = parts.failure(call.conversation.id)
    if (trouble === null) later(entry, recording.durationMs, () => end(entry, 'endpoint', 'completed'))
    else
      later(entry, Math.min(trouble.afterMs, recording.durationMs), () => end(entry, 'error', trouble.error))
  }
  /** Somebody else ended the leg, or the customer can hear it no longer. */
  const follow = (entry: Running): void => {
    const { call, leg } = entry
    const deaf = deafness(call.conversation)
    if (leg.state === 'disconnected') {
      running.delete(leg.id)
      entry.undo()
      silence(entry, deaf === 'participant_disconnected' ? deaf : 'leg_disconnected')
    } else if (entry.isSounding && deaf) sounds.lostCustomer(leg.id, deaf)
  }

  return {
    add(call, addresses) {
      const dialled = addresses.map((address) => {
        const found = dial(address)
        if (!found) throw badRequest(`"${address}" is not an address that can be dialled.`)
        return found
      })
      const { conversation } = call
      if (isOver(conversation)) throw badRequest('The conversation is not connected.')
      if (conversation.securePause) {
        throw new Refusal(409, 'conflict', 'The conversation is in a secure session.')
      }
      for (const to of dialled) {
        const leg = dialledLeg(random.id(), to, agentOf(conversation).provider, time())
        const entry: Running = { call, leg, isSounding: false, undo: () => undefined }
        running.set(leg.id, entry)
        later(entry, answerMs, () => answered(entry, to))
        calls.update(call, () => void conversation.participants.push(leg))
      }
    },
    callChanged(call) {
      for (const entry of running.values()) {
        if (entry.call === call) follow(entry)
      }
    },
    reset() {
      for (const entry of running.values()) {
        entry.undo()
        silence(entry, 'sandbox_reset')
      }
      running.clear()
    },
  }
}

const dialledLeg = (
  id: string,
  { address }: Dialled,
  provider: string | undefined,
  time: string,
): SandboxParticipant & { id: string } => ({
  id,
  name: address,
  purpose: 'external',
  state: 'dialing',
  direction: 'outbound',
  address,
  dnis: address,
  held: false,
  confined: false,
  muted: false,
  recording: false,
  recordingState: 'none',
  securePause: false,
  mediaRoles: ['full'],
  provider,
  startTime: time,
  wrapupRequired: false,
  attributes: {},
})
