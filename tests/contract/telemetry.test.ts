// From ten playbacks in the sandbox to a collector: what arrives has the right names, values and units, and nobody in it.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createTelemetry } from '../../src/adapters/telemetry'
import { createDeskInMemory, promptKeys, promptMs } from '../support/desk-in-memory'
import { startOtlpReceiver, type ReceivedMetric } from '../support/otlp-receiver'
import { observation as observed } from '../support/observations'

const origin = { version: '1.2.3', instance: 'instance-1' }
let receiver: Awaited<ReturnType<typeof startOtlpReceiver>>
beforeEach(async () => void (receiver = await startOtlpReceiver()))
afterEach(() => receiver.close())

/** Never by its own interval while a test runs: what arrives was flushed. */
const collect = () => createTelemetry({ url: receiver.url, everyMs: 3_600_000 }, origin)

const metric = (name: string): ReceivedMetric => {
  const found = receiver.received.at(-1)?.metrics.find((one) => one.name === name)
  if (found === undefined) throw new Error(`${name} did not arrive: ${receiver.refused.join(' ')}`)
  return found
}
const sumOf = (name: string) => metric(name).sums.reduce((sum, { value }) => sum + value, 0)
const counted = (name: string) => metric(name).histograms.reduce((sum, { count }) => sum + count, 0)

async function playTen() {
  const telemetry = collect()
  const desk = createDeskInMemory(6, { telemetry })
  const { panel, stop } = await desk.open()
  for (let turn = 0; turn < 10; turn += 1) {
    if (turn === 3 || turn === 7) desk.org.faults.add({ kind: 'fail-midway', afterMs: 900 })
    const prompt = panel.prompts.snapshot.value.prompts[turn % promptKeys.length]
    if (prompt === undefined) throw new Error('no such prompt')
    void panel.playback.play(prompt)
    await desk.clock.advance(12_000)
  }
  await stop()
  return { panel, desk }
}

it('ten playbacks with two failures arrive as they were', async () => {
  const { panel } = await playTen()
  expect(receiver.refused).toEqual([])
  const last = receiver.received.at(-1)
  expect(last?.resource).toEqual({
    'service.name': 'cueline',
    'service.version': '1.2.3',
    'service.instance.id': 'instance-1',
  })
  expect(last?.scope).toEqual({ name: 'cueline', version: '1.2.3' })

  const ended = metric('cueline.playback.ended')
  expect(ended).toMatchObject({ unit: '{playback}', monotonic: false })
  const byOutcome = (outcome: string) =>
    ended.sums.filter(({ attributes }) => attributes['cueline.outcome'] === outcome)
  expect(byOutcome('completed').reduce((sum, { value }) => sum + value, 0)).toBe(8)
  expect(byOutcome('failed').reduce((sum, { value }) => sum + value, 0)).toBe(2)
  expect(byOutcome('failed')[0]?.attributes['error.type']).toBe('carrier_failed')
  expect(sumOf('cueline.playback.sent')).toBe(10)
  expect(sumOf('cueline.playback.started')).toBe(10)

  const played = metric('cueline.playback.played.duration')
  expect(played).toMatchObject({ unit: 's' })
  expect(counted('cueline.playback.played.duration')).toBe(10)
  const heardMs = panel.playback.snapshot.value.recent.reduce((sum, { playedMs }) => sum + (playedMs ?? 0), 0)
  const sum = played.histograms.reduce((all, point) => all + point.sum, 0)
  expect(sum).toBeCloseTo(heardMs / 1_000, 6)
  expect(heardMs).toBeGreaterThan(8 * promptMs)

  for (const name of ['click_to_sound', 'click_to_request', 'request_to_accepted', 'accepted_to_sound']) {
    const waits = metric(`cueline.playback.${name}.duration`)
    expect(waits).toMatchObject({ unit: 's' })
    expect(counted(waits.name)).toBe(10)
    for (const { buckets, count, bounds } of waits.histograms) {
      expect(buckets.reduce((all, one) => all + one, 0)).toBe(count)
      expect(buckets).toHaveLength(bounds.length + 1)
    }
  }
  for (const { temporality } of last?.metrics ?? [])
    expect(temporality).toBe('AGGREGATION_TEMPORALITY_CUMULATIVE')
})

