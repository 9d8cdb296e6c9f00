// A thousand random schedules of clicks, call events and faults against the real services and the sandbox's world.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { runModel } from '../support/model-run'
import { schedules } from '../support/schedule'
import { seed } from '../support/seed'

const numRuns = Number(process.env.CUELINE_RUNS ?? 1_000)

test(`${numRuns} schedules keep the truth`, { timeout: 60_000 + numRuns * 500 }, async () => {
  const property = fc.asyncProperty(fc.nat(1_000_000), schedules, async (world, schedule) => {
    await runModel(world, schedule)
  })
  const result = await fc.check(property, { numRuns, seed })
  // On failure: the seed, the shrunk schedule and the invariant, in one message.
  if (result.failed) {
    const broken = result.errorInstance instanceof Error ? result.errorInstance.message : ''
    throw new Error(`${broken}\n${fc.defaultReportMessage(result) ?? ''}`)
  }
  expect(result.numRuns).toBe(numRuns)
})
