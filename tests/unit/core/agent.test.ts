// One agent's badge from what was seen: table by table, and that nothing late or doubled ever brings back the past.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  badgeOf,
  liveCallIds,
  nextChangeMs,
  nothingSeen,
  seeActivity,
  seeCall,
  seeReading,
  withSight,
  type AgentFacts,
} from '../../../src/core/agent'
import { leftMs, lingerMs, overdueMs } from '../../../src/core/badge'
import { encodeNote, type BadgeNote } from '../../../src/core/badge-note'
import type { Conversation, Participant } from '../../../src/core/conversation'
import { agentLeg, conversation, myUserId, participant } from '../../support/factories'

const noteAt = (atMs: number, of: Partial<BadgeNote> = {}): BadgeNote => ({
  playbackId: 'p1',
  state: 'playing',
  promptKey: 'welcome',
  language: 'en',
  startedAtMs: 10_000,
  durationMs: 4_000,
  atMs,
  ...of,
})

const legWith = (note: BadgeNote | string | null, of: Partial<Participant> = {}) =>
  agentLeg({
    attributes: note === null ? {} : { 'Cueline.Badge': typeof note === 'string' ? note : encodeNote(note) },
    ...of,
  })

const callWith = (...legs: Participant[]): Conversation =>
  conversation({ participants: [participant(), ...legs] })

const see = (facts: AgentFacts, call: Conversation, nowMs = 10_100) => seeCall(facts, call, myUserId, nowMs)
const ended = { state: 'disconnected', endedAtMs: 12_000 }

describe('the badge', () => {
  const seen = (call: Conversation, nowMs = 10_100) => see(nothingSeen, call, nowMs)
  it.each<[string, AgentFacts, number, object]>([
    ['nothing seen yet', nothingSeen, 10_000, { state: 'unknown', because: 'no word' }],
    ['not permitted', withSight(nothingSeen, 'none'), 10_000, { state: 'not visible' }],
    ['a call', seen(callWith(legWith(null))), 10_100, { state: 'on a call', sinceMs: 2_000, note: null }],
    ['a call that rings', seen(callWith(legWith(null, { state: 'alerting' }))), 10_100, { state: 'idle' }],
    ['a call that is over', seen(callWith(legWith(null, ended))), 10_100, { state: 'idle' }],
    ['playing', seen(callWith(legWith(noteAt(10_005)))), 10_100, { state: 'playing', sinceMs: 10_000 }],
    [
      'playing for too long',
      seen(callWith(legWith(noteAt(10_005)))),
      14_001 + overdueMs,
      { state: 'unknown', because: 'overdue', sinceMs: 14_000 },
    ],
    [
      'played',
      seen(callWith(legWith(noteAt(14_010, { state: 'completed' })))),
      900_000,
      { state: 'done', sinceMs: 14_010 },
    ],
    [
      'a failure that lingers after the call',
      seen(callWith(legWith(noteAt(12_010, { state: 'interrupted' }), ended))),
      12_010 + lingerMs - 1,
      { state: 'failed', sinceMs: 12_010 },
    ],
    [
      'a failure long after the call',
      seen(callWith(legWith(noteAt(12_010, { state: 'interrupted' }), ended))),
      12_010 + lingerMs,
      { state: 'idle' },
    ],
    [
      'the call ended while it played',
      seen(callWith(legWith(noteAt(10_005), ended))),
      12_100,
      { state: 'unknown', because: 'call ended' },
    ],
    [
      'a damaged note',
      seen(callWith(legWith('v1|what'))),
      10_100,
      { state: 'unknown', because: 'damaged', note: null },
    ],
    [
      'a note from the future',
      seen(callWith(legWith(noteAt(9_000_000_000_000)))),
      10_100,
      { state: 'unknown', because: 'damaged' },
    ],
    [
      'somebody who listens in',
      seen(callWith(legWith(null, { listensTo: 'p-customer' }))),
      10_100,
      { state: 'unknown', because: 'no word' },
    ],
    [
      'busy by presence only',
      seeActivity(withSight(nothingSeen, 'presence'), { busy: true, sinceMs: 9_000 }),
      10_100,
      { state: 'on a call', because: 'not seen', sinceMs: 9_000 },
    ],
    [
      'free by presence only',
      seeActivity(withSight(nothingSeen, 'presence'), { busy: false, sinceMs: 9_000 }),
      10_100,
      { state: 'idle', sinceMs: 9_000 },
    ],
  ])('%s', (_, facts, nowMs, expected) => expect(badgeOf(facts, nowMs)).toMatchObject(expected))

  it.each([
    ['stopped', 'failed'],
    ['interrupted', 'failed'],
    ['failed', 'failed'],
    ['rejected', 'failed'],
    ['completed', 'done'],
    ['unknown', 'unknown'],
  ] as const)('takes the outcome %s for %s', (state, expected) => {
    expect(badgeOf(seen(callWith(legWith(noteAt(12_000, { state })))), 12_100).state).toBe(expected)
  })

  it('is of the leg that is there now, and takes the newest note of all legs', () => {
    const left = legWith(noteAt(12_000, { state: 'failed' }), { ...ended, id: 'p-1' })
    const back = legWith(noteAt(20_000, { startedAtMs: 20_000 }), { id: 'p-2', connectedAtMs: 15_000 })
    expect(badgeOf(seen(callWith(left, back), 20_100), 20_100)).toMatchObject({ state: 'playing' })
  })

  it('of two calls is that with the latest news', () => {
    const other = { ...callWith(legWith(noteAt(11_000, { state: 'failed' }))), id: 'call-2' }
    const facts = see(see(nothingSeen, callWith(legWith(noteAt(10_500)))), other)
    expect(badgeOf(facts, 11_100)).toMatchObject({ state: 'failed', conversationId: 'call-2' })
    const over = { ...callWith(legWith(noteAt(11_000, { state: 'failed' }), ended)), id: 'call-2' }
    expect(badgeOf(see(facts, over), 11_100)).toMatchObject({ state: 'playing', conversationId: 'call-1' })
  })

  it('knows what is left of a playing prompt', () => {
    const badge = badgeOf(see(nothingSeen, callWith(legWith(noteAt(10_005)))), 11_000)
    expect([9_000, 11_000, 13_999, 20_000].map((nowMs) => leftMs(badge, nowMs))).toEqual([4_000, 3_000, 1, 0])
  })

  it('changes by time alone exactly when it says so', () => {
    const facts = see(nothingSeen, callWith(legWith(noteAt(10_005))))
    const dueMs = nextChangeMs(facts, 10_100) ?? 0
    expect(badgeOf(facts, dueMs - 1).state).toBe('playing')
    expect(badgeOf(facts, dueMs).state).toBe('unknown')
    expect(nextChangeMs(nothingSeen, 10_000)).toBeNull()
  })
})

