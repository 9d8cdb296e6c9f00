// Whose turn it is in an interaction: one panel of a browser at a time. It is taken ahead of the click and given up on request.
import type { PanelMessage } from '../core/panels'
import type { Bus, Clock, Locks } from '../core/ports'

export interface TurnPorts {
  readonly locks: Locks
  readonly bus: Bus
  readonly clock: Clock
}

/** `kept`: something of another panel is open there. `silent`: another panel has the turn and does not answer. */
export type Verdict = 'mine' | 'kept' | 'silent'

type Release = (() => void) | null

interface Turn {
  readonly playbackIds: Set<string>
  /** Asked for by these clicks of other panels before the lock was there. */
  readonly wantedBy: string[]
  /** Null until the lock is there. */
  release: Release
  readonly verdict: Promise<Verdict>
  /** Ends what is still under way: no longer wanted, or refused. */
  giveUp(): void
}

/** A panel that has the turn and plays nothing gives it up within milliseconds; one that does not answer keeps it. */
const answerMs = 1_000

const lockOf = (interactionId: string) => `cueline.playback.${interactionId}`

export function createTurns({ locks, bus, clock }: TurnPorts) {
  const turns = new Map<string, Turn>()
  const refusals = new Map<string, () => void>()
  let expected: string | null = null

  const undo = bus.onMessage((message: PanelMessage) => {
    if (message.kind === 'turn-kept') refusals.get(message.id)?.()
    if (message.kind !== 'turn-wanted') return
    const { interactionId, id } = message
    const turn = turns.get(interactionId)
    if (turn?.release) answer(interactionId, turn, id)
    else turn?.wantedBy.push(id)
  })

  /** Another panel's click gets the turn, or is told at once that it will not. */
  function answer(interactionId: string, turn: Turn, id: string): void {
    if (turn.playbackIds.size > 0) bus.post({ kind: 'turn-kept', id })
    else if (turns.get(interactionId) === turn) end(interactionId, turn)
  }

  /** `request` sets out for the lock and returns how to give up. */
  function add(
    interactionId: string,
    request: (got: (release: Release, why?: Verdict) => void) => () => void,
  ) {
    let resolve: (verdict: Verdict) => void = () => undefined
    const verdict = new Promise<Verdict>((settle) => (resolve = settle))
    const turn: Turn = {
      playbackIds: new Set(),
      wantedBy: [],
      release: null,
      verdict,
      giveUp: () => undefined,
    }
    turns.set(interactionId, turn)
    turn.giveUp = request((release, why = 'silent') => {
      turn.release = release
      if (release === null && turns.get(interactionId) === turn) turns.delete(interactionId)
      resolve(release === null ? why : 'mine')
      if (release !== null) for (const id of turn.wantedBy) answer(interactionId, turn, id)
    })
    return turn
  }

  /** Ahead of a click: where another panel has the turn, nobody is disturbed. */
  function reserve(interactionId: string): void {
    add(interactionId, (got) => {
      let isWanted = true
      const settle = (release: Release) => {
        if (!isWanted) release?.()
        got(isWanted ? release : null)
      }
      // Where the browser fails at it, the click asks once more.
      locks.tryHold(lockOf(interactionId)).then(settle, () => settle(null))
      return () => {
        isWanted = false
      }
    })
  }

  /** For a click: waits in line for the lock, and asks whoever has it to give it up. */
  function ask(interactionId: string, id: string): Turn {
    const turn = add(interactionId, (got) => {
      const settle = (release: Release, why?: Verdict) => {
        undoLimit()
        refusals.delete(id)
        got(release, why)
      }
      const undoWait = locks.whenHeld(lockOf(interactionId), () => settle(undoWait))
      const giveUp = (why?: Verdict) => {
        undoWait()
        settle(null, why)
      }
      const undoLimit = clock.after(answerMs, giveUp)
      refusals.set(id, () => giveUp('kept'))
      bus.post({ kind: 'turn-wanted', interactionId, id })
      return giveUp
    })
    turn.playbackIds.add(id)
    return turn
  }

  /** Behind what is under way for this panel already. */
  async function wait(before: Turn, interactionId: string, playbackId: string): Promise<Verdict> {
    before.playbackIds.add(playbackId)
    const verdict = await before.verdict
    // Asked again, but not where the click was taken back meanwhile.
    const isOver = verdict === 'mine' || !before.playbackIds.has(playbackId)
    return isOver ? verdict : take(interactionId, playbackId)
  }

  function end(interactionId: string, turn: Turn): void {
    turns.delete(interactionId)
    if (turn.release === null) turn.giveUp()
    else turn.release()
  }

  /** At once where the turn is this panel's, who may take it for a further playback. */
  function take(interactionId: string, playbackId: string): 'mine' | Promise<Verdict> {
    const turn = turns.get(interactionId)
    if (turn === undefined) return ask(interactionId, playbackId).verdict
    if (turn.release === null) return wait(turn, interactionId, playbackId)
    turn.playbackIds.add(playbackId)
    return 'mine'
  }

  function isOver(interactionId: string, { playbackIds }: Turn): boolean {
    return playbackIds.size === 0 && interactionId !== expected
  }

  return {
    /** The interaction in which a click may come next, or null: its turn is taken now, so that the click need not wait. */
    expect(interactionId: string | null): void {
      // Who could not be asked for it must not keep it.
      expected = bus.isShared ? interactionId : null
      for (const [id, turn] of [...turns]) if (isOver(id, turn)) end(id, turn)
      if (expected !== null && !turns.has(expected)) reserve(expected)
    },
    take,
    /** The playback is over, or can no longer be heard of. */
    leave(playbackId: string): void {
      for (const [interactionId, turn] of [...turns])
        if (turn.playbackIds.delete(playbackId) && isOver(interactionId, turn)) end(interactionId, turn)
    },
    dispose(): void {
      undo()
      expected = null
      for (const [interactionId, turn] of [...turns]) end(interactionId, turn)
    },
  }
}
