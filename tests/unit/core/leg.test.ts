// Which participant is the announcement leg, and what its state means.
import { describe, expect, it } from 'vitest'
import { findLeg, isCustomerAway, legRanMs, readLeg, sameAddress, type Leg } from '../../../src/core/leg'
import type { Participant } from '../../../src/core/conversation'
import { participant } from '../../support/factories'

const address = 'sip:prompt-welcome@example'
const legOf = (with_: Partial<Participant> = {}) =>
  participant({ id: 'leg', purpose: 'external', address, connectedAtMs: null, ...with_ })
const customer = (with_: Partial<Participant> = {}) =>
  participant({ id: 'customer', purpose: 'customer', connectedAtMs: 1, ...with_ })

describe('an address', () => {
  it.each([
    ['tel:+15550100', '+15550100', true],
    ['sip:a@b', 'sips:A@b', true],
    ['sip:a@b;language=de', 'sip:a@b', true],
    ['sip:a@b?x=1', 'sip:a@b', true],
    ['sip:a@b', 'sip:a@c', false],
    ['+15550100', '+15550101', false],
  ])('%s and %s: the same %s', (a, b, same) => {
    expect(sameAddress(a, b)).toBe(same)
  })
})

describe('our leg', () => {
  const leg: Leg = { address, before: new Set(['old']), sinceMs: -Infinity }
  const after: Leg = { ...leg, before: new Set(), sinceMs: 1_000 }

  it.each<[string, Participant[], Leg, string | null]>([
    ['the new one', [legOf()], leg, 'leg'],
    ['not one that was there before', [legOf({ id: 'old' })], leg, null],
    ['the new one beside an old one', [legOf({ id: 'old' }), legOf()], leg, 'leg'],
    ['the newest of several', [legOf({ id: 'a' }), legOf({ id: 'b' })], leg, 'b'],
    ['not one with another address', [legOf({ address: 'sip:x@example' })], leg, null],
    ['not one without an address', [legOf({ address: null })], leg, null],
    ['after a reload: not one that connected before', [legOf({ connectedAtMs: 999 })], after, null],
    ['after a reload: not one that ended before', [legOf({ endedAtMs: 999 })], after, null],
    ['after a reload: one that connected since', [legOf({ connectedAtMs: 1_000 })], after, 'leg'],
    ['after a reload: one that still rings', [legOf()], after, 'leg'],
  ])('is %s', (_name, participants, of, id) => {
    expect(findLeg(participants, of)?.id ?? null).toBe(id)
  })
})

it.each([
  [{ connectedAtMs: 1_000, endedAtMs: 4_000 }, null, 3_000],
  [{ connectedAtMs: 1_000, endedAtMs: 4_000 }, 3_900, 3_000],
  [{ connectedAtMs: null, endedAtMs: 4_000 }, 2_000, 7_000],
  [{ connectedAtMs: 1_000, endedAtMs: null }, null, 8_000],
  [{ connectedAtMs: null, endedAtMs: 4_000 }, null, null],
])('%j, seen connected at %s, ran for %s ms', (times, seenAtMs, ranMs) => {
  expect(legRanMs(legOf(times), seenAtMs, 9_000)).toBe(ranMs)
})

it.each([
  [{}, false],
  [{ held: true }, true],
  [{ confined: true }, true],
])('a customer with %j is away: %s', (with_, away) => {
  expect(isCustomerAway({ id: 'c', participants: [customer(with_)] })).toBe(away)
})

describe('what the leg means', () => {
  const gone = { state: 'disconnected', endedAtMs: 5_000 }
  const run = { ranMs: 3_000, durationMs: 3_000, stopping: false, unheard: false }
  const early = { ...run, ranMs: 1_000 }
  const there = customer()
  const left = customer(gone)

  it.each<
    [
      string,
      Partial<Participant>,
      typeof run | (Omit<typeof run, 'ranMs'> & { ranMs: null }),
      Participant,
      string | null,
    ]
  >([
    ['rings', { state: 'dialing' }, run, there, 'buffering'],
    ['speaks', { state: 'connected' }, run, there, 'playing'],
    ['has said it all', { ...gone, disconnectType: 'endpoint' }, run, there, 'completed'],
    ['ends early', { ...gone, disconnectType: 'endpoint' }, early, there, 'error'],
    ['is ended by somebody just before its end', { ...gone, disconnectType: 'client' }, run, there, 'error'],
    ['is stopped', { ...gone, disconnectType: 'client' }, { ...early, stopping: true }, there, 'stopped'],
    [
      'ends by itself while it is stopped',
      { ...gone, disconnectType: 'endpoint' },
      { ...run, stopping: true },
      there,
      'completed',
    ],
    ['was never answered', gone, { ...run, ranMs: null }, there, 'error'],
    ['spoke to a customer on hold', gone, { ...run, unheard: true }, there, 'error'],
    ['ends with the call', gone, early, left, null],
    ['ended at the very end, and so did the call', gone, run, left, null],
    ['broke off, and then the call ended', { ...gone, endedAtMs: 4_000 }, early, left, 'error'],
  ])('%s', (_name, leg, of, other, state) => {
    const one = legOf(leg)
    expect(readLeg(one, of, { id: 'c', participants: [other, one] })?.state ?? null).toBe(state)
  })

  it.each([
    ['timeout', 'nobody answered: it only rang'],
    ['error', 'nobody answered: error'],
    [null, 'nobody answered: no reason given'],
  ])('says why nobody answered: %s', (disconnectType, error) => {
    const one = legOf({ ...gone, disconnectType })
    const reading = readLeg(one, { ...run, ranMs: null }, { id: 'c', participants: [there, one] })
    expect(reading).toEqual({ state: 'error', error })
  })
})
