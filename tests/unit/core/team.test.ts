// The list of the team: the filter, and the topics it takes.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { callsTopic } from '../../../src/core/notification'
import { countStates, fitsFilter, noFilter } from '../../../src/core/team'
import {
  activityTopic,
  blindSpots,
  packMembers,
  queueTopic,
  readTeamTopic,
  sightsOf,
  topicGaps,
} from '../../../src/core/team-topics'
import { row } from '../../support/team-rows'

describe('the filter', () => {
  const elif = row('1', 'playing', { name: 'Elif Yılmaz' })
  it.each([
    [noFilter, true],
    [{ text: 'elif', states: [] }, true],
    [{ text: '  YIL eL', states: [] }, false],
    [{ text: 'az elif', states: [] }, true],
    [{ text: 'ben', states: [] }, false],
    [{ text: '', states: ['playing', 'failed'] as const }, true],
    [{ text: '', states: ['idle'] as const }, false],
  ])('%j', (filter, expected) => expect(fitsFilter(elif, filter)).toBe(expected))

  it('counts each state of all, whatever is filtered', () => {
    expect(countStates([row('1', 'idle'), row('2', 'idle'), row('3', 'failed')])).toMatchObject({
      idle: 2,
      failed: 1,
      playing: 0,
    })
  })
})

describe('topics', () => {
  it.each([
    [callsTopic('u-1'), { kind: 'calls', userId: 'u-1' }],
    [activityTopic('u-1'), { kind: 'activity', userId: 'u-1' }],
    [queueTopic('q-1'), { kind: 'queue', queueId: 'q-1' }],
    ['v2.users.u-1.presence', null],
    ['v2.users.a.b.conversations.calls', null],
    ['', null],
  ])('%s', (topic, expected) => expect(readTeamTopic(topic)).toEqual(expected))

  it('never need more than a channel has, whatever is refused', () => {
    fc.assert(
      fc.property(
        fc.nat(2_500),
        fc.nat(10),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (size, queues, share) => {
          const userIds = Array.from({ length: size }, (_, index) => `u${index}`)
          const packs = packMembers(userIds, queues)
          expect(packs.flat()).toEqual(userIds)
          for (const pack of packs) {
            const refused = pack.slice(0, Math.round(pack.length * share))
            const carried = pack.length - refused.length + queues + refused.length
            expect(carried).toBeLessThanOrEqual(1_000)
          }
        },
      ),
    )
  })

  const refusedCalls = [{ topic: callsTopic('u2'), reason: 'conversation:communication:view' }]
  const verdicts = { userIds: ['u1', 'u2'], queueIds: ['q'], refusedCalls, refusedFallbacks: [] }
  it.each([
    ['in the queue', verdicts, true, ['calls', 'queue']],
    ['not in the queue', verdicts, false, ['calls', 'presence']],
    [
      'the queue refused',
      { ...verdicts, refusedFallbacks: [{ topic: queueTopic('q'), reason: 'x' }] },
      true,
      ['calls', 'presence'],
    ],
    [
      'all refused',
      {
        ...verdicts,
        refusedFallbacks: [queueTopic('q'), activityTopic('u2')].map((topic) => ({ topic, reason: 'x' })),
      },
      true,
      ['calls', 'none'],
    ],
  ] as const)('fall back: %s', (_, given, inQueue, expected) => {
    expect([...sightsOf(given, inQueue).values()]).toEqual(expected)
    expect(blindSpots(given.userIds, given.refusedCalls)).toEqual(['u2'])
  })

  it('that are refused become one gap for each kind, over all channels', () => {
    const other = {
      ...verdicts,
      refusedCalls: [{ topic: callsTopic('u9'), reason: 'The user does not exist.' }],
      refusedFallbacks: [{ topic: activityTopic('u9'), reason: 'a:b:c, d:e:f' }],
    }
    expect(topicGaps([verdicts, other])).toEqual([
      {
        kind: 'calls',
        agents: 2,
        permissions: ['conversation:communication:view'],
        reason: 'conversation:communication:view',
      },
      { kind: 'presence', agents: 1, permissions: ['a:b:c', 'd:e:f'], reason: 'a:b:c, d:e:f' },
    ])
    expect(topicGaps([{ ...verdicts, refusedCalls: [] }])).toEqual([])
  })
})
