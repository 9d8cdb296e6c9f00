// Who is the customer, who is me, and what state the call is in: never a matter of order.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  attributeOf,
  findAgent,
  findCustomer,
  toInteraction,
  type Participant,
} from '../../../src/core/conversation'
import { agentLeg, conversation, interaction, myUserId, participant } from '../../support/factories'

const acd = participant({ id: 'p-acd', purpose: 'acd', state: 'disconnected', connectedAtMs: 1_100 })
const external = participant({ id: 'p-ext', purpose: 'external', name: 'A consultant', connectedAtMs: 500 })
const gone: Partial<Participant> = { state: 'disconnected', endedAtMs: 5_000 }

describe('findCustomer', () => {
  it('takes the connected customer, not the first participant', () => {
    expect(findCustomer([acd, agentLeg(), participant()])?.id).toBe('p-customer')
  })

  it('prefers a customer to an external party, however long that one has been there', () => {
    expect(findCustomer([external, participant()])?.id).toBe('p-customer')
  })

  it('takes the external party where there is no customer, as in an outbound call', () => {
    expect(findCustomer([agentLeg(), external])?.id).toBe('p-ext')
  })

  it('takes the connected external party where the customer has left', () => {
    expect(findCustomer([participant(gone), external])?.id).toBe('p-ext')
  })

  it.each<[string, Partial<Participant>[], string]>([
    ['an announcement that plays on', [{ connectedAtMs: 1_000, ...gone }, { connectedAtMs: 4_000 }], 'p-0'],
    [
      'an announcement that rings',
      [{ connectedAtMs: 1_000 }, { connectedAtMs: null, state: 'dialing' }],
      'p-0',
    ],
    [
      'one whose end has no time',
      [{ connectedAtMs: 1_000, state: 'disconnected' }, { connectedAtMs: 4_000 }],
      'p-0',
    ],
    [
      'who was dialled after the first had gone',
      [{ connectedAtMs: 1_000, ...gone }, { connectedAtMs: 6_000 }],
      'p-1',
    ],
  ])('in an outbound call of two external parties: %s', (_name, legs, id) => {
    const parties = legs.map((leg, at) => participant({ id: `p-${at}`, purpose: 'external', ...leg }))
    expect(findCustomer([agentLeg(), ...parties])?.id).toBe(id)
    expect(findCustomer([...parties].reverse())?.id).toBe(id)
  })

  it('does not take a party for the customer that was added while the customer was there', () => {
    const added = { ...external, connectedAtMs: 3_000 }
    expect(findCustomer([participant(gone), added])?.id).toBe('p-customer')
  })

  it('keeps the customer after the call, even if a consultant came later', () => {
    const consultant = { ...external, ...gone, connectedAtMs: 3_000 }
    expect(findCustomer([consultant, participant(gone)])?.id).toBe('p-customer')
  })

  it('takes the last customer leg when nobody is connected any more', () => {
    const first = participant({ id: 'p-1', ...gone, connectedAtMs: 1_000 })
    const again = participant({ id: 'p-2', ...gone, connectedAtMs: 2_000 })
    expect(findCustomer([again, first])?.id).toBe('p-2')
  })

  it('finds nobody among agents and queues', () => {
    expect(findCustomer([acd, agentLeg()])).toBeNull()
    expect(findCustomer([])).toBeNull()
  })
})

describe('findAgent', () => {
  it('takes my connected leg among those I had before', () => {
    const before = agentLeg({ id: 'p-before', ...gone, connectedAtMs: 9_000 })
    expect(findAgent([before, agentLeg()], myUserId)?.id).toBe('p-agent')
  })

  it('takes my newest connected leg after I rejoined', () => {
    const rejoined = agentLeg({ id: 'p-again', connectedAtMs: 7_000 })
    expect(findAgent([rejoined, agentLeg()], myUserId)?.id).toBe('p-again')
  })

  it('keeps my last leg when I have left', () => {
    const first = agentLeg({ id: 'p-1', ...gone, connectedAtMs: 1_000 })
    const last = agentLeg({ id: 'p-2', ...gone, connectedAtMs: 2_000 })
    expect(findAgent([last, first], myUserId)?.id).toBe('p-2')
  })

  it('does not take a colleague, nor a leg with which I only listen in', () => {
    const colleague = agentLeg({ id: 'p-other', userId: 'user-other' })
    const listening = agentLeg({ id: 'p-listens', listensTo: 'p-other' })
    expect(findAgent([colleague, listening], myUserId)).toBeNull()
  })
})

