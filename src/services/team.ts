// The team: its members, their badges as their calls tell them, and what cannot be seen. Runs only while its view is open.
import { seeActivity, seeCall, withSight } from '../core/agent'
import type { Conversations, KeptStorage, TabStorage } from '../core/ports'
import type { Directory } from '../core/team-ports'
import {
  isSameOrder,
  noCounts,
  noFilter,
  limitGap,
  refusalGap,
  type Circle,
  type Gap,
  type TeamFilter,
  type TeamRow,
  type TeamState,
} from '../core/team'
import { scopeGaps } from '../core/team-scopes'
import { queueLimit, readTeamTopic, sightsOf, topicGaps, type TopicVerdicts } from '../core/team-topics'
import type { SessionState } from './session'
import { createSnapshot, type Snapshot } from './snapshot'
import { openTeamFeed, type TeamFeedPorts } from './team-feed'
import { createTeamMemory, knownLimit } from './team-memory'
import { callLimit, createTeamReading } from './team-reading'
import { createTeamRows } from './team-rows'

export interface TeamPorts extends TeamFeedPorts {
  readonly directory: Directory
  readonly conversations: Pick<Conversations, 'fetchCall' | 'readCall'>
  readonly kept: KeptStorage
  readonly storage: TabStorage
  readonly session: { readonly snapshot: Snapshot<SessionState>; refused(): void }
}

/** A list that moves with each event cannot be read: it follows this often. */
const orderEveryMs = 250

/** Two or three connections: the platform allows 20 for an agent and app, and the panels need theirs. */
const memberLimit = 2_000

