// From a playback to the sums: nothing is lost on the way, nothing counted twice, whoever counts and whenever.
import { describe, expect, it } from 'vitest'
import type { Seen } from '../../../src/core/observation'
import type { Playback, PlaybackState } from '../../../src/core/playback'
import type { KeptStorage } from '../../../src/core/ports'
import { createMetricsService } from '../../../src/services/metrics'
import { createNotes, notesPrefix } from '../../../src/services/notes'
import { createTestKept, createTestLocks } from '../../support/browser-ports'
import { playback, sentPlayback } from '../../support/factories'
import { createHeld, createTestClock, settled } from '../../support/ports'

const steps = (...states: PlaybackState[]): Playback[] => [
  playback(),
  ...states.map((state) => sentPlayback({ state })),
]

/** `kept` and `locks`: hand the same ones to two of them to have two panels of one browser. */
function setUp(of: { kept?: KeptStorage; locks?: ReturnType<typeof createTestLocks>; panel?: string } = {}) {
  const clock = createTestClock(1_000_000)
  const kept = of.kept ?? createTestKept()
  const locks = of.locks ?? createTestLocks()
  const heard: Seen[] = []
  const loaded = createHeld<{ take(seen: Seen): void; flush(): Promise<void>; delivery: typeof delivery }>()
  const delivery = { sent: 3, dropped: 1, problem: 'away' }
  let counts = 0
  const notes = createNotes(
    {
      clock,
      kept,
      telemetry: loaded.promise,
      async countNotes() {
        counts += 1
        await metrics.count()
      },
    },
    of.panel ?? 'panel-1',
  )
  const metrics = createMetricsService({ clock, kept, locks, telemetry: loaded.promise }, notes)
  const play = (...states: PlaybackState[]) => {
    const all = steps(...states)
    all.slice(1).forEach((after, index) => notes.observe(all[index] ?? playback(), after, 'media-api'))
  }
  return {
    clock,
    kept,
    locks,
    notes,
    metrics,
    play,
    heard,
    counts: () => counts,
    waiting: () => kept.entries(notesPrefix).length,
    load: () =>
      loaded.release({ take: (seen) => void heard.push(seen), flush: () => Promise.resolve(), delivery }),
    async report() {
      await metrics.count()
      const undo = metrics.watch()
      loaded.release({ take: (seen) => void heard.push(seen), flush: () => Promise.resolve(), delivery })
      await settled()
      undo()
      return metrics.snapshot.value.report!
    },
  }
}

describe('a playback', () => {
  it('is noted before anything that counts is loaded, and counted when somebody looks', async () => {
    const { play, waiting, counts, report } = setUp()
    play('requested', 'completed')
    play('requested', 'failed')
    expect(waiting()).toBe(2)
    expect(counts()).toBe(0)
    expect((await report()).all).toMatchObject({ plays: 2, outcomes: { completed: 1, failed: 1 } })
    expect(waiting()).toBe(0)
  })

  it('that is unknown and becomes known is moved, also when it was counted in between and after a reload', async () => {
    const first = setUp()
    first.play('requested', 'unknown')
    expect((await first.report()).all.outcomes).toEqual({ unknown: 1 })
    const second = setUp({ kept: first.kept, panel: 'panel-2' })
    second.notes.observe(sentPlayback({ state: 'unknown' }), sentPlayback({ state: 'playing' }), 'media-api')
    second.notes.observe(
      sentPlayback({ state: 'playing' }),
      sentPlayback({ state: 'completed' }),
      'media-api',
    )
    expect((await second.report()).all).toMatchObject({ plays: 1, outcomes: { completed: 1 } })
  })

  it('waits for a collector whose code is still on its way', async () => {
    const { play, heard, load } = setUp()
    play('requested', 'completed')
    expect(heard).toEqual([])
    load()
    await settled()
    expect(heard.map(({ give }) => give?.outcome)).toEqual(['completed'])
  })

  it('that met 429 has its wait measured from the refusal to the next request', async () => {
    const { notes, clock, report } = setUp()
    const sent = sentPlayback()
    const again = sentPlayback({ resendAtMs: 5_000 })
    notes.observe(sent, again, 'media-api')
    await clock.advance(4_000)
    notes.observe(again, sentPlayback({ attempts: 2 }), 'media-api')
    expect(await report()).toMatchObject({ waitedMs: 4_000, waits: { count: 1 } })
  })
})

