// One row per agent: facts in, a row out where it looks different; the order follows a few times a second.
import { badgeOf, nextChangeMs, nothingSeen, type AgentFacts } from '../core/agent'
import { isSameBadge } from '../core/badge'
import { createKnownCalls } from '../core/known-calls'
import type { Clock } from '../core/ports'
import type { Member, TeamRow } from '../core/team'
import { createTeamOrder } from '../core/team-order'

interface Entry {
  member: Member
  facts: AgentFacts
  staleSinceMs: number | null
  pinned: boolean
  row: TeamRow
  /** When the badge changes by time alone. */
  dueMs: number | null
}

export type RowChange = Partial<Pick<Entry, 'member' | 'staleSinceMs' | 'pinned'>> & {
  readonly facts?: AgentFacts
}

/** Playbacks run over and outcomes fade: looked for this often. */
const sweepEveryMs = 1_000

/** `changed` is told of each row that looks different; `dirtied` once after each change of any. */
export function createTeamRows(clock: Clock, changed: (row: TeamRow) => void, dirtied: () => void) {
  const entries = new Map<string, Entry>()
  const order = createTeamOrder()
  const known = createKnownCalls()
  let undoSweep: (() => void) | null = null

  function sweep(): void {
    const nowMs = clock.now()
    for (const [userId, { dueMs }] of entries) if (dueMs !== null && dueMs <= nowMs) update(userId, {})
    undoSweep = clock.after(sweepEveryMs, sweep)
  }

  function rowOf({ member, facts, staleSinceMs, pinned }: Omit<Entry, 'row' | 'dueMs'>, before?: TeamRow) {
    const badge = badgeOf(facts, clock.now())
    const isSame = before !== undefined && isSameBadge(before.badge, badge)
    return { ...member, badge: isSame ? before.badge : badge, staleSinceMs, pinned }
  }

  function update(userId: string, change: RowChange): void {
    const entry = entries.get(userId)
    if (entry === undefined) return
    Object.assign(entry, change)
    entry.dueMs = nextChangeMs(entry.facts, clock.now())
    const row = rowOf(entry, entry.row)
    if (isSameRow(row, entry.row)) return
    entry.row = row
    order.put(row)
    known.put(row)
    changed(row)
    dirtied()
  }

  return {
    /** In place of all that were there; `isPinned` as it was kept. */
    fill(members: readonly Member[], isPinned: (userId: string) => boolean): void {
      entries.clear()
      for (const member of members) {
        const pinned = isPinned(member.userId)
        const blank = { member, facts: nothingSeen, staleSinceMs: null, pinned }
        entries.set(member.userId, { ...blank, row: rowOf(blank), dueMs: null })
      }
      const all = [...entries.values()].map(({ row }) => row)
      order.fill(all)
      known.fill(all)
      undoSweep?.()
      undoSweep = entries.size === 0 ? null : clock.after(sweepEveryMs, sweep)
      dirtied()
    },
    update,
    facts: (userId: string): AgentFacts | null => entries.get(userId)?.facts ?? null,
    row: (userId: string): TeamRow | null => entries.get(userId)?.row ?? null,
    /** The calls that are worth a request, the best first: so many at the most. */
    knownCalls: known.first,
    counts: order.counts,
    /** User ids as the filter leaves them, what needs attention first. */
    order: order.userIds,
    size: () => entries.size,
    dispose(): void {
      undoSweep?.()
      entries.clear()
    },
  }
}

export type TeamRows = ReturnType<typeof createTeamRows>

function isSameRow(a: TeamRow, b: TeamRow): boolean {
  return (
    a.badge === b.badge &&
    a.staleSinceMs === b.staleSinceMs &&
    a.pinned === b.pinned &&
    a.name === b.name &&
    a.pictureUrl === b.pictureUrl
  )
}
