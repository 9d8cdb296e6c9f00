// The order of the team's list, kept from one look to the next: only what has changed since is taken out and put in again.
import { badgeStates, type BadgeState } from './badge'
import { countStates, fitsFilter, type TeamFilter, type TeamRow } from './team'

const rankOf = Object.fromEntries(badgeStates.map((state, rank) => [state, rank])) as Record<
  BadgeState,
  number
>

/**
 * What each row goes by, as numbers at the row's index: a long list is compared without a look at its rows, which lie
 * all over the memory.
 */
interface Keys {
  /** Pinned first; then what needs attention. */
  readonly ranks: Uint8Array
  /** Of the same rank the latest news come first: epoch ms. Of those who only talk or wait the time says nothing: 0. */
  readonly news: Float64Array
  /** At last by name: the place among all names. */
  readonly names: Int32Array
}

/**
 * Rows in the order of the list: pinned ones first, then what needs attention, then the latest news, then by name.
 * `k` changes among `n` rows cost `n` short steps and the sort of `k`; a new name costs the sort of all.
 */
export function createTeamOrder() {
  let rows: TeamRow[] = []
  let userIds: readonly string[] = []
  let indexOf = new Map<string, number>()
  let keys = keysFor(0)
  let counts = countStates([])
  /** Indexes of the rows, in their order as of the last look. */
  let placed = new Int32Array(0)
  /** Those that have changed since, and for each index whether it is one of them. */
  let moved: number[] = []
  let isMoved = new Uint8Array(0)
  let areNamesNew = true

  const compare = (a: number, b: number): number =>
    keys.ranks[a]! - keys.ranks[b]! || keys.news[b]! - keys.news[a]! || keys.names[a]! - keys.names[b]!

  function note(index: number, { pinned, badge }: TeamRow): void {
    keys.ranks[index] = (pinned ? 0 : badgeStates.length) + rankOf[badge.state]
    keys.news[index] = badge.note === null ? 0 : (badge.sinceMs ?? 0)
  }

  function sortAll(): void {
    const byName = [...rows.keys()].sort((a, b) => compareNames(rows[a]!, rows[b]!))
    byName.forEach((index, place) => (keys.names[index] = place))
    placed = Int32Array.from(byName.sort(compare))
    areNamesNew = false
  }

  /** Both are in order, those that stayed and those that moved: one walk through the two. */
  function merge(): void {
    const coming = moved.sort(compare)
    const next = new Int32Array(placed.length)
    let [from, to] = [0, 0]
    for (const index of placed) {
      if (isMoved[index] === 1) continue
      while (from < coming.length && compare(coming[from]!, index) < 0) next[to++] = coming[from++]!
      next[to++] = index
    }
    while (from < coming.length) next[to++] = coming[from++]!
    placed = next
  }

  function settle(): void {
    if (areNamesNew) sortAll()
    else if (moved.length > 0) merge()
    for (const index of moved) isMoved[index] = 0
    moved = []
  }

  return {
    /** In place of all that were there; each `userId` once. */
    fill(all: readonly TeamRow[]): void {
      rows = [...all]
      userIds = rows.map(({ userId }) => userId)
      indexOf = new Map(userIds.map((userId, index) => [userId, index]))
      keys = keysFor(rows.length)
      rows.forEach((row, index) => note(index, row))
      counts = countStates(rows)
      isMoved = new Uint8Array(rows.length)
      moved = []
      areNamesNew = true
    },
    /** This one looks different now. Nothing happens where it is none of those that are there. */
    put(row: TeamRow): void {
      const index = indexOf.get(row.userId)
      const before = rows[index ?? -1]
      if (index === undefined || before === undefined) return
      rows[index] = row
      note(index, row)
      counts[before.badge.state] -= 1
      counts[row.badge.state] += 1
      areNamesNew ||= before.name !== row.name
      if (isMoved[index] === 0) moved.push(index)
      isMoved[index] = 1
    },
    /** How many there are of each state, whatever is filtered. */
    counts: () => ({ ...counts }),
    /** The user ids as the filter leaves them. */
    userIds(filter: TeamFilter): readonly string[] {
      settle()
      const all = filter.text.trim() === '' && filter.states.length === 0
      const shown = all ? placed : placed.filter((index) => fitsFilter(rows[index]!, filter))
      return Array.from(shown, (index) => userIds[index]!)
    },
  }
}

const keysFor = (size: number): Keys => ({
  ranks: new Uint8Array(size),
  news: new Float64Array(size),
  names: new Int32Array(size),
})

/** By characters, not by a language: the same on every desk. Of one name, by the id. */
function compareNames(a: TeamRow, b: TeamRow): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1
  return a.userId < b.userId ? -1 : 1
}
