// The same random schedules for the carriers that exist today: what holds for the media server holds for them.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { announcementLeg, secureFlow } from '../support/backend-desk'
import { runModel } from '../support/model-run'
import { schedules } from '../support/schedule'
import { seed } from '../support/seed'

const numRuns = Number(process.env.CUELINE_BACKEND_RUNS ?? 150)
const quiet = { flowAttributes: false }

test.each([
  secureFlow,
  { ...secureFlow, name: 'secure-flow by events alone', settings: { ...quiet, flowEvents: true } },
  { ...secureFlow, name: 'secure-flow by asking alone', settings: { ...quiet, flowEvents: false } },
  { ...secureFlow, name: 'secure-flow that looks held', settings: { secureLook: 'held' } },
  announcementLeg,
])('$name: schedules keep the truth', { timeout: 60_000 + numRuns * 500 }, async (backend) => {
  const property = fc.asyncProperty(fc.nat(1_000_000), schedules, (world, schedule) =>
    runModel(world, schedule, backend),
  )
  const result = await fc.check(property, { numRuns, seed })
  // On failure: the seed, the shrunk schedule and the invariant, in one message.
  if (result.failed) {
    const broken = result.errorInstance instanceof Error ? result.errorInstance.message : ''
    throw new Error(`${broken}\n${fc.defaultReportMessage(result) ?? ''}`)
  }
  expect(result.numRuns).toBe(numRuns)
})
