// May a prompt be played now? The first reason against it, in the order an agent wants to hear them.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  checkConnected,
  describeTurn,
  findObstacle,
  guardRules,
  type GuardAction,
  type GuardFacts,
  type GuardRule,
} from '../../../src/core/guard'
import { interaction, prompt } from '../../support/factories'

const noon = Date.parse('2027-03-31T12:00:00Z')
const clear: GuardFacts = {
  interaction: interaction(),
  signedIn: true,
  channelLive: true,
  busy: false,
  foreignPlaying: false,
  stillOpen: null,
  backendForbidsMonitoring: false,
  prompt: prompt(),
  nowMs: noon,
}
const all = (action: GuardAction) =>
  Object.fromEntries(guardRules.map((rule) => [rule, action])) as Record<GuardRule, GuardAction>
const find = (change: Partial<GuardFacts>, action: GuardAction = 'block', anyway = false) =>
  findObstacle({ ...clear, ...change }, all(action), anyway)

const wrapUp = interaction({ state: 'disconnected' }, { state: 'disconnected', wrapupRequired: true })
const monitored = { ...interaction(), monitored: true }
const mustBeRecorded = prompt({ requires: { recording: true, consent: false } })
const needsConsent = prompt({ requires: { recording: false, consent: true } })
const outbound = interaction({ direction: 'outbound' })

describe('what no configuration can allow', () => {
  it('finds nothing where the call is connected and the channel live', () => {
    for (const action of ['block', 'ask', 'allow'] as const) expect(find({}, action)).toBeNull()
  })

  const cases: [string, Partial<GuardFacts>][] = [
    ['signed_out', { signedIn: false }],
    ['call_not_connected', { interaction: null }],
    ['already_playing', { busy: true }],
    ['already_playing', { foreignPlaying: true }],
    ['call_on_hold', { interaction: interaction({ held: true }) }],
    ['call_on_hold', { interaction: interaction({ confined: true }) }],
    ['call_not_connected', { interaction: interaction({ state: 'disconnected' }) }],
    ['call_not_connected', { interaction: interaction({}, { state: 'alerting' }) }],
    ['call_not_connected', { interaction: wrapUp }],
    ['channel_lost', { channelLive: false }],
    ['already_playing', { stillOpen: 'same' }],
    ['monitored', { interaction: monitored, backendForbidsMonitoring: true }],
  ]
  it.each(cases)('%s stands in the way, whatever is configured or answered: %j', (code, change) => {
    for (const action of ['block', 'ask', 'allow'] as const)
      for (const anyway of [false, true])
        expect(find(change, action, anyway)).toMatchObject({ action: 'block', failure: { code } })
  })

  it('says first that nobody is signed in, and last that the channel is down', () => {
    const everything = {
      interaction: interaction({ held: true }),
      signedIn: false,
      busy: true,
      channelLive: false,
    }
    expect(find(everything)?.failure.code).toBe('signed_out')
    expect(find({ ...everything, signedIn: true })?.failure.code).toBe('already_playing')
    expect(find({ ...everything, signedIn: true, busy: false })?.failure.code).toBe('call_on_hold')
  })
})

describe('just before sending', () => {
  it.each([
    ['a connected call', interaction(), null],
    ['a call on hold', interaction({ held: true }), 'call_on_hold'],
    ['a call that ended', interaction({ state: 'disconnected' }), 'call_not_connected'],
    ['wrap-up', wrapUp, 'call_not_connected'],
    ['a call without its customer', { ...interaction(), customer: null }, 'call_not_connected'],
    ['no call', null, 'call_not_connected'],
  ])('%s', (_name, call, code) => {
    const check = checkConnected(call)
    expect(check.ok ? null : check.failure.code).toBe(code)
  })

  it('tells a panel that plays from one that does not answer', () => {
    expect(describeTurn('kept')).toContain('plays')
    expect(describeTurn('silent')).toContain('does not answer')
  })
})

