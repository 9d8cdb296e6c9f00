// Records that wait for the platform's word: none lost, none doubled, the newest truth wins.
import { describe, expect, it } from 'vitest'
import { answered, refused, type Answer } from '../../../src/core/errors'
import { shortFormKey, toShortForm } from '../../../src/core/evidence-short'
import { createOutbox } from '../../../src/services/outbox'
import { evidence, myUserId } from '../../support/factories'
import { createTestKept, createTestLocks } from '../../support/browser-ports'
import {
  createHeld,
  createTestAttributes,
  createTestChance,
  createTestClock,
  settled,
} from '../../support/ports'

function setUp(storage = createTestKept(), clock = createTestClock(100_000), locks = createTestLocks()) {
  const attributes = createTestAttributes()
  const outbox = createOutbox({
    conversations: attributes,
    storage,
    locks,
    clock,
    chance: createTestChance(),
  })
  const { fake } = attributes
  return { fake, storage, clock, outbox, written: fake.written, state: () => outbox.snapshot.value }
}
const unavailable = refused({ kind: 'server-error', message: 'HTTP 503', mayHaveArrived: true })
const other = evidence({ playbackId: 'playback-2' })

describe('a record', () => {
  it('is written to its participant in short form, and forgotten once that is confirmed', async () => {
    const { clock, storage, outbox, written, state } = setUp()
    await outbox.begin(myUserId)
    outbox.add(evidence())
    expect(state()).toMatchObject({ waiting: 1, kept: true })
    expect(storage.kept.size).toBe(1)
    await clock.advance(2_000)
    expect(written).toEqual([
      {
        conversationId: 'call-1',
        participantId: 'p-customer',
        attributes: { [shortFormKey('playback-1')]: toShortForm(evidence()) },
      },
    ])
    expect(state()).toEqual({ waiting: 0, kept: true, problem: null })
    expect(storage.kept.size).toBe(0)
    expect(clock.timers()).toBe(0)
  })

  it('is kept until the word has come, not only until it was asked for', async () => {
    const { fake, clock, storage, outbox, state } = setUp()
    const held = createHeld<Answer<void>>()
    fake.nextAnswer = () => held.promise
    await outbox.begin(myUserId)
    outbox.add(evidence())
    await clock.advance(60_000)
    expect([state().waiting, storage.kept.size]).toEqual([1, 1])
    held.release(answered(undefined))
    await settled()
    expect([state().waiting, storage.kept.size]).toEqual([0, 0])
  })

  it('that became known within a moment is written once, as it is known', async () => {
    const { clock, outbox, written } = setUp()
    await outbox.begin(myUserId)
    outbox.add(evidence({ outcome: 'unknown', code: 'channel_lost', playedMs: null }))
    await clock.advance(1_000)
    outbox.add(evidence())
    await clock.advance(10_000)
    expect(written.map(({ attributes }) => Object.values(attributes))).toEqual([[toShortForm(evidence())]])
  })

  it('that became known while the earlier truth was on its way is written again, under the same key', async () => {
    const { fake, clock, storage, outbox, written, state } = setUp()
    const held = createHeld<Answer<void>>()
    const works = fake.nextAnswer
    fake.nextAnswer = () => held.promise
    await outbox.begin(myUserId)
    outbox.add(evidence({ outcome: 'unknown', code: 'channel_lost', playedMs: null }))
    await clock.advance(2_000)
    outbox.add(evidence())
    fake.nextAnswer = works
    held.release(answered(undefined))
    await settled()
    expect([state().waiting, storage.kept.size]).toEqual([1, 1])
    await clock.advance(5_000)
    expect(new Set(written.flatMap(({ attributes }) => Object.keys(attributes))).size).toBe(1)
    expect(Object.values(written.at(-1)?.attributes ?? {})).toEqual([toShortForm(evidence())])
    expect([state().waiting, storage.kept.size]).toEqual([0, 0])
  })
})

describe('a write that fails', () => {
  it('is tried again until it is confirmed, and says meanwhile why', async () => {
    const { fake, clock, outbox, written, state } = setUp()
    const works = fake.nextAnswer
    fake.nextAnswer = () => Promise.resolve(unavailable)
    await outbox.begin(myUserId)
    outbox.add(evidence())
    await clock.advance(300_000)
    expect(written.length).toBeGreaterThan(3)
    expect(state()).toMatchObject({ waiting: 1, problem: 'HTTP 503' })
    fake.nextAnswer = works
    await clock.advance(60_000)
    expect(state()).toEqual({ waiting: 0, kept: true, problem: null })
    expect(new Set(written.map((write) => JSON.stringify(write))).size).toBe(1)
  })

  it('waits as long as the platform says', async () => {
    const { fake, clock, outbox, written } = setUp()
    const busy = refused({ kind: 'rate-limited', message: 'HTTP 429', retryAfterMs: 20_000 })
    fake.nextAnswer = () => Promise.resolve(busy)
    await outbox.begin(myUserId)
    outbox.add(evidence())
    await clock.advance(1_500)
    expect(written).toHaveLength(1)
    await clock.advance(19_999)
    expect(written).toHaveLength(1)
    await clock.advance(1)
    expect(written).toHaveLength(2)
  })

  it('of one record does not keep back the others', async () => {
    const { fake, clock, outbox, written, state } = setUp()
    let first = true
    fake.nextAnswer = () => {
      const answer: Answer<void> = first ? unavailable : answered(undefined)
      first = false
      return Promise.resolve(answer)
    }
    await outbox.begin(myUserId)
    outbox.add(evidence())
    outbox.add(other)
    await clock.advance(60_000)
    expect(state().waiting).toBe(0)
    expect(written).toHaveLength(3)
  })
})

