// Which prompts a call needs and what became of them: rules from the catalogue, and a decision for every situation.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Body } from '../../../src/core/evidence-chain'
import {
  readRequirements,
  requiredRecordOf,
  requirementsOf,
  settle,
  type Requirement,
} from '../../../src/core/required'
import { readRequired, type RequiredRule } from '../../../src/core/required-rules'
import { describeRequired } from '../../../src/core/required-words'
import { playbackBody } from '../../support/evidence-files'
import { interaction, prompt } from '../../support/factories'

const keys = new Set(['welcome', 'terms'])

describe('readRequired', () => {
  it('reads a short entry and fills in what is not said', () => {
    expect(readRequired([{ prompt: 'terms', withinS: 60 }], keys)).toEqual({
      rules: [{ prompt: 'terms', queues: [], direction: 'any', withinS: 60 }],
      gaps: [],
    })
  })

  it.each<[string, unknown, string]>([
    ['no prompt', { withinS: 60 }, 'required.1.prompt is missing'],
    [
      'a prompt that nobody knows',
      { prompt: 'gone', withinS: 60 },
      'required.1.prompt "gone" is no prompt of the catalogue',
    ],
    [
      'a path for a prompt',
      { prompt: '../x', withinS: 60 },
      'required.1.prompt must be lower-case letters, digits and -, at most 64',
    ],
    ['no time', { prompt: 'terms' }, 'required.1.withinS is missing'],
    ['no time at all', { prompt: 'terms', withinS: 0 }, 'required.1.withinS must be at least 1'],
    ['a time that is text', { prompt: 'terms', withinS: '60' }, 'required.1.withinS must be seconds'],
    [
      'a direction that does not exist',
      { prompt: 'terms', withinS: 1, direction: 'up' },
      'required.1.direction must be any, inbound or outbound',
    ],
    [
      'queues that are no list',
      { prompt: 'terms', withinS: 1, queues: 'q' },
      'required.1.queues must be a list',
    ],
  ])('with %s lists the entry with its place, and the good one works', (_what, entry, complaint) => {
    const { rules, gaps } = readRequired([{ prompt: 'terms', withinS: 60 }, entry], keys)
    expect(rules).toHaveLength(1)
    expect(gaps.map(({ place, reason }) => `${place} ${reason}`)).toEqual([complaint])
  })

  it('requires nothing of a catalogue that says nothing, and takes no list for a fault', () => {
    expect(readRequired(undefined, keys)).toEqual({ rules: [], gaps: [] })
    expect(readRequired({}, keys).gaps).toEqual([{ place: 'required', reason: 'must be a list' }])
  })

  it('never throws', () => {
    fc.assert(fc.property(fc.anything(), (any) => void readRequired(any, keys)))
  })
})

const rule = (of: Partial<RequiredRule> = {}): RequiredRule => ({
  ...{ prompt: 'terms', queues: [], direction: 'any', withinS: 60 },
  ...of,
})
const call = interaction({ direction: 'inbound' }, { queueId: 'q-1', connectedAtMs: 10_000 })
const prompts = [prompt({ key: 'terms', title: 'Terms' })]
const needed = (...rules: RequiredRule[]) =>
  requirementsOf(rules, call, prompts).map(({ promptKey }) => promptKey)

describe('requirementsOf', () => {
  it('counts from the moment at which the agent is in the call', () => {
    expect(requirementsOf([rule()], call, prompts)).toEqual([
      { conversationId: 'call-1', queueId: 'q-1', promptKey: 'terms', title: 'Terms', dueAtMs: 70_000 },
    ])
    const unknown = interaction({}, { connectedAtMs: null })
    expect(requirementsOf([rule()], unknown, prompts)[0]?.dueAtMs).toBeNull()
  })

  it('goes by queue and direction', () => {
    expect(needed(rule({ queues: ['q-1', 'q-2'] }))).toEqual(['terms'])
    expect(needed(rule({ queues: ['q-2'] }))).toEqual([])
    expect(needed(rule({ direction: 'inbound' }))).toEqual(['terms'])
    expect(needed(rule({ direction: 'outbound' }))).toEqual([])
    const noQueue = interaction({ direction: null })
    expect(requirementsOf([rule({ queues: ['q-1'] })], noQueue, prompts)).toEqual([])
  })

  it('takes the first rule that fits, once for each prompt', () => {
    const twice = requirementsOf(
      [rule({ queues: ['q-9'], withinS: 5 }), rule(), rule({ withinS: 5 })],
      call,
      prompts,
    )
    expect(twice.map(({ dueAtMs }) => dueAtMs)).toEqual([70_000])
  })
})

