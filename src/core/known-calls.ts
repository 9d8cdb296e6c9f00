// The calls in which the team's agents were seen, those that are worth a request first: kept from one look to the next.
import type { TeamRow } from './team'

/** An agent and the call that they were seen in. */
export type KnownCall = readonly [userId: string, conversationId: string]

/** Playing ones first, of these the pinned ones; then the pinned, then the others. */
const worthOf = ({ badge, pinned }: TeamRow) => (badge.state === 'playing' ? 2 : 0) + (pinned ? 1 : 0)
const worths = [3, 2, 1, 0]

/** A row that changes costs the search for its place and no look at the others. */
export function createKnownCalls() {
  let indexOf = new Map<string, number>()
  let calls: (KnownCall | null)[] = []
  /** What each row is worth, by its index; below zero where it is on no call. */
  let worth = new Int8Array(0)
  /** By worth: indexes of the rows, ascending. */
  let placed: readonly number[][] = []

  function take(index: number): void {
    const list = placed[worth[index] ?? -1]
    list?.splice(placeOf(list, index), 1)
  }

  function put(row: TeamRow): void {
    const index = indexOf.get(row.userId)
    if (index === undefined) return
    const { conversationId } = row.badge
    const now = conversationId === null ? -1 : worthOf(row)
    calls[index] = conversationId === null ? null : [row.userId, conversationId]
    if (now === worth[index]) return
    take(index)
    worth[index] = now
    const list = placed[now]
    list?.splice(placeOf(list, index), 0, index)
  }

  return {
    /** In place of all that were there; each `userId` once. */
    fill(rows: readonly TeamRow[]): void {
      indexOf = new Map(rows.map(({ userId }, index) => [userId, index]))
      calls = rows.map(() => null)
      worth = new Int8Array(rows.length).fill(-1)
      placed = worths.map(() => [])
      rows.forEach(put)
    },
    /** This one looks different now. Nothing happens where it is none of those that are there. */
    put,
    /** What is worth a request after a gap or a reload: as many as `limit`, those of the same worth as they come. */
    first(limit: number): readonly KnownCall[] {
      const found: KnownCall[] = []
      for (const value of worths)
        for (const index of placed[value]?.slice(0, limit - found.length) ?? []) {
          const call = calls[index]
          if (call) found.push(call)
        }
      return found
    },
  }
}

/** Where it stands in the list, or would. */
function placeOf(list: readonly number[], index: number): number {
  let [from, to] = [0, list.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if ((list[middle] ?? 0) < index) from = middle + 1
    else to = middle
  }
  return from
}
