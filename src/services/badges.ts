// Leaves the note that colleagues read: one when the customer hears a prompt, one when it is over. A hint, not the proof.
import { badgeAttribute, encodeNote, noteOf } from '../core/badge-note'
import type { Playback } from '../core/playback'
import type { Chance, Clock, Conversations } from '../core/ports'
import { decideRetry } from '../core/retry'

export interface BadgePorts {
  readonly conversations: Pick<Conversations, 'writeAttributes'>
  readonly clock: Clock
  readonly chance: Chance
}

interface Letter {
  readonly conversationId: string
  readonly participantId: string
  readonly text: string
  readonly attempt: number
}

/** An unknown outcome often becomes known within a moment: one write instead of two. */
const settleMs = 1_500
const attempts = 3

/** `legOf`: the agent's own participant in this interaction. */
export function createBadges(
  { conversations, clock, chance }: BadgePorts,
  legOf: (interactionId: string) => string | null,
) {
  let newest: Pick<Playback, 'id' | 'times'> | null = null
  /** States of the newest playback that need no note any more: each is told once, whatever comes and goes. */
  let told = new Set<string>()
  let lastAtMs = 0
  let next: Letter | null = null
  let isSending = false
  let over = false
  let undo: (() => void) | null = null

  function follow(playback: Playback | null): void {
    if (playback === null || (newest !== null && playback.times.clickedAtMs < newest.times.clickedAtMs))
      return
    if (playback.id !== newest?.id) {
      newest = playback
      // Seen for the first time in the middle of it: an earlier panel has told that.
      told = new Set([playback.state])
    }
    const atMs = Math.max(clock.now(), lastAtMs + 1)
    const note = noteOf(playback, atMs)
    const participantId = legOf(playback.interactionId)
    if (note === null || participantId === null || told.has(note.state)) return
    told.add(note.state)
    lastAtMs = atMs
    const of = { conversationId: playback.interactionId, participantId }
    post({ ...of, text: encodeNote(note), attempt: 1 }, note.state === 'unknown' ? settleMs : 0)
  }

  /** In place of what still waits: only the newest note is worth a request. */
  function post(letter: Letter, afterMs: number): void {
    undo?.()
    undo = null
    next = letter
    if (afterMs > 0) undo = clock.after(afterMs, () => void send())
    else void send()
  }

  /** One after the other, so that no older note overtakes a newer one. */
  async function send(): Promise<void> {
    if (isSending || over || next === null) return
    const letter = next
    undo = next = null
    isSending = true
    const { conversationId, participantId, text } = letter
    const answer = await conversations.writeAttributes(conversationId, participantId, {
      [badgeAttribute]: text,
    })
    isSending = false
    if (over) return
    const again = answer.ok || decideRetry(answer.refusal, 'write', letter.attempt, chance.number())
    if (next !== null) return undo === null ? send() : undefined
    if (again !== true && again.again && letter.attempt < attempts)
      post({ ...letter, attempt: letter.attempt + 1 }, again.afterMs)
  }

  return {
    follow,
    dispose(): void {
      over = true
      undo?.()
    },
  }
}
