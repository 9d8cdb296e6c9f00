// Records before the outbox's code is there: what an earlier page left, and what this one made.
import { describe, expect, it } from 'vitest'
import { toShortForm } from '../../../src/core/evidence-short'
import { createFollowers } from '../../../src/services/followers'
import { createLateFollowers, type LateFollowerPorts } from '../../../src/services/late-followers'
import { createPreferences } from '../../../src/services/preferences'
import { createTestHost, createTestKept, createTestLocks } from '../../support/browser-ports'
import { evidence, myUserId, sentPlayback } from '../../support/factories'
import { createTestAttributes, createTestChance, createTestClock } from '../../support/ports'

function setUp(instead: Partial<LateFollowerPorts> = {}) {
  const clock = createTestClock(100_000)
  const kept = createTestKept()
  const attributes = createTestAttributes()
  const host = createTestHost()
  const late = createLateFollowers(
    {
      clock,
      kept,
      chance: createTestChance(),
      locks: createTestLocks(),
      conversations: attributes,
      host: host.host,
      preferences: createPreferences(kept),
      isVisible: () => false,
      loadFollowers: () => Promise.resolve(createFollowers),
      ...instead,
    },
    () => 'p-agent',
  )
  return { clock, kept, late, host, written: attributes.fake.written }
}
const unknown = evidence({ outcome: 'unknown', code: 'channel_lost', playedMs: null })

describe('a record of this page', () => {
  it('is written once', async () => {
    const { clock, late, written, kept } = setUp()
    late.outbox.add(unknown)
    late.outbox.add(evidence())
    await late.begin(myUserId)
    await clock.advance(60_000)
    expect(written.map(({ attributes }) => Object.values(attributes))).toEqual([[toShortForm(evidence())]])
    expect(kept.entries('cueline.outbox.')).toEqual([])
  })
})

describe('a record that an earlier page had on its way, known better before the outbox is there', () => {
  it('is written once more when no write of that page can be under way any more', async () => {
    const { clock, kept, late, written } = setUp()
    kept.write('cueline.outbox.playback-1', JSON.stringify(unknown))
    late.outbox.add(unknown)
    late.outbox.add(evidence())
    await late.begin(myUserId)
    await clock.advance(60_000)
    const newest = [toShortForm(evidence())]
    expect(written.map(({ attributes }) => Object.values(attributes))).toEqual([newest, newest])
    expect(kept.entries('cueline.outbox.')).toEqual([])
  })
})

describe('followers that break over what they are told', () => {
  it('are not begun once more beside the first', async () => {
    let begun = 0
    const { host } = createTestHost()
    const { late, clock } = setUp({
      host: {
        ...host,
        showToast: () => {
          throw new Error('the desktop is gone')
        },
      },
      loadFollowers: () => Promise.resolve((...of) => ((begun += 1), createFollowers(...of))),
    })
    for (const state of ['queued', 'failed'] as const) late.follow(sentPlayback({ state }))
    await expect(late.begin(myUserId)).rejects.toThrow('the desktop is gone')
    await clock.advance(60_000)
    expect(begun).toBe(1)
  })
})
