// Short forms in a call: it gets no more of them than it may.
import { describe, expect, it } from 'vitest'
import { shortFormKey, shortFormLimit } from '../../../src/core/evidence-short'
import { createOutbox } from '../../../src/services/outbox'
import { createTestKept, createTestLocks } from '../../support/browser-ports'
import { evidence, interaction, myUserId } from '../../support/factories'
import { createTestAttributes, createTestChance, createTestClock } from '../../support/ports'

function setUp() {
  const attributes = createTestAttributes()
  const clock = createTestClock(100_000)
  const outbox = createOutbox({
    conversations: attributes,
    storage: createTestKept(),
    locks: createTestLocks(),
    clock,
    chance: createTestChance(),
  })
  return { clock, outbox, written: attributes.fake.written }
}

describe('many playbacks in one call', () => {
  const idOf = (number: number) => `${String(number).padStart(12, '0')}-0000`

  it('get twenty attributes of their own; of the others the newest is in one more', async () => {
    const { clock, outbox, written } = setUp()
    await outbox.begin(myUserId)
    outbox.look(interaction())
    for (let number = 1; number <= 25; number += 1) {
      outbox.add(evidence({ playbackId: idOf(number) }))
      await clock.advance(2_000)
    }
    outbox.add(evidence({ playbackId: idOf(3), readAloud: true }))
    await clock.advance(2_000)
    const attributes = Object.assign({}, ...written.map((write) => write.attributes)) as Record<
      string,
      string
    >
    expect(Object.keys(attributes)).toHaveLength(shortFormLimit + 1)
    expect(attributes['cueline.more']).toMatch(new RegExp(`\\|${shortFormKey(idOf(25))}$`))
    expect(attributes[shortFormKey(idOf(3))]).toMatch(/\|read-aloud$/)
  })

  it('counts those that others have written', async () => {
    const { clock, outbox, written } = setUp()
    await outbox.begin(myUserId)
    const others = Array.from({ length: 20 }, (_, number) => [shortFormKey(idOf(100 + number)), 'v1|x'])
    outbox.look(interaction({ attributes: Object.fromEntries(others) as Record<string, string> }))
    outbox.add(evidence({ playbackId: idOf(1) }))
    await clock.advance(2_000)
    expect(written.flatMap(({ attributes }) => Object.keys(attributes))).toEqual(['cueline.more'])
  })
})