describe('counting', () => {
  it('begins by itself once many are noted, so that notes do not grow without bound', async () => {
    const { play, waiting, counts, report } = setUp()
    for (let i = 0; i < 1_200; i += 1) {
      play('requested', 'completed')
      if (i % 100 === 0) await settled()
    }
    await settled()
    expect(counts()).toBeGreaterThan(0)
    expect(waiting()).toBeLessThan(700)
    expect((await report()).all.plays).toBe(1_200)
  })

  it('of two panels at once counts each note once', async () => {
    const one = setUp()
    const two = setUp({ kept: one.kept, locks: one.locks, panel: 'panel-2' })
    one.play('requested', 'completed')
    two.play('requested', 'stopped')
    await Promise.all([one.metrics.count(), two.metrics.count()])
    expect((await two.report()).all).toMatchObject({ plays: 2, outcomes: { completed: 1, stopped: 1 } })
  })

  it('that broke off between the sums and the notes counts none again', async () => {
    const { kept, play, metrics } = setUp()
    play('requested', 'completed')
    const notes = kept.entries(notesPrefix)
    await metrics.count()
    // As if the panel had gone before it could remove them.
    for (const [key, text] of notes) kept.write(key, text)
    const next = setUp({ kept, panel: 'panel-2' })
    next.play('requested', 'failed')
    expect((await next.report()).all).toMatchObject({ plays: 2, outcomes: { completed: 1, failed: 1 } })
  })

  it('goes on in memory where the browser keeps nothing', async () => {
    const { play, report } = setUp({ kept: createTestKept(true) })
    play('requested', 'completed')
    expect((await report()).all.plays).toBe(1)
    play('requested', 'unknown', 'completed')
    expect((await report()).all).toMatchObject({ plays: 2, outcomes: { completed: 2 } })
  })

  it('leaves out what is no note, and begins anew where the sums are not ours', async () => {
    const { kept, play, report } = setUp()
    kept.write(`${notesPrefix}0`, '{"id":1}')
    kept.write(`${notesPrefix}1`, 'cut o')
    kept.write('cueline.metrics', '{"version":99}')
    play('requested', 'completed')
    expect((await report()).all.plays).toBe(1)
    expect(kept.entries(notesPrefix)).toEqual([])
  })

  it('can be begun anew by the user', async () => {
    const { play, metrics, report } = setUp()
    play('requested', 'completed')
    expect((await report()).all.plays).toBe(1)
    await metrics.forget()
    expect(metrics.snapshot.value.report).toMatchObject({ sinceMs: null, all: { plays: 0 } })
  })
})

describe('somebody who looks', () => {
  it('sees new playbacks within seconds, and what the collector took; and nothing runs after they left', async () => {
    const { metrics, play, load, clock } = setUp()
    load()
    const undo = metrics.watch()
    await settled()
    expect(metrics.snapshot.value.report?.all.plays).toBe(0)
    expect(metrics.snapshot.value.delivery).toMatchObject({ sent: 3, dropped: 1 })
    play('requested', 'completed')
    await clock.advance(3_000)
    expect(metrics.snapshot.value.report?.all.plays).toBe(1)
    undo()
    expect(clock.timers()).toBe(0)
  })

  it('sees round trips of the live channel, kept back until there is a handful', async () => {
    const { notes, waiting, report } = setUp()
    for (let i = 0; i < 25; i += 1) notes.roundTrip(40)
    expect(waiting()).toBe(1)
    expect((await report()).roundTrips?.count).toBe(25)
  })
})
