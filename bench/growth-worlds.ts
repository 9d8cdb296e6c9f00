// The parts of the panel that could slow down with use, each with a way to fill it and one operation to be timed.
import { badgeOf, nothingSeen, seeCall } from '../src/core/agent'
import { decodeNote } from '../src/core/badge'
import { encodeNote } from '../src/core/badge-note'
import { createIndex, extendIndex, findPrompts } from '../src/core/search'
import type { Conversation } from '../src/core/conversation'
import { answered } from '../src/core/errors'
import { createMetrics, observe } from '../src/core/metrics'
import { readFrame } from '../src/core/notification'
import type { Clock } from '../src/core/ports'
import type { BadgeState } from '../src/core/badge'
import { noFilter } from '../src/core/team'
import { createTeamOrder } from '../src/core/team-order'
import { createHistory } from '../src/services/history'
import { createOutbox } from '../src/services/outbox'
import { createPlaybackService } from '../src/services/playback'
import { createTeamRows } from '../src/services/team-rows'
import { createTestKept, createTestLocks } from '../tests/support/browser-ports'
import {
  agentLeg,
  asset,
  candidate,
  evidence,
  interaction,
  myUserId,
  participant,
  prompt,
} from '../tests/support/factories'
import { testSealing } from '../tests/support/keeping-parts'
import { badge, note, row } from '../tests/support/team-rows'
import { createTestBackend, createTestChance, settled } from '../tests/support/ports'

/** What can be done again and again; `index` says for the how manieth time. */
export type Operation = (index: number) => void | Promise<void>

const startMs = 1_800_000_000_000
const titles = ['Welcome', 'Recording notice', 'Terms of sale', 'Card payment', 'Hold notice', 'Goodbye']

/** Time that stands where it is put, and timers that never ring: what is measured does not wait. */
function createStillClock(): Clock & { pass(ms: number): void } {
  let nowMs = startMs
  return { now: () => nowMs, after: () => () => undefined, pass: (ms) => void (nowMs += ms) }
}

const userIdOf = (index: number) => `user-${index}`

function callOf(userId: string, number: number, atMs: number): Conversation {
  const note = encodeNote({
    playbackId: `p${number}`,
    state: number % 2 === 0 ? 'playing' : 'completed',
    promptKey: 'welcome',
    language: 'en',
    startedAtMs: atMs,
    durationMs: 9_000,
    atMs,
  })
  const leg = agentLeg({ id: `leg-${userId}`, userId, attributes: { 'cueline.badge': note } })
  return { id: `call-${userId}`, participants: [participant(), leg] }
}

/** A team of so many, of whom each is on a call. */
export function createTeamWorld(agents: number) {
  const clock = createStillClock()
  const rows = createTeamRows(
    clock,
    () => undefined,
    () => undefined,
  )
  const members = Array.from({ length: agents }, (_, index) => ({
    userId: userIdOf(index),
    name: `Agent ${(index * 7_919) % agents}`,
    pictureUrl: null,
  }))
  rows.fill(members, () => false)
  const see = (userId: string, call: Conversation, nowMs: number): void =>
    rows.update(userId, { facts: seeCall(rows.facts(userId) ?? nothingSeen, call, userId, nowMs) })
  members.forEach(({ userId }, index) => see(userId, callOf(userId, 0, startMs - index * 10), startMs))
  let number = 0
  return {
    /** The frame's text is read, and the agent's row follows. */
    event(index: number): void {
      number += 1
      const userId = userIdOf((index * 31) % agents)
      const atMs = startMs + number
      const text = JSON.stringify({
        topicName: `v2.users.${userId}.conversations.calls`,
        eventBody: { id: userId },
      })
      if (readFrame(text).type !== 'topic') throw new Error('The frame was not read.')
      see(userId, callOf(userId, number, atMs), atMs)
    },
    /** A badge is read from its note and made of what is known of the agent. */
    badge(index: number): void {
      const userId = userIdOf((index * 31) % agents)
      const facts = rows.facts(userId) ?? nothingSeen
      const note = facts.calls.at(-1)?.note
      if (note && decodeNote(encodeNote(note)) === null) throw new Error('The note was not read.')
      badgeOf(facts, startMs)
    },
    dispose: () => rows.dispose(),
  }
}

/** One of so many badges looks different when the list is put in order again: 200 events a second, 1,000 agents, four times a second. */
const changeOf = 20

