// Two panels of one browser over the same kept records: one writes at a time, and no older truth overtakes a newer one.
import { expect, it } from 'vitest'
import { answered, refused } from '../../../src/core/errors'
import { toShortForm } from '../../../src/core/evidence-short'
import { createOutbox } from '../../../src/services/outbox'
import { createTestKept, createTestLocks } from '../../support/browser-ports'
import { evidence, myUserId } from '../../support/factories'
import { createTestAttributes, createTestChance, createTestClock } from '../../support/ports'

function setUp() {
  const clock = createTestClock(100_000)
  const [storage, locks] = [createTestKept(), createTestLocks()]
  const open = () => {
    const attributes = createTestAttributes()
    const ports = { conversations: attributes, storage, locks, clock, chance: createTestChance() }
    return { fake: attributes.fake, written: attributes.fake.written, outbox: createOutbox(ports) }
  }
  return { clock, storage, locks, mine: open(), other: open() }
}

const unknown = evidence({ outcome: 'unknown', playedMs: null })
const completed = evidence({ outcome: 'completed' })
const unavailable = refused({ kind: 'server-error', message: 'HTTP 503', mayHaveArrived: true })

it('a record that was found is read again before each try, and sent as it stands then', async () => {
  const { clock, storage, mine, other } = setUp()
  other.fake.nextAnswer = () => Promise.resolve(unavailable)
  mine.fake.nextAnswer = () => Promise.resolve(unavailable)
  await mine.outbox.begin(myUserId)
  mine.outbox.add(unknown)
  await clock.advance(2_000)
  await other.outbox.begin(myUserId)
  mine.outbox.add(completed)
  other.written.length = 0
  other.fake.nextAnswer = () => Promise.resolve(answered(undefined))
  await clock.advance(60_000)
  const [write] = other.written
  expect(Object.values(write?.attributes ?? {})).toEqual([toShortForm(completed)])
  expect(storage.kept.size).toBe(0)
})

it('a record that the other panel has had confirmed is not sent again', async () => {
  const { clock, mine, other } = setUp()
  other.fake.nextAnswer = () => Promise.resolve(unavailable)
  mine.fake.nextAnswer = () => Promise.resolve(unavailable)
  await mine.outbox.begin(myUserId)
  mine.outbox.add(unknown)
  await clock.advance(1_600)
  await other.outbox.begin(myUserId)
  const tries = other.written.length
  mine.fake.nextAnswer = () => Promise.resolve(answered(undefined))
  await mine.outbox.flush()
  other.fake.nextAnswer = () => Promise.resolve(answered(undefined))
  await clock.advance(60_000)
  expect(other.written).toHaveLength(tries)
  expect(other.outbox.snapshot.value.waiting).toBe(0)
})

it('writes wait while the other panel writes, and come afterwards', async () => {
  const { clock, locks, mine } = setUp()
  const release = await locks.tryHold('cueline.outbox')
  await mine.outbox.begin(myUserId)
  mine.outbox.add(completed)
  await clock.advance(10_000)
  expect(mine.written).toHaveLength(0)
  release?.()
  await clock.advance(2_000)
  expect(mine.written).toHaveLength(1)
  expect(locks.held.size).toBe(0)
})