describe('what an earlier panel left behind', () => {
  it('is sent after the sign-in, and before it nothing is', async () => {
    const crashed = setUp()
    crashed.outbox.add(evidence())
    await crashed.clock.advance(60_000)
    expect(crashed.written).toEqual([])
    crashed.outbox.dispose()
    const next = setUp(crashed.storage)
    await next.outbox.begin(myUserId)
    expect(next.written).toHaveLength(1)
    expect(next.state().waiting).toBe(0)
  })

  it('is written once more when no write of that panel can be under way any more, and then forgotten', async () => {
    const { clock, storage, outbox, written, state } = setUp()
    storage.write('cueline.outbox.playback-1', JSON.stringify(evidence()))
    await outbox.begin(myUserId)
    await clock.advance(19_000)
    expect([written.length, state().waiting, storage.kept.size]).toEqual([1, 0, 1])
    await clock.advance(1_000)
    expect(written).toHaveLength(2)
    expect(written[1]).toEqual(written[0])
    expect([state().waiting, storage.kept.size, clock.timers()]).toEqual([0, 0, 0])
  })

  it('is overtaken by what is learned since: the last word is the newest', async () => {
    const { clock, storage, outbox, written } = setUp()
    storage.write(
      'cueline.outbox.playback-1',
      JSON.stringify(evidence({ outcome: 'unknown', playedMs: null })),
    )
    await outbox.begin(myUserId)
    await clock.advance(3_000)
    outbox.add(evidence())
    await clock.advance(60_000)
    const newest = toShortForm(evidence())
    expect(written.map(({ attributes }) => Object.values(attributes)[0] === newest)).toEqual([
      false,
      true,
      true,
    ])
    expect(storage.kept.size).toBe(0)
  })

  it('by another agent waits for them, untouched', async () => {
    const { storage, outbox, written, clock } = setUp()
    storage.write(
      'cueline.outbox.theirs',
      JSON.stringify(evidence({ playbackId: 'theirs', agentId: 'user-else' })),
    )
    await outbox.begin(myUserId)
    await clock.advance(120_000)
    expect(written).toEqual([])
    expect([...storage.kept.keys()]).toEqual(['cueline.outbox.theirs'])
    expect(clock.timers()).toBe(0)
  })

  it.each(['', '{', 'null', '{"playbackId":"x"}', '"text"'])(
    'that cannot be read (%s) is thrown away',
    async (text) => {
      const { storage, outbox, written, state } = setUp()
      storage.write('cueline.outbox.x', text)
      storage.write('somebody.elses', text)
      await outbox.begin(myUserId)
      expect(written).toEqual([])
      expect(state().waiting).toBe(0)
      expect([...storage.kept.keys()]).toEqual(['somebody.elses'])
    },
  )

  it('is not older than what this panel knows by now', async () => {
    const { storage, outbox, written } = setUp()
    storage.write(
      'cueline.outbox.playback-1',
      JSON.stringify(evidence({ outcome: 'unknown', playedMs: null })),
    )
    const stale = storage.entries('cueline.outbox.')
    outbox.add(evidence())
    for (const [key, value] of stale) storage.write(key, value)
    await outbox.begin(myUserId)
    expect(written.map(({ attributes }) => Object.values(attributes))).toEqual([[toShortForm(evidence())]])
  })
})

describe('two panels of one browser', () => {
  it('that both find a record write the same under the same key: it is there once', async () => {
    const storage = createTestKept()
    storage.write('cueline.outbox.playback-1', JSON.stringify(evidence()))
    const panels = [setUp(storage), setUp(storage)]
    await Promise.all(panels.map(({ outbox }) => outbox.begin(myUserId)))
    for (const { clock } of panels) await clock.advance(60_000)
    const all = panels.flatMap(({ written }) => written)
    expect(all.length).toBeGreaterThan(0)
    expect(new Set(all.map((write) => JSON.stringify(write))).size).toBe(1)
    expect(storage.kept.size).toBe(0)
  })
})

describe('storage that refuses', () => {
  it('is said, and the record is sent all the same', async () => {
    const { clock, outbox, written, state } = setUp(createTestKept(true))
    await outbox.begin(myUserId)
    outbox.add(evidence())
    expect(state()).toMatchObject({ waiting: 1, kept: false })
    await clock.advance(2_000)
    expect(written).toHaveLength(1)
    expect(state().waiting).toBe(0)
  })
})

describe('flush', () => {
  it('sends at once what waits, and resolves when it was tried', async () => {
    const { outbox, written, state } = setUp()
    await outbox.begin(myUserId)
    outbox.add(evidence())
    outbox.add(other)
    await outbox.flush()
    expect(written).toHaveLength(2)
    expect(state().waiting).toBe(0)
  })

  it('asked for twice at once sends each record once', async () => {
    const { outbox, written } = setUp()
    await outbox.begin(myUserId)
    outbox.add(evidence())
    await Promise.all([outbox.flush(), outbox.flush()])
    expect(written).toHaveLength(1)
  })
})

describe('dispose', () => {
  it('leaves no timer, and what waits stays kept', async () => {
    const { clock, storage, outbox, fake } = setUp()
    fake.nextAnswer = () => Promise.resolve(unavailable)
    await outbox.begin(myUserId)
    outbox.add(evidence())
    await clock.advance(2_000)
    outbox.dispose()
    expect(clock.timers()).toBe(0)
    await clock.advance(120_000)
    expect(fake.written).toHaveLength(1)
    expect(storage.kept.size).toBe(1)
  })
})
