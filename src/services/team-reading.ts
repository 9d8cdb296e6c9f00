// Reads what no event tells: names and pictures, and after a gap who is on a call and what stands in it. Never in a flood.
import { liveCallIds, seeCall, seeReading } from '../core/agent'
import { refused, type Answer } from '../core/errors'
import type { Chance, Clock, Conversations, KeptStorage } from '../core/ports'
import type { Directory } from '../core/team-ports'
import { decideRetry } from '../core/retry'
import { refusalGap, type Gap } from '../core/team'
import type { KnownCall } from '../core/known-calls'
import { readPace, takeTurn, writePace, type Pace } from '../core/team-pace'
import type { TeamRows } from './team-rows'

export interface TeamReadingPorts {
  readonly directory: Pick<Directory, 'fetchPeople'>
  readonly conversations: Pick<Conversations, 'fetchCall'>
  readonly clock: Clock
  readonly chance: Chance
  readonly kept: KeptStorage
}

/** The directory answers for so many at once. */
const batchSize = 100
/** Calls are read one by one, each in its turn (`core/team-pace.ts`): the rest waits for its next event. */
export const callLimit = 100
const atOnce = 4
/** All team views of this browser have one measure between them. */
const paceKey = 'cueline.team-pace'

/** `over` once nobody wants the answers any more. */
export function createTeamReading(ports: TeamReadingPorts, rows: TeamRows, over: () => boolean) {
  const { directory, conversations, clock, chance, kept } = ports
  /** Where the browser keeps nothing, each view has its own. */
  let lastPace: Pace | null = null
  const timers = new Set<() => void>()

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const undo = clock.after(ms, () => {
        timers.delete(undo)
        resolve()
      })
      timers.add(undo)
    })
  }

  async function waitForTurn(): Promise<void> {
    while (!over()) {
      const [, text] = kept.entries(paceKey)[0] ?? []
      const { pace, waitMs } = takeTurn(readPace(text) ?? lastPace, clock.now())
      lastPace = pace
      kept.write(paceKey, writePace(pace))
      if (waitMs === 0) return
      await pause(waitMs)
    }
  }

  async function patiently<T>(ask: () => Promise<Answer<T>>): Promise<Answer<T>> {
    for (let attempt = 1; !over(); attempt += 1) {
      await waitForTurn()
      if (over()) break
      const answer = await ask()
      if (answer.ok) return answer
      const again = decideRetry(answer.refusal, 'read', attempt, chance.number())
      if (!again.again) return answer
      await pause(again.afterMs)
    }
    return refused({ kind: 'rejected', message: 'nobody waits for it any more' })
  }

  async function readPeople(userIds: readonly string[]): Promise<readonly Gap[]> {
    for (let from = 0; from < userIds.length; from += batchSize) {
      const batch = userIds.slice(from, from + batchSize)
      const askedAtMs = clock.now()
      const answer = await patiently(() => directory.fetchPeople(batch))
      if (over()) return []
      if (!answer.ok) return [refusalGap('people', answer.refusal)]
      for (const { activity, ...member } of answer.value) {
        const before = rows.facts(member.userId)
        if (before === null) continue
        const facts = seeReading(before, activity, askedAtMs)
        const isWhole = activity !== null && liveCallIds(facts).length === 0
        rows.update(member.userId, { member, facts, ...(isWhole ? { staleSinceMs: null } : {}) })
      }
    }
    return []
  }

  async function readCall([userId, conversationId]: KnownCall): Promise<void> {
    const answer = await patiently(() => conversations.fetchCall(conversationId))
    const before = rows.facts(userId)
    if (!answer.ok || over() || before === null) return
    const facts = seeCall(before, answer.value, userId, clock.now())
    rows.update(userId, { facts, staleSinceMs: null })
  }

  async function readCalls(calls: readonly KnownCall[]): Promise<void> {
    const waiting = calls.slice(0, callLimit)
    const readNext = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined && !over(); next = waiting.shift())
        await readCall(next)
    }
    await Promise.all(Array.from({ length: atOnce }, readNext))
  }

  return {
    /** Of these agents; `known` are calls that are worth a request, the best first. */
    async read(userIds: readonly string[], known: readonly KnownCall[]): Promise<readonly Gap[]> {
      const wanted = new Set(userIds)
      const [gaps] = await Promise.all([
        readPeople(userIds),
        readCalls(known.filter(([userId]) => wanted.has(userId))),
      ])
      return gaps
    },
    dispose(): void {
      for (const undo of timers) undo()
      timers.clear()
    },
  }
}
