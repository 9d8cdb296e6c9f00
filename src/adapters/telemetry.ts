// The numbers, on their way to the organisation's collector: OpenTelemetry metrics over OTLP/HTTP, by the official libraries.
import type { Attributes, Histogram, Meter, UpDownCounter } from '@opentelemetry/api'
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import {
  MeterProvider,
  PeriodicExportingMetricReader,
  type PushMetricExporter,
} from '@opentelemetry/sdk-metrics'
import { dimensions, labelFor } from '../core/labels'
import type { Observation, Seen } from '../core/observation'
import type { Telemetry } from '../core/ports'

export interface Collector {
  /** Where metrics are posted, with path: `https://otel.example.org/v1/metrics`. */
  readonly url: string
  readonly everyMs: number
}

export interface Origin {
  readonly version: string
  /** Made anew for each run of a panel: it names no person and no machine. */
  readonly instance: string
}

const exportTimeoutMs = 5_000
/** The desktop waits for its stop hook, but not for a collector that is away. */
const flushTimeoutMs = 1_500

const soundBounds = [0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10]
const lengthBounds = [1, 2, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300]

/** Metric names, units and attributes: docs/operating.md lists them; a collector's dashboards depend on each. */
const durations = [
  ['clickToSound', 'cueline.playback.click_to_sound.duration', soundBounds],
  ['clickToRequest', 'cueline.playback.click_to_request.duration', soundBounds],
  ['requestToAccepted', 'cueline.playback.request_to_accepted.duration', soundBounds],
  ['acceptedToSound', 'cueline.playback.accepted_to_sound.duration', soundBounds],
  ['played', 'cueline.playback.played.duration', lengthBounds],
] as const

/** Sums are cumulative: an export that the collector did not take is made good by the next one. */
export function createTelemetry(collector: Collector, origin: Origin): Telemetry {
  const delivery = { sent: 0, dropped: 0, problem: null as string | null }
  const exporter = counted(
    new OTLPMetricExporter({ url: collector.url, timeoutMillis: exportTimeoutMs }),
    delivery,
  )
  const reader = new PeriodicExportingMetricReader({
    exporter,
    exportIntervalMillis: collector.everyMs,
    exportTimeoutMillis: exportTimeoutMs,
  })
  const resource = resourceFromAttributes({
    'service.name': 'cueline',
    'service.version': origin.version,
    'service.instance.id': origin.instance,
  })
  const provider = new MeterProvider({ resource, readers: [reader] })
  const instruments = createInstruments(provider.getMeter('cueline', origin.version))
  const attributesOf = createAttributes()
  /** What was taken back: given again, its durations are recorded already. */
  const taken = new Map<string, Observation>()

  function give(id: string, observation: Observation): void {
    const before = taken.get(id) ?? null
    taken.delete(id)
    countOutcome(observation, 1)
    const attributes = attributesOf(observation)
    for (const [measure, histogram] of instruments.durations) {
      const ms = observation[measure]
      if (ms !== null && (before?.[measure] ?? null) === null) histogram.record(ms / 1_000, attributes)
    }
  }

  function countOutcome(observation: Observation, by: 1 | -1): void {
    const { outcome, code, sent, started } = observation
    const attributes = attributesOf(observation)
    const failed = outcome === 'failed' || outcome === 'rejected'
    const error = failed && code !== null ? { 'error.type': code } : {}
    instruments.ended.add(by, { ...attributes, 'cueline.outcome': outcome, ...error })
    if (sent) instruments.sent.add(by, attributes)
    if (started) instruments.started.add(by, attributes)
  }

  return {
    delivery,
    take({ id, take, give: given, wait, roundTrips = [] }: Seen): void {
      if (take) {
        countOutcome(take, -1)
        taken.set(id, take)
        if (taken.size > takenLimit) taken.delete([...taken.keys()][0] ?? '')
      }
      if (given) give(id, given)
      if (wait !== undefined) instruments.wait.record(wait / 1_000)
      for (const ms of roundTrips) instruments.roundTrip.record(ms / 1_000)
    },
    async flush() {
      try {
        await provider.forceFlush({ timeoutMillis: flushTimeoutMs })
      } catch (error) {
        // Given up: the panel goes. The next one has nothing of this.
        delivery.problem = error instanceof Error ? error.message : String(error)
      }
    },
  }
}

const takenLimit = 100

function createInstruments(meter: Meter): {
  readonly ended: UpDownCounter
  readonly sent: UpDownCounter
  readonly started: UpDownCounter
  readonly wait: Histogram
  readonly roundTrip: Histogram
  readonly durations: readonly (readonly [(typeof durations)[number][0], Histogram])[]
} {
  const seconds = (name: string, bounds: readonly number[]) =>
    meter.createHistogram(name, { unit: 's', advice: { explicitBucketBoundaries: [...bounds] } })
  // Not monotonic: an unknown that became known is moved.
  const playbacks = (name: string) => meter.createUpDownCounter(name, { unit: '{playback}' })
  return {
    ended: playbacks('cueline.playback.ended'),
    sent: playbacks('cueline.playback.sent'),
    started: playbacks('cueline.playback.started'),
    wait: seconds('cueline.playback.rate_limit.wait.duration', soundBounds),
    roundTrip: seconds('cueline.channel.round_trip.duration', soundBounds),
    durations: durations.map(([measure, name, bounds]) => [measure, seconds(name, bounds)] as const),
  }
}

/** A bounded number of each, as in the panel's own numbers. */
function createAttributes(): (observation: Observation) => Attributes {
  const known = new Map(dimensions.map((dimension) => [dimension, new Set<string>()]))
  return (observation) => {
    const label = (dimension: (typeof dimensions)[number]) => {
      const labels = known.get(dimension) ?? new Set()
      const one = labelFor(labels, dimension, observation[dimension])
      labels.add(one)
      return one
    }
    return {
      'cueline.prompt': label('prompt'),
      'cueline.language': label('language'),
      'cueline.format': label('format'),
      'cueline.codec': label('codec'),
      'cueline.backend': label('backend'),
    }
  }
}

/** The exporter, with a count of what was taken and what was not. */
function counted(
  exporter: OTLPMetricExporter,
  delivery: { sent: number; dropped: number; problem: string | null },
): PushMetricExporter {
  return {
    export(metrics, done) {
      exporter.export(metrics, (result) => {
        // 0 is success. The enum is the SDK's core's, which is not imported for one number.
        if (Number(result.code) === 0) delivery.sent += 1
        else delivery.dropped += 1
        delivery.problem = result.error?.message ?? null
        done(result)
      })
    },
    forceFlush: () => exporter.forceFlush(),
    shutdown: () => exporter.shutdown(),
    selectAggregation: (type) => exporter.selectAggregation(type),
    selectAggregationTemporality: (type) => exporter.selectAggregationTemporality(type),
  }
}