describe('what is configured', () => {
  const rules: [GuardRule, string, Partial<GuardFacts>][] = [
    ['monitored', 'monitored', { interaction: monitored }],
    ['recording', 'not_permitted', { prompt: mustBeRecorded }],
    ['consent', 'not_permitted', { prompt: needsConsent, interaction: outbound }],
    ['expired', 'not_permitted', { prompt: prompt({ validUntil: '2027-03-30' }) }],
    ['expired', 'not_permitted', { prompt: prompt({ validFrom: '2027-04-01' }) }],
    ['still-open', 'already_playing', { stillOpen: 'other' }],
  ]

  it.each(rules)('%s blocks with %s, asks, or lets it pass', (rule, code, change) => {
    const only = (action: GuardAction, anyway: boolean) =>
      findObstacle({ ...clear, ...change }, { ...all('allow'), [rule]: action }, anyway)
    expect(only('block', false)).toMatchObject({ action: 'block', failure: { code } })
    expect(only('block', true)).toMatchObject({ action: 'block', failure: { code } })
    expect(only('ask', false)).toMatchObject({ action: 'ask', failure: { code } })
    expect(only('ask', true)).toBeNull()
    expect(only('allow', false)).toBeNull()
  })

  it.each(rules)('%s (%s) says why, in a sentence', (_rule, _code, change) => {
    expect(find(change)?.sentence).toMatch(/^[A-Z].+\.$/)
  })

  it('is found though an earlier question was answered', () => {
    const both = { interaction: monitored, prompt: mustBeRecorded }
    const actions = { ...all('ask'), recording: 'block' as const }
    expect(findObstacle({ ...clear, ...both }, actions, true)?.failure.code).toBe('not_permitted')
  })
})

describe('a prompt that has to be recorded', () => {
  it.each([
    ['none', true],
    ['paused', true],
    ['active', false],
  ] as const)('while the recording is %s, in the way: %s', (recording, inTheWay) => {
    const found = find({ prompt: mustBeRecorded, interaction: interaction({ recording }) })
    expect(found !== null).toBe(inTheWay)
  })
})

describe('consent', () => {
  it.each(['inbound', null] as const)('is not asked for where the direction is %s', (direction) => {
    expect(find({ prompt: needsConsent, interaction: interaction({ direction }) })).toBeNull()
  })
})

describe('the dates of a prompt', () => {
  it.each([
    ['2027-03-31T00:00:00Z', null, true],
    ['2027-03-31T12:00:00Z', null, true],
    ['2027-03-31T12:00:01Z', null, false],
    ['2027-03-31', null, true],
    [null, '2027-03-31', true],
    [null, '2027-03-30', false],
    [null, '2027-03-31T12:00:01Z', true],
    [null, '2027-03-31T12:00:00Z', false],
    [null, '2027-03-31T13:00:00+02:00', false],
  ])('from %s until %s allow it at noon: %s', (validFrom, validUntil, allowed) => {
    expect(find({ prompt: prompt({ validFrom, validUntil }) }) === null).toBe(allowed)
  })

  it('hold to the last millisecond of the day', () => {
    const until = prompt({ validUntil: '2027-03-31' })
    expect(find({ prompt: until, nowMs: Date.parse('2027-03-31T23:59:59.999Z') })).toBeNull()
    expect(find({ prompt: until, nowMs: Date.parse('2027-04-01T00:00:00Z') })).not.toBeNull()
  })
})

describe('for any facts and any configuration', () => {
  const action = fc.constantFrom<GuardAction>('block', 'ask', 'allow')
  const anyActions = fc.record(
    Object.fromEntries(guardRules.map((rule) => [rule, action])) as Record<GuardRule, typeof action>,
  )
  const anyFacts: fc.Arbitrary<GuardFacts> = fc.record({
    interaction: fc.constantFrom(
      null,
      interaction(),
      monitored,
      outbound,
      wrapUp,
      interaction({ held: true }),
      interaction({ recording: 'active' }),
    ),
    signedIn: fc.boolean(),
    channelLive: fc.boolean(),
    busy: fc.boolean(),
    foreignPlaying: fc.boolean(),
    stillOpen: fc.constantFrom(null, 'same' as const, 'other' as const),
    backendForbidsMonitoring: fc.boolean(),
    prompt: fc.constantFrom(prompt(), mustBeRecorded, needsConsent, prompt({ validUntil: '2027-01-01' })),
    nowMs: fc.constant(noon),
  })

  it('an answer takes away questions, and nothing else', () => {
    fc.assert(
      fc.property(anyFacts, anyActions, (facts, actions) => {
        const before = findObstacle(facts, actions, false)
        const after = findObstacle(facts, actions, true)
        expect(after?.action).not.toBe('ask')
        if (before === null) expect(after).toBeNull()
        if (before?.action === 'block') expect(after).toEqual(before)
      }),
      { numRuns: 2_000 },
    )
  })

  it('nothing is played into a call that is not connected', () => {
    fc.assert(
      fc.property(anyFacts, anyActions, fc.boolean(), (facts, actions, anyway) => {
        if (facts.interaction?.callState === 'connected') return
        expect(findObstacle(facts, actions, anyway)?.action).toBe('block')
      }),
      { numRuns: 2_000 },
    )
  })
})