describe('a note that cannot be read', () => {
  it('makes unknown of what was known, until a readable one stands there', () => {
    let facts = see(nothingSeen, callWith(legWith(noteAt(10_005))))
    facts = see(facts, callWith(legWith('garbage')))
    expect(badgeOf(facts, 10_200)).toMatchObject({ state: 'unknown', because: 'damaged' })
    facts = see(facts, callWith(legWith(noteAt(10_300, { state: 'completed' }))))
    expect(badgeOf(facts, 10_400).state).toBe('done')
  })
})

describe('what tells nothing new', () => {
  it('gives the same facts back', () => {
    const facts = see(nothingSeen, callWith(legWith(noteAt(10_005))))
    expect(see(facts, callWith(legWith(noteAt(10_005))), 10_900)).toBe(facts)
    expect(see(facts, callWith(legWith(null)), 10_900)).toBe(facts)
    expect(see(facts, conversation({ participants: [participant()] }))).toBe(facts)
  })

  it('remembers only a few calls, those that are over first', () => {
    let facts = see(nothingSeen, { ...callWith(legWith(null)), id: 'live' })
    for (let index = 0; index < 50; index += 1)
      facts = see(facts, { ...callWith(legWith(null, ended)), id: `over-${index}` })
    expect(facts.calls.length).toBeLessThan(10)
    expect(liveCallIds(facts)).toEqual(['live'])
  })

  it('forgets a call once no late word of it can come and a later outcome stands before its own', () => {
    const everyMs = 20_000
    let facts = nothingSeen
    for (let index = 1; index <= 50; index += 1) {
      const atMs = index * everyMs
      const over = legWith(noteAt(atMs, { state: 'completed' }), { ...ended, connectedAtMs: atMs - 9_000 })
      facts = see(facts, { ...callWith(over), id: `over-${index}` }, atMs)
    }
    expect(facts.calls.map(({ id }) => id)).toEqual(['over-49', 'over-50'])
    expect(badgeOf(facts, 50 * everyMs)).toMatchObject({ state: 'done', conversationId: 'over-50' })
  })

  it('keeps an outcome for as long as it is shown, also beside a later call without one', () => {
    const failed = legWith(noteAt(12_000, { state: 'failed' }), ended)
    let facts = see(nothingSeen, callWith(failed), 12_000)
    facts = see(facts, { ...callWith(legWith(null, { ...ended, id: 'p-2' })), id: 'later' }, 50_000)
    expect(badgeOf(facts, 50_000)).toMatchObject({ state: 'failed' })
    facts = see(facts, { ...callWith(legWith(null, { ...ended, id: 'p-3' })), id: 'last' }, 12_001 + lingerMs)
    expect(facts.calls.map(({ id }) => id)).toEqual(['later', 'last'])
  })
})

