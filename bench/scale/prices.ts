// The price list of the simulation: every happening that its plan knows, measured as often as its chance needs.
import { promptKeys } from '../../tests/support/desk-in-memory'
import { mediaApi } from '../../tests/support/backend-desk'
import {
  flapping,
  handover,
  play,
  reconnect,
  renewal,
  startOfPanel,
  teamMembers,
  teamOpens,
  type Cost,
} from './costs'
import { createDesktop, isLive, stateOf } from './desktop'

/** The same happening, measured with other chances: one of them is drawn each time. */
export type Prices = readonly Pick<Cost, 'requests' | 'channels'>[]

export interface PriceList {
  readonly alone: Prices
  readonly beside: Prices
  readonly play: Prices
  /** The team view opens beside its panel. */
  readonly team: Prices
  reconnect(panels: number, hasTeam: boolean): Prices
  handover(left: number): Prices
  renewal(panels: number): Prices
  flapping(panels: number, hasTeam: boolean): Prices
  readonly cdn: {
    readonly catalogueBytes: number
    /** How often a panel asks for the catalogue until it is there: a page that leaves for the login has asked too. */
    readonly loadsAlone: number
    readonly loadsBeside: number
    readonly files: number
    readonly fileBytes: number
  }
  readonly topicsOfPanel: number
  readonly topicsOfLead: number
  attributeBytes(plays: number): number
}

const seeds = [11, 12, 13]
/** Between these the next larger one is taken. */
const panelCounts = [1, 2, 3, 10]
const mostPlays = 24

type Measure = (panels: number, seed: number) => Promise<Cost>

async function byPanels(measure: Measure, seedsOf = seeds, counts = panelCounts) {
  const all = new Map<number, Prices>()
  for (const count of counts) {
    const prices: Cost[] = []
    for (const seed of seedsOf) prices.push(await measure(count, seed))
    all.set(count, prices)
  }
  return (panels: number): Prices => {
    const counted = counts.find((count) => count >= panels) ?? counts.at(-1) ?? 1
    return all.get(counted) ?? []
  }
}

export async function measurePrices(): Promise<PriceList> {
  const [seed = 1] = seeds
  const reconnects = await byPanels(reconnect)
  const teamReconnects = await byPanels((count, by) => reconnect(count, by, true), seeds, [1, 2, 3])
  const flaps = await byPanels(flapping)
  const teamFlaps = await byPanels((count, by) => flapping(count, by, true), seeds, [1, 2, 3])
  return {
    alone: [await startOfPanel(0, seed)],
    beside: [await startOfPanel(1, seed)],
    play: [await play(mediaApi, seed)],
    team: [await teamOpens(true, seed)],
    reconnect: (panels, hasTeam) => (hasTeam ? teamReconnects : reconnects)(panels),
    handover: await byPanels(handover, seeds, [1, 2, 9]),
    renewal: await byPanels(renewal, seeds, [1, 2, 3, 10]),
    flapping: (panels, hasTeam) => (hasTeam ? teamFlaps : flaps)(panels),
    ...(await measurePanel(seed)),
  }
}

/** One panel at rest, then played until its call holds no more attributes. */
async function measurePanel(seed: number) {
  const desktop = await createDesktop(seed)
  const callId = desktop.startCall()
  const seat = await desktop.openPanel(0, callId)
  await desktop.until(() => isLive(seat))
  const loadsAlone = desktop.cdn.filter(({ url }) => url.endsWith('.json')).length
  const catalogueBytes = Math.max(
    ...desktop.cdn.filter(({ url }) => url.endsWith('.json')).map(({ bytes }) => bytes),
  )
  desktop.lookAtPrompts(seat)
  await desktop.clock.advance(1_000)
  const files = desktop.cdn.filter(({ url }) => !url.endsWith('.json'))
  const topicsOfPanel = Math.max(...desktop.seen().channels.map(({ topics }) => topics.length))
  const bytes: number[] = []
  for (let plays = 0; plays <= mostPlays; plays += 1) {
    const ours = desktop.attributesOf(callId).filter(([name]) => name.startsWith('cueline.'))
    bytes.push(ours.reduce((sum, [name, value]) => sum + Buffer.byteLength(name + value), 0))
    desktop.click(seat, promptKeys[plays % promptKeys.length] ?? promptKeys[0])
    await desktop.until(() => stateOf(seat) === 'completed')
    await desktop.clock.advance(10_000)
  }
  desktop.cdn.length = 0
  const second = await desktop.openPanel(1, desktop.startCall())
  await desktop.clock.advance(1_000)
  const loadsBeside = desktop.cdn.length
  await desktop.closePanel(second)
  await desktop.closePanel(seat)
  return {
    cdn: {
      ...{ catalogueBytes, loadsAlone, loadsBeside },
      files: files.length,
      fileBytes: files.reduce((sum, file) => sum + file.bytes, 0),
    },
    topicsOfPanel,
    // One for each colleague, and the two who look on; the panel's own is on another channel.
    topicsOfLead: teamMembers + 2,
    attributeBytes: (plays: number) => bytes[Math.min(plays, mostPlays)] ?? 0,
  }
}