/** The list of a team, counted and put in order after a part of its badges has changed. */
export function createOrderWorld(agents: number): Operation {
  const states: readonly BadgeState[] = ['on a call', 'playing', 'done', 'idle', 'failed']
  const order = createTeamOrder()
  const lookOf = (index: number, turn: number) => {
    const state = states[(index + turn) % states.length] ?? 'idle'
    const sinceMs = startMs + turn * 1_000 - ((index * 31) % 60_000)
    const name = `Agent ${(index * 7_919) % agents}`
    const hasNews = state !== 'on a call' && state !== 'idle'
    return row(userIdOf(index), state, {
      name,
      badge: badge(state, { sinceMs, note: hasNews ? note : null }),
    })
  }
  order.fill(Array.from({ length: agents }, (_, index) => lookOf(index, 0)))
  order.userIds(noFilter)
  return (turn) => {
    // Spread over the whole list, and others each time.
    for (let index = (turn * 7) % changeOf; index < agents; index += changeOf)
      order.put(lookOf(index, turn + 1))
    order.counts()
    if (order.userIds(noFilter).length !== agents) throw new Error('The list is not whole.')
  }
}

/** Clicks and the carrier's words, in a panel that has played before. */
export function createPlaybackWorld(): Operation {
  const { fake, backend } = createTestBackend()
  const clock = createStillClock()
  const ready = { status: 'ready', candidate: candidate(), asset: asset() } as const
  const service = createPlaybackService(
    {
      clock,
      chance: createTestChance(),
      locks: createTestLocks(),
      bus: { isShared: false, post: () => undefined, onMessage: () => () => undefined },
      backend,
      prepare: () => Promise.resolve(ready),
      readiness: () => ready,
      interaction: () => interaction(),
      signedIn: () => true,
      channelLive: () => true,
      channelOpening: () => false,
      whenLive: () => Promise.resolve(true),
      playsElsewhere: () => null,
      observe: () => undefined,
      record: () => undefined,
    },
    {
      deadlines: { answerMs: 16_000, startMs: 10_000, endMs: 5_000 },
      volume: 1,
      guards: {
        'wrap-up': 'block',
        monitored: 'ask',
        recording: 'block',
        consent: 'ask',
        expired: 'block',
        'still-open': 'ask',
      },
    },
  )
  const played = prompt()
  return async () => {
    await service.play(played)
    await settled()
    for (const state of ['buffering', 'playing', 'completed'] as const) {
      // The word that the same file has ended is not believed before it can have been heard.
      clock.pass(asset().durationMs)
      fake.emit({ state, url: asset().url })
    }
    if (service.snapshot.value.current?.state !== 'completed')
      throw new Error('The playback did not complete.')
    // The fake remembers what it was asked; that is not the panel's.
    fake.requests.length = 0
  }
}

/** A record is made, waits in the outbox, is confirmed, and becomes a sealed line of the history. */
export async function createRecordWorld(): Promise<Operation> {
  const clock = createStillClock()
  const shared = { clock, chance: createTestChance(), locks: createTestLocks(), storage: createTestKept() }
  const outbox = createOutbox({
    ...shared,
    conversations: { writeAttributes: () => Promise.resolve(answered(undefined)) },
  })
  const history = createHistory({ ...shared, sealing: testSealing }, myUserId)
  await outbox.begin(myUserId)
  await history.begin()
  return async (index) => {
    const record = evidence({ playbackId: `playback-${index}`, requestedAtMs: startMs + index })
    outbox.add(record)
    history.append({ kind: 'playback', recordedAtMs: startMs + index, utcOffsetMin: 60, record })
    await outbox.flush()
    await settled()
  }
}

/** The numbers of a playback are counted. */
export function createNumbersWorld(): Operation {
  const metrics = createMetrics()
  return (index) =>
    observe(metrics, {
      id: `playback-${index}`,
      give: {
        atMs: startMs + index * 1_000,
        prompt: `prompt-${index % 120}`,
        language: 'en',
        format: 'opus',
        codec: 'opus',
        backend: 'media-api',
        outcome: 'completed',
        code: null,
        sent: true,
        started: true,
        clickToRequest: 3,
        requestToAccepted: 40,
        acceptedToSound: 90,
        clickToSound: 133 + (index % 50),
        played: 4_000,
      },
    })
}

/** One key into the search over so many prompts. */
export function createSearchWorld(prompts: number): Operation {
  const catalogue = Array.from({ length: prompts }, (_, index) =>
    prompt({
      key: `prompt-${index}`,
      title: `${titles[index % titles.length]} ${index}`,
      category: `Group ${index % 40}`,
    }),
  )
  const queries = ['w', 'we', 'wel', 'welc', 'notice', 'terms 12', 'nothing like it']
  const index = createIndex(catalogue)
  extendIndex(index)
  return (turn) => void findPrompts(index, queries[turn % queries.length] ?? '', 'en')
}