describe('a reading of the directory', () => {
  const onCall = see(nothingSeen, callWith(legWith(null)), 10_000)
  const free = { busy: false, sinceMs: null }
  it('ends calls whose end was missed', () => {
    expect(badgeOf(seeReading(onCall, free, 11_000), 11_100).state).toBe('idle')
  })
  it('changes nothing where a call told something since it was asked', () => {
    expect(seeReading(onCall, free, 9_999)).toBe(onCall)
  })
  it('is overruled by the next word of the call', () => {
    const facts = see(seeReading(onCall, free, 11_000), callWith(legWith(null)), 12_000)
    expect(badgeOf(facts, 12_000).state).toBe('on a call')
  })
  it('that says nothing of calls changes nothing', () => {
    expect(seeReading(onCall, null, 11_000)).toBe(onCall)
  })
  it('tells of a call that was not seen, until calls are', () => {
    const busy = seeReading(nothingSeen, { busy: true, sinceMs: null }, 11_000)
    expect(badgeOf(busy, 11_100)).toMatchObject({ state: 'on a call', because: 'not seen' })
    expect(badgeOf(see(busy, callWith(legWith(null, ended))), 11_100).state).toBe('idle')
  })
  it('older than the last activity is not taken', () => {
    const facts = seeActivity(withSight(nothingSeen, 'presence'), { busy: true, sinceMs: 9_000 })
    expect(seeActivity(facts, { busy: false, sinceMs: 8_000 })).toBe(facts)
  })
})

describe('late, doubled and shuffled frames', () => {
  /** The life of one call as its snapshots, in the order in which they were true. */
  const lifeOf = (index: number, outcome: BadgeNote['state'], rejoins: boolean): Conversation[] => {
    const id = `call-${index}`
    const from = 20_000 + index * 20_000
    const base = { id: `leg-${index}`, connectedAtMs: from }
    const note = { playbackId: `p${index}`, startedAtMs: from + 1_000 }
    const plays = noteAt(from + 1_000, note)
    const over = noteAt(from + 5_000, { ...note, state: outcome })
    const leg = (of: BadgeNote | null, more = {}) => legWith(of, { ...base, ...more })
    const gone = { state: 'disconnected', endedAtMs: from + 6_000 }
    const again = { ...base, id: `leg-${index}-b`, connectedAtMs: from + 7_000 }
    const legs = [
      [leg(null, { state: 'alerting', connectedAtMs: null })],
      [leg(null)],
      [leg(plays)],
      [leg(over)],
      [leg(over, gone)],
      ...(rejoins
        ? [
            [leg(over, gone), legWith(null, again)],
            [leg(over, gone), legWith(null, { ...again, state: 'terminated', endedAtMs: from + 9_000 })],
          ]
        : []),
    ]
    return legs.map((participants) => ({ id, participants: [participant(), ...participants] }))
  }

  it('never bring back an older truth', () => {
    const outcomes = fc.constantFrom<BadgeNote['state'][]>('completed', 'failed', 'unknown', 'interrupted')
    const lives = fc.array(fc.tuple(outcomes, fc.boolean()), { minLength: 1, maxLength: 3 })
    const world = lives.chain((list) => {
      const frames = list.flatMap(([outcome, rejoins], index) => lifeOf(index, outcome, rejoins))
      const picks = fc.array(fc.nat({ max: frames.length - 1 }), { minLength: 1, maxLength: 40 })
      return picks.map((order) => ({ frames, order }))
    })
    const nowMs = 100_000
    const merged = (frames: readonly Conversation[], order: readonly number[]) =>
      order.reduce((facts, at) => see(facts, frames[at] ?? conversation(), nowMs), nothingSeen)
    fc.assert(
      fc.property(world, ({ frames, order }) => {
        order.forEach((_, end) => {
          const soFar = order.slice(0, end + 1)
          const inOrder = [...new Set(soFar)].sort((a, b) => a - b)
          const { sinceMs: _a, ...shown } = badgeOf(merged(frames, soFar), nowMs)
          const { sinceMs: _b, ...truth } = badgeOf(merged(frames, inOrder), nowMs)
          expect(shown).toEqual(truth)
        })
      }),
    )
  })
})
