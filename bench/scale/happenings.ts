// The table of elementary happenings: each measured once, with the requests that it costs.
import type { BenchRow } from '../bench'
import {
  backendsMeasured,
  callInStandingPanel,
  closing,
  endOfChannel,
  flapping,
  handover,
  play,
  reconnect,
  reconnectTwice,
  renewal,
  startOfPanel,
  teamOpens,
  tenAtOnce,
  type Cost,
} from './costs'
import { fullestMinute } from './tally'

const seed = 1

export async function measureHappenings(): Promise<{ rows: BenchRow[]; table: string }> {
  const costs: Cost[] = [
    await startOfPanel(0, seed),
    await startOfPanel(1, seed),
    await startOfPanel(9, seed),
    await tenAtOnce(seed),
    await callInStandingPanel(seed),
  ]
  for (const backend of backendsMeasured) costs.push(await play(backend, seed))
  const [, secureFlow] = backendsMeasured
  if (secureFlow) costs.push(await play(secureFlow, seed, { flowAttributes: false, flowEvents: false }))
  costs.push(
    await reconnect(1, seed),
    await reconnect(10, seed),
    await reconnect(1, seed, true),
    await reconnectTwice(seed),
    await handover(1, seed),
    await handover(9, seed),
    await renewal(1, seed),
    await renewal(10, seed),
    await teamOpens(true, seed),
    await teamOpens(false, seed),
    await endOfChannel(10, seed),
    await closing(seed),
    await flapping(1, seed),
    await flapping(10, seed),
    await flapping(2, seed, true),
  )
  const of = (cost: Cost) => fullestMinute(cost.requests.map(({ afterMs }) => afterMs))
  const lines = costs.map(
    (cost) =>
      `| ${cost.name} | ${cost.requests.length} | ${of(cost)} | ${cost.channels} | ${cost.cdn.requests} |`,
  )
  return {
    rows: costs.map((cost) => ({
      what: cost.name,
      value: cost.requests.length,
      unit: `requests, ${of(cost)} in a minute`,
    })),
    table: [
      '| what happens | requests | of these in a minute | new channels | CDN requests |',
      '| --- | --- | --- | --- | --- |',
      ...lines,
      '',
    ].join('\n'),
  }
}
