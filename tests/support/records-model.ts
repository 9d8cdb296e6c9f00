// Holds the exported records of a call against its telephone: what was heard, in which order, for how long.
import { expect } from 'vitest'
import type { EvidenceRecord } from '../../src/core/evidence'
import { latestBodies } from '../../src/core/evidence-chain'
import { dayOf } from '../../src/core/evidence-export'
import { shortFormKey } from '../../src/core/evidence-short'
import { verifyExport } from '../../src/core/evidence-verify'
import type { Panel } from '../../src/services/panel'
import type { Heard } from '../../sandbox/org/telephone'
import type { DeskInMemory } from './desk-in-memory'
import { sha256 } from './evidence-files'

const toleranceMs = 250

/** The records of the day, by way of a file that is verified first. */
async function exportedRecords(desk: DeskInMemory, panels: readonly Panel[]): Promise<EvidenceRecord[]> {
  const keeping = panels.map((panel) => panel.records.snapshot.value.keeping).find((one) => one !== null)
  if (!keeping) return []
  const day = dayOf({ recordedAtMs: desk.clock.now(), utcOffsetMin: 60 })
  const file = await keeping.save({ kind: 'day', day }, 'jsonl')
  if (file === null) return []
  const { findings, gaps, bodies } = verifyExport(file.text, sha256)
  expect(findings, 'the export does not stand its own verifier').toEqual([])
  expect(gaps, 'the export has gaps').toEqual([])
  const truths = bodies.flatMap((body) =>
    body.kind === 'playback' && body.record.outcome !== 'unknown' ? [body.record.playbackId] : [],
  )
  expect(new Set(truths).size, 'an outcome was recorded twice').toBe(truths.length)
  return latestBodies(bodies)
    .flatMap((body) => (body.kind === 'playback' ? [body.record] : []))
    .sort((a, b) => (a.requestedAtMs ?? 0) - (b.requestedAtMs ?? 0))
}

export async function checkRecords(desk: DeskInMemory, panels: readonly Panel[]) {
  const { heard: sounds, calls } = desk.org.state()
  const records = (await exportedRecords(desk, panels)).filter(({ requestedAtMs }) => requestedAtMs !== null)

  // The long form and the short form in the call are about the same playbacks, and say the same.
  const attributes = calls.find((call) => call.id === desk.interactionId)?.attributes ?? {}
  const written = Object.entries(attributes).filter(([key]) => /^cueline\.[0-9a-f]{12}$/.test(key))
  const short = written.map(([key, text]) => [key, text.split('|')[4]]).sort()
  expect(
    records.map((record) => [shortFormKey(record.playbackId), record.outcome]).sort(),
    'long form and short form',
  ).toEqual(short)

  const left = [...sounds].sort((a, b) => a.startedAtMs - b.startedAtMs)
  let next = 0
  for (const record of records.filter(saysHeard)) {
    const at = left.findIndex(
      (sound, index) => index >= next && fits(record, sound) && sameLength(record, sound),
    )
    expect(
      at,
      `recorded, but not heard so or not in this order: ${line(record)} of ${JSON.stringify(left)}`,
    ).not.toBe(-1)
    left.splice(at, 1)
    next = at
  }
  // What is left was heard, and its record must be one that does not claim otherwise.
  const open = records.filter((record) => !saysHeard(record) && record.outcome !== 'rejected')
  for (const sound of left) {
    const at = open.findIndex(
      (record) =>
        fits(record, sound) &&
        (record.outcome === 'unknown' ||
          sound.playedMs <= toleranceMs ||
          (record.outcome !== 'completed' && record.playedMs === null)),
    )
    expect(
      at,
      `heard, but not recorded: ${JSON.stringify(sound)} among ${open.map(line).join('; ')}`,
    ).not.toBe(-1)
    open.splice(at, 1)
  }
  const unknown = records.filter((record) => record.outcome === 'unknown').length
  return { playbacks: records.length, heard: sounds.length, unknown }
}

function saysHeard({ outcome, playedMs }: EvidenceRecord): boolean {
  return outcome === 'completed' || (outcome !== 'unknown' && (playedMs ?? 0) > toleranceMs)
}

function fits({ promptKey, requestedAtMs }: EvidenceRecord, { url, startedAtMs }: Heard): boolean {
  return url.includes(`/${promptKey}.`) && startedAtMs >= (requestedAtMs ?? 0)
}

function sameLength({ outcome, playedMs }: EvidenceRecord, sound: Heard): boolean {
  const whole = (outcome === 'completed') === (sound.outcome === 'completed')
  return whole && Math.abs((playedMs ?? 0) - sound.playedMs) <= toleranceMs
}

function line({ promptKey, outcome, playedMs, requestedAtMs }: EvidenceRecord): string {
  return `${promptKey} ${outcome} ${playedMs} ms, requested at ${requestedAtMs}`
}
