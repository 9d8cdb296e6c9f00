// A collector's ear: takes OTLP/HTTP and reads it by OpenTelemetry's own protobuf definitions. Whatever they do not know is an error.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import otlp from 'otlp-definitions/build/src/generated/root.js'

interface NumberPoint {
  attributes: Record<string, string>
  value: number
}

interface HistogramPoint {
  attributes: Record<string, string>
  count: number
  sum: number
  bounds: number[]
  buckets: number[]
}

export interface ReceivedMetric {
  name: string
  unit: string
  temporality: string
  /** Of a sum. */
  monotonic: boolean | null
  sums: NumberPoint[]
  histograms: HistogramPoint[]
}

interface Received {
  readonly resource: Record<string, string>
  readonly scope: { name: string; version: string }
  readonly metrics: readonly ReceivedMetric[]
}

interface Attribute {
  key: string
  value: { stringValue?: string }
}
interface Point {
  attributes: Attribute[]
  startTimeUnixNano: string
  timeUnixNano: string
  asInt?: string
  asDouble?: number
  count?: string
  sum?: number
  explicitBounds?: number[]
  bucketCounts?: string[]
}
interface Metric {
  name: string
  unit: string
  sum?: { aggregationTemporality: string; isMonotonic: boolean; dataPoints: Point[] }
  histogram?: { aggregationTemporality: string; dataPoints: Point[] }
}
interface Export {
  resourceMetrics: {
    resource: { attributes: Attribute[] }
    scopeMetrics: { scope: { name: string; version: string }; metrics: Metric[] }[]
  }[]
}

/** The generated code has no types of its own. */
interface MessageType {
  fromObject(value: object): object
  toObject(message: object, options: object): unknown
  encode(message: object): { finish(): Uint8Array }
  decode(bytes: Uint8Array): object
}
const { opentelemetry } = otlp as unknown as {
  opentelemetry: {
    proto: { collector: { metrics: { v1: { ExportMetricsServiceRequest: MessageType } } } }
  }
}
const request = opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest

/** Reads a body strictly: a field that the definitions do not have would be lost on a real collector. */
function readExport(body: string): Received {
  const sent: unknown = JSON.parse(body)
  const message = request.fromObject(sent as object)
  // To bytes and back: what a collector would have from the wire.
  const decoded = request.decode(request.encode(message).finish())
  const read = request.toObject(decoded, { longs: String, enums: String, arrays: true }) as Export
  const known = new Set(fieldsOf(read))
  const lost = new Set(fieldsOf(sent).filter((field) => !known.has(field)))
  if (lost.size > 0) throw new Error(`OTLP has no such field: ${[...lost].join(', ')}`)
  const [of, ...more] = read.resourceMetrics
  const [scoped] = of?.scopeMetrics ?? []
  if (of === undefined || scoped === undefined || more.length > 0)
    throw new Error('not one resource and scope')
  return {
    resource: attributesOf(of.resource.attributes),
    scope: { name: scoped.scope.name, version: scoped.scope.version },
    metrics: scoped.metrics.map(toMetric),
  }
}

function fieldsOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => fieldsOf(item, `${path}[]`))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => [
    `${path}.${key}`,
    ...fieldsOf(inner, `${path}.${key}`),
  ])
}

function attributesOf(attributes: readonly Attribute[]): Record<string, string> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue ?? '']))
}

function toMetric({ name, unit, sum, histogram }: Metric): ReceivedMetric {
  for (const { startTimeUnixNano, timeUnixNano } of [
    ...(sum?.dataPoints ?? []),
    ...(histogram?.dataPoints ?? []),
  ])
    if (BigInt(startTimeUnixNano) === 0n || BigInt(timeUnixNano) < BigInt(startTimeUnixNano))
      throw new Error(`${name} has no time that can be`)
  return {
    name,
    unit,
    temporality: sum?.aggregationTemporality ?? histogram?.aggregationTemporality ?? 'none',
    monotonic: sum?.isMonotonic ?? null,
    sums: (sum?.dataPoints ?? []).map(({ attributes, asInt, asDouble }) => ({
      attributes: attributesOf(attributes),
      value: Number(asInt ?? asDouble),
    })),
    histograms: (histogram?.dataPoints ?? []).map((point) => ({
      attributes: attributesOf(point.attributes),
      count: Number(point.count),
      sum: point.sum ?? NaN,
      bounds: point.explicitBounds ?? [],
      buckets: (point.bucketCounts ?? []).map(Number),
    })),
  }
}

/** On 127.0.0.1. `nextStatus` may be replaced at any time; a body that is not OTLP is answered with 400 and kept in `refused`. */
export async function startOtlpReceiver() {
  const received: Received[] = []
  const refused: string[] = []
  const bodies: string[] = []
  const state = { nextStatus: 200 }
  const cors = {
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Headers': 'content-type',
    'Access-Control-Allow-Methods': 'POST',
  }
  const server = createServer((incoming, response) => {
    if (incoming.method === 'OPTIONS') return response.writeHead(204, cors).end()
    let body = ''
    incoming.setEncoding('utf8')
    incoming.on('data', (chunk: string) => (body += chunk))
    incoming.on('end', () => {
      if (state.nextStatus !== 200) return response.writeHead(state.nextStatus, cors).end()
      bodies.push(body)
      try {
        if (incoming.method !== 'POST' || incoming.url !== '/v1/metrics') throw new Error('not where OTLP is')
        if (incoming.headers['content-type'] !== 'application/json') throw new Error('not JSON')
        received.push(readExport(body))
      } catch (error) {
        refused.push(String(error))
        return response.writeHead(400, cors).end()
      }
      response.writeHead(200, { ...cors, 'Content-Type': 'application/json' }).end('{}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/v1/metrics`,
    received,
    refused,
    bodies,
    state,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