const requirement: Requirement = {
  ...{ conversationId: 'call-1', queueId: null, promptKey: 'terms', title: 'Terms' },
  dueAtMs: 70_000,
}
const played = (of: Parameters<typeof playbackBody>[0] = {}) => playbackBody({ promptKey: 'terms', ...of })
const said = (outcome: 'done' | 'read-aloud' | 'missing'): Body => ({
  ...{ kind: 'required', recordedAtMs: 8_000, utcOffsetMin: 0 },
  required: {
    ...{ organizationId: null, conversationId: 'call-1', agentId: 'me', queueId: null, promptKey: 'terms' },
    ...{ dueAtMs: 70_000, outcome, settledAtMs: 8_000, playbackId: null },
  },
})
const failed = { outcome: 'failed', code: 'asset_missing' } as const

describe('settle', () => {
  it.each<[string, Body[], boolean, string]>([
    ['nothing yet', [], false, 'due'],
    ['nothing at the end of the call', [], true, 'missing'],
    ['heard whole', [played()], false, 'done'],
    ['heard whole, in another call', [played({ conversationId: 'call-2' })], false, 'due'],
    ['another prompt', [playbackBody()], true, 'missing'],
    ['failed', [played(failed)], false, 'due'],
    ['interrupted at the end', [played({ outcome: 'interrupted', endedBy: 'hang-up' })], true, 'missing'],
    ['unknown at the end', [played({ outcome: 'unknown', code: 'channel_lost' })], true, 'missing'],
    ['failed, then read aloud', [played({ ...failed, readAloud: true })], false, 'read-aloud'],
    ['read aloud by the agent’s word', [said('read-aloud')], true, 'read-aloud'],
    ['missing, and then known to have been heard', [said('missing'), played()], true, 'done'],
    ['missing, said by another panel', [said('missing')], false, 'missing'],
  ])('%s', (_what, bodies, over, state) => {
    expect(settle(requirement, bodies, over).state).toBe(state)
  })
})

describe('requiredRecordOf', () => {
  const of = { organizationId: 'org-1', agentId: 'me' }
  const recordOf = (bodies: Body[], over: boolean) =>
    requiredRecordOf(settle(requirement, bodies, over), bodies, of, 9_000)

  it('says done with its playback, missing at the end, and nothing while it is due', () => {
    expect(recordOf([], false)).toBeNull()
    expect(recordOf([], true)).toMatchObject({
      ...of,
      outcome: 'missing',
      settledAtMs: 9_000,
      playbackId: null,
    })
    expect(recordOf([played()], false)).toMatchObject({
      outcome: 'done',
      settledAtMs: 4_200,
      playbackId: 'playback-1',
    })
  })

  it('says nothing twice, and replaces only "missing"', () => {
    expect(recordOf([said('missing')], true)).toBeNull()
    expect(recordOf([said('read-aloud'), played()], true)).toBeNull()
    expect(recordOf([said('missing'), played()], true)?.outcome).toBe('done')
  })
})

describe('in words', () => {
  const item = settle(requirement, [], false)

  it('the seconds are counted down, and then up', () => {
    expect(describeRequired(item, 60_500).words).toBe('To be played: 10 s left')
    expect(describeRequired(item, 75_000)).toEqual({ tone: 'unknown', words: 'To be played: 5 s late' })
    expect(describeRequired({ ...item, dueAtMs: null }, 0).words).toBe('To be played')
  })

  it('what came late says so', () => {
    expect(describeRequired({ ...item, state: 'done', settledAtMs: 71_000 }, 0).words).toBe('Played, late')
    expect(describeRequired({ ...item, state: 'read-aloud', settledAtMs: 60_000 }, 0).words).toBe(
      'Read aloud',
    )
    expect(describeRequired({ ...item, state: 'missing' }, 0).tone).toBe('failed')
  })
})

describe('readRequirements', () => {
  it('gives back what was noted, and nothing of what is no note', () => {
    expect(readRequirements(JSON.stringify([requirement]))).toEqual([requirement])
    for (const text of ['', '{', '7', '{"a":1}', '[{"promptKey":1}]'])
      expect(readRequirements(text)).toEqual([])
  })
})
