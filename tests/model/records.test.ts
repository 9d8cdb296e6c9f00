// Random calls with reloads and faults: the records say what the telephone says, each playback once, in its order.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { runModel } from '../support/model-run'
import { checkRecords } from '../support/records-model'
import { schedules } from '../support/schedule'
import { seed } from '../support/seed'

const numRuns = Number(process.env.CUELINE_RUNS ?? 200)

test(
  `the records of ${numRuns} calls agree with the telephone`,
  { timeout: 60_000 + numRuns * 500 },
  async () => {
    const tally = { playbacks: 0, unknown: 0, heard: 0 }
    const property = fc.asyncProperty(fc.nat(1_000_000), schedules, async (world, schedule) => {
      await runModel(world, schedule, undefined, async (desk, panels) => {
        const { playbacks, unknown, heard } = await checkRecords(desk, panels)
        tally.playbacks += playbacks
        tally.unknown += unknown
        tally.heard += heard
      })
    })
    const startedAtMs = performance.now()
    const result = await fc.check(property, { numRuns, seed })
    // On failure: the seed, the shrunk schedule and what did not agree, in one message.
    if (result.failed) {
      const broken = result.errorInstance instanceof Error ? result.errorInstance.message : ''
      throw new Error(`${broken}\n${fc.defaultReportMessage(result) ?? ''}`)
    }
    const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1)
    console.log(
      `${result.numRuns} calls in ${seconds} s: ${tally.playbacks} playbacks recorded, ${tally.heard} heard by the telephone, ${tally.unknown} of unknown outcome`,
    )
    expect(result.numRuns).toBe(numRuns)
    expect(tally.heard).toBeGreaterThan(numRuns / 10)
  },
)