describe('the order of participants', () => {
  const crowd = [
    acd,
    external,
    participant(),
    participant({ id: 'p-old-customer', ...gone, connectedAtMs: 10 }),
    agentLeg(),
    agentLeg({ id: 'p-before', ...gone, connectedAtMs: 1_500 }),
    agentLeg({ id: 'p-other', userId: 'user-other' }),
    participant({ id: 'p-sup', purpose: 'user', userId: 'user-lead', listensTo: 'p-agent' }),
    participant({ id: 'p-ivr', purpose: 'ivr', state: 'disconnected' }),
  ]

  it('never changes the customer, the agent or the state, in 300 shuffles', () => {
    const expected = toInteraction(conversation({ participants: crowd }), myUserId)
    expect(expected.customer?.id).toBe('p-customer')
    fc.assert(
      fc.property(fc.shuffledSubarray(crowd, { minLength: crowd.length }), (participants) => {
        expect(toInteraction(conversation({ participants }), myUserId)).toEqual(expected)
      }),
      { numRuns: 300 },
    )
  })

  it('never changes anything for any crowd, not even where all times are the same', () => {
    const legs = fc.array(
      fc.record({
        purpose: fc.constantFrom('customer', 'external', 'agent', 'acd'),
        state: fc.constantFrom('connected', 'disconnected', 'alerting'),
        connectedAtMs: fc.constantFrom(null, 1, 2),
        userId: fc.constantFrom(null, myUserId),
      }),
      { maxLength: 6 },
    )
    fc.assert(
      fc.property(legs, fc.infiniteStream(fc.nat()), (some, chance) => {
        const ordered = some.map((leg, index) => participant({ id: `p-${index}`, ...leg }))
        const shuffled = ordered
          .map((leg) => ({ leg, at: chance.next().value ?? 0 }))
          .sort((a, b) => a.at - b.at)
          .map(({ leg }) => leg)
        const read = (participants: Participant[]) => toInteraction(conversation({ participants }), myUserId)
        expect(read(shuffled)).toEqual(read(ordered))
      }),
      { numRuns: 300 },
    )
  })

  it('is left as it was: reading a conversation changes nothing in it', () => {
    const participants = Object.freeze([external, agentLeg(), participant()])
    expect(() => toInteraction(conversation({ participants }), myUserId)).not.toThrow()
  })
})

describe('the state of the call', () => {
  it.each([
    ['connected', {}, {}],
    ['held', { held: true }, {}],
    ['held', { confined: true }, {}],
    ['held', {}, { held: true }],
    ['connected', { muted: true }, { muted: true }],
    ['waiting', {}, { state: 'alerting' }],
    ['waiting', { state: 'dialing' }, {}],
    ['waiting', { state: 'contacting' }, {}],
    ['ended', { state: 'disconnected' }, {}],
    ['ended', { state: 'terminated' }, { state: 'terminated', wrapupRequired: true }],
    ['ended', {}, { state: 'disconnected' }],
    ['ended', { held: true, state: 'disconnected' }, {}],
  ] as const)('is %s with the customer %j and me %j', (state, customer, agent) => {
    expect(interaction(customer, agent).callState).toBe(state)
  })

  it('is ended where I have no leg in it', () => {
    expect(toInteraction(conversation({ participants: [participant()] }), myUserId).callState).toBe('ended')
  })

  it('is monitored while somebody connected listens in, and no longer', () => {
    const lead = participant({ id: 'p-lead', purpose: 'user', listensTo: 'p-agent' })
    const read = (of: Participant) =>
      toInteraction(conversation({ participants: [participant(), agentLeg(), of] }), myUserId).monitored
    expect(read(lead)).toBe(true)
    expect(read({ ...lead, ...gone })).toBe(false)
  })
})

describe('attributeOf', () => {
  const customer = participant({ attributes: { Language: 'de', service_tier: 'premium' } })

  it('takes the exact name first, then the name in any case', () => {
    expect(attributeOf(customer, 'service_tier')).toBe('premium')
    expect(attributeOf(customer, 'language')).toBe('de')
    const both = participant({ attributes: { LANGUAGE: 'fr', language: 'de' } })
    expect(attributeOf(both, 'language')).toBe('de')
  })

  it('is null where there is no such attribute, or nobody', () => {
    expect(attributeOf(customer, 'tier')).toBeNull()
    expect(attributeOf(null, 'language')).toBeNull()
  })
})