/** Begins as soon as somebody is signed in; `dispose` ends all that it opened. */
export function createTeam(ports: TeamPorts) {
  const { clock, directory, conversations } = ports
  const snapshot = createSnapshot<TeamState>({
    status: 'loading',
    circles: [],
    chosen: null,
    total: 0,
    counts: noCounts,
    order: [],
    filter: noFilter,
    gaps: [],
    connection: 'connecting',
    problem: null,
  })
  const listeners = new Set<(row: TeamRow) => void>()
  const memory = createTeamMemory(ports)
  const rows = createTeamRows(
    clock,
    (row) => listeners.forEach((listener) => listener(row)),
    () => (undoOrder ??= clock.after(orderEveryMs, putInOrder)),
  )
  /** By the first agent of each channel: what the platform said to its topics, and which channels are down. */
  const verdicts = new Map<string, TopicVerdicts>()
  const down = new Set<string>()
  const gapsRead = new Map<Gap['kind'], Gap>()
  let gapsOfScope: readonly Gap[] = []
  let reading: ReturnType<typeof createTeamReading> | null = null
  let closeFeed: (() => void) | null = null
  let undoOrder: (() => void) | null = null
  /** Counts choices: what an earlier one still brings is not wanted any more. */
  let turn = 0
  let begun = false

  function putInOrder(): void {
    undoOrder?.()
    undoOrder = null
    const { order: before, filter } = snapshot.value
    const order = rows.order(filter)
    const change = { total: rows.size(), counts: rows.counts() }
    snapshot.patch({ ...change, order: isSameOrder(order, before) ? before : order })
    memory.keepCalls(rows.knownCalls(knownLimit))
  }

  function showGaps(): void {
    snapshot.patch({ gaps: [...gapsOfScope, ...gapsRead.values(), ...topicGaps([...verdicts.values()])] })
  }

  async function begin(): Promise<void> {
    turn += 1
    const mine = turn
    snapshot.patch({ status: 'loading', problem: null })
    const { circles, refusals } = await directory.fetchCircles()
    if (mine !== turn) return
    gapsRead.delete('circles')
    if (refusals[0] !== undefined) gapsRead.set('circles', refusalGap('circles', refusals[0]))
    snapshot.patch({ circles })
    showGaps()
    const kept = memory.circle()
    const chosen = circles.find(({ kind, id }) => kind === kept?.kind && id === kept.id) ?? circles[0]
    if (chosen !== undefined) return choose(chosen)
    const problem = refusals[0]?.message ?? null
    snapshot.patch({ status: problem === null ? 'ready' : 'refused', problem })
  }

  function leave(): void {
    closeFeed?.()
    reading?.dispose()
    closeFeed = reading = null
    verdicts.clear()
    down.clear()
    gapsRead.delete('members')
    gapsRead.delete('people')
    gapsRead.delete('limit')
    rows.fill([], memory.isPinned)
  }

  async function choose(circle: Circle): Promise<void> {
    turn += 1
    const mine = turn
    leave()
    memory.choose(circle)
    snapshot.patch({ chosen: circle, status: 'loading', problem: null, connection: 'connecting' })
    putInOrder()
    const members = await directory.fetchMembers(circle)
    if (mine !== turn) return
    if (!members.ok) {
      gapsRead.set('members', refusalGap('members', members.refusal))
      showGaps()
      return snapshot.patch({ status: 'refused', problem: members.refusal.message })
    }
    const all = [...new Set(members.value)]
    const userIds = all.slice(0, memberLimit)
    if (all.length > memberLimit) gapsRead.set('limit', limitGap(all.length - memberLimit))
    rows.fill(
      userIds.map((userId) => ({ userId, name: '', pictureUrl: null })),
      memory.isPinned,
    )
    snapshot.patch({ status: 'ready' })
    putInOrder()
    showGaps()
    reading = createTeamReading(ports, rows, () => mine !== turn)
    follow(circle, userIds)
  }

  function follow(circle: Circle, userIds: readonly string[]): void {
    const inQueue = circle.kind === 'queue'
    const queues = inQueue ? [circle] : snapshot.value.circles.filter(({ kind }) => kind === 'queue')
    const queueIds = queues.slice(0, queueLimit).map(({ id }) => id)
    const mine = turn
    closeFeed = openTeamFeed(ports, userIds, queueIds, {
      frame,
      judged(verdict) {
        // Of a circle that was left meanwhile.
        if (mine !== turn) return
        verdicts.set(verdict.userIds[0] ?? '', verdict)
        for (const [userId, sight] of sightsOf(verdict, inQueue)) {
          const facts = rows.facts(userId)
          if (facts !== null) rows.update(userId, { facts: withSight(facts, sight) })
        }
        showGaps()
      },
      live,
      tokenRevoked: () => ports.session.refused(),
    })
  }

  /** Whatever was missed is read. Until then what is shown is as old as the loss. */
  function live(userIds: readonly string[], problem: string | null, isLive: boolean): void {
    const [channel = ''] = userIds
    if (isLive) down.delete(channel)
    else down.add(channel)
    snapshot.patch({ connection: down.size === 0 ? 'live' : 'lost', problem })
    const staleSinceMs = clock.now()
    if (!isLive)
      for (const userId of userIds)
        if (rows.row(userId)?.staleSinceMs === null) rows.update(userId, { staleSinceMs })
    const isUnread = userIds.some((userId) => rows.row(userId)?.name === '')
    if (isLive || isUnread) void read(userIds)
  }

  async function read(userIds: readonly string[]): Promise<void> {
    const mine = turn
    const known = rows.knownCalls(callLimit)
    const gaps = (await reading?.read(userIds, known.length > 0 ? known : memory.callsBefore())) ?? []
    if (mine !== turn) return
    gapsRead.delete('people')
    for (const gap of gaps) gapsRead.set(gap.kind, gap)
    showGaps()
  }

  function frame(name: string, body: unknown): void {
    const topic = readTeamTopic(name)
    if (topic === null) return
    if (topic.kind === 'activity') return seeActivityOf(topic.userId, body)
    const call = conversations.readCall(body)
    if (call === null) return
    if (topic.kind === 'calls') return seeCallOf(topic.userId, call)
    // A queue's topic shows those whose own was refused.
    const userIds = new Set(call.participants.map(({ userId }) => userId ?? ''))
    for (const userId of userIds) {
      const facts = rows.facts(userId)
      if (facts === null || facts.sight === 'calls') continue
      rows.update(userId, { facts: withSight(facts, 'queue') })
      seeCallOf(userId, call)
    }
  }

  function seeCallOf(userId: string, call: NonNullable<ReturnType<typeof conversations.readCall>>): void {
    const facts = rows.facts(userId)
    if (facts === null) return
    rows.update(userId, { facts: seeCall(facts, call, userId, clock.now()), staleSinceMs: null })
  }

  function seeActivityOf(userId: string, body: unknown): void {
    const facts = rows.facts(userId)
    const activity = directory.readActivity(body)
    if (facts === null || activity === null) return
    rows.update(userId, { facts: seeActivity(facts, activity), staleSinceMs: null })
  }

  function beginOnceSignedIn(state: SessionState): void {
    if (state.status !== 'signed-in') return
    gapsOfScope = scopeGaps(state.identity.scopes)
    if (begun) return showGaps()
    begun = true
    void begin()
  }
  const undoSession = ports.session.snapshot.subscribe(beginOnceSignedIn)
  beginOnceSignedIn(ports.session.snapshot.value)

  return {
    snapshot,
    row: rows.row,
    /** Calls `listener` with each row that looks different from before; returns its undo. */
    onRow(listener: (row: TeamRow) => void): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    choose,
    filter(filter: TeamFilter): void {
      snapshot.patch({ filter })
      putInOrder()
    },
    pin(userId: string, pinned: boolean): void {
      memory.pin(userId, pinned)
      rows.update(userId, { pinned })
      putInOrder()
    },
    /** Reads circles and members anew: after a permission was given, or members came. */
    read: begin,
    dispose(): void {
      turn += 1
      undoSession()
      leave()
      rows.dispose()
      undoOrder?.()
      listeners.clear()
    },
  }
}

export type Team = ReturnType<typeof createTeam>