it('nothing that arrives names a person, a call or an address', async () => {
  const { panel, desk } = await playTen()
  const said = receiver.bodies.join('\n')
  const [call] = desk.org.state().calls
  const identity = panel.session.snapshot.value
  if (identity.status !== 'signed-in' || call === undefined) throw new Error('nobody was there')
  for (const secret of [
    desk.interactionId,
    identity.identity.userId,
    identity.identity.name,
    'http:',
    'https:',
    '+',
  ])
    expect(said).not.toContain(secret)
  for (const { id, carrierId } of panel.playback.snapshot.value.recent)
    for (const own of [id, carrierId]) if (own !== null) expect(said).not.toContain(own)
  const keys = new Set(
    receiver.received.flatMap(({ metrics }) =>
      metrics.flatMap(({ sums, histograms }) =>
        [...sums, ...histograms].flatMap(({ attributes }) => Object.keys(attributes)),
      ),
    ),
  )
  expect([...keys].sort()).toEqual([
    'cueline.backend',
    'cueline.codec',
    'cueline.format',
    'cueline.language',
    'cueline.outcome',
    'cueline.prompt',
    'error.type',
  ])
})

const observation = observed({ atMs: 1_000 })
const unknown = {
  ...observation,
  outcome: 'unknown',
  acceptedToSound: null,
  clickToSound: null,
  played: null,
} as const

it('an unknown that becomes known is moved, and no duration is told twice', async () => {
  const telemetry = collect()
  telemetry.take({ id: 'a', give: unknown })
  telemetry.take({ id: 'a', take: unknown })
  telemetry.take({ id: 'a', give: observation })
  await telemetry.flush()
  expect(sumOf('cueline.playback.ended')).toBe(1)
  expect(counted('cueline.playback.request_to_accepted.duration')).toBe(1)
  expect(counted('cueline.playback.click_to_sound.duration')).toBe(1)
})

it('a wait for another try and a round trip of the channel arrive in seconds', async () => {
  const telemetry = collect()
  telemetry.take({ id: 'a', wait: 2_500 })
  telemetry.take({ id: 'panel', roundTrips: [40, 60] })
  await telemetry.flush()
  expect(metric('cueline.playback.rate_limit.wait.duration').histograms[0]).toMatchObject({
    count: 1,
    sum: 2.5,
  })
  const trips = metric('cueline.channel.round_trip.duration')
  expect(trips).toMatchObject({ unit: 's', histograms: [{ count: 2 }] })
  expect(trips.histograms[0]?.sum).toBeCloseTo(0.1, 9)
})

it('labels beyond the limit arrive as one', async () => {
  const telemetry = collect()
  for (let i = 0; i < 100; i += 1) telemetry.take({ id: `${i}`, give: { ...observation, prompt: `p-${i}` } })
  await telemetry.flush()
  const { sums } = metric('cueline.playback.ended')
  expect(sums).toHaveLength(41)
  expect(sums.find(({ attributes }) => attributes['cueline.prompt'] === '(other)')?.value).toBe(60)
})

it('a collector that refuses is counted, and the next export makes good for it', async () => {
  receiver.state.nextStatus = 400
  const telemetry = collect()
  telemetry.take({ id: 'a', give: observation })
  await telemetry.flush()
  expect(telemetry.delivery).toMatchObject({ sent: 0, dropped: 1 })
  expect(telemetry.delivery.problem).not.toBeNull()
  receiver.state.nextStatus = 200
  telemetry.take({ id: 'b', give: observation })
  await telemetry.flush()
  expect(telemetry.delivery).toEqual({ sent: 1, dropped: 1, problem: null })
  expect(sumOf('cueline.playback.ended')).toBe(2)
})

it('a collector that is away holds up neither a playback nor the end of the panel', async () => {
  await receiver.close()
  const telemetry = collect()
  const desk = createDeskInMemory(6, { telemetry })
  const { panel, stop } = await desk.open()
  const [prompt] = panel.prompts.snapshot.value.prompts
  void panel.playback.play(prompt!)
  await desk.clock.advance(12_000)
  expect(panel.playback.snapshot.value.current?.state).toBe('completed')
  const before = performance.now()
  await stop()
  expect(performance.now() - before).toBeLessThan(2_000)
  receiver = await startOtlpReceiver()
})
