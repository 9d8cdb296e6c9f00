// What each elementary happening of a desktop costs: measured with the real services, one happening at a time.
import {
  announcementLeg,
  mediaApi,
  secureFlow,
  type BackendUnderTest,
} from '../../tests/support/backend-desk'
import { flappingMs, panelsOfTen } from './day'
import { createDesktop, isLive, stateOf, type Desktop, type DesktopWishes, type Seat } from './desktop'

/** What a happening made the desktop send, from its beginning on. */
export interface Cost {
  readonly name: string
  readonly requests: readonly { readonly afterMs: number; readonly what: string }[]
  /** Channels that were made for it. */
  readonly channels: number
  readonly cdn: { readonly requests: number; readonly bytes: number }
}

const quietMs = 8_000
export const teamMembers = 100

interface Ground {
  readonly desktop: Desktop
  readonly seats: Seat[]
}

async function panels(count: number, seed: number, wishes: DesktopWishes = {}): Promise<Ground> {
  const desktop = await createDesktop(seed, wishes)
  const seats: Seat[] = []
  while (seats.length < count) seats.push(await openNext({ desktop, seats }))
  await desktop.until(() => seats.every(isLive))
  await desktop.clock.advance(quietMs)
  return { desktop, seats }
}

/** A call comes, and its panel with it. */
async function openNext({ desktop, seats }: Ground): Promise<Seat> {
  const seat = await desktop.openPanel(seats.length, desktop.startCall())
  await desktop.until(() => seat.open.panel.prompts.snapshot.value.status === 'ready')
  desktop.lookAtPrompts(seat)
  return seat
}

/** Everything is closed afterwards: what is left behind would be a fault of the app. */
async function costOf(
  name: string,
  { desktop, seats }: Ground,
  happen: () => Promise<void>,
  watchMs = quietMs,
): Promise<Cost> {
  const startMs = desktop.clock.now()
  desktop.sent.length = desktop.cdn.length = 0
  await happen()
  await desktop.clock.advance(Math.max(0, watchMs - (desktop.clock.now() - startMs)))
  const sent = [...desktop.sent]
  const cdn = { requests: desktop.cdn.length, bytes: desktop.cdn.reduce((sum, { bytes }) => sum + bytes, 0) }
  for (const seat of seats) await desktop.closePanel(seat)
  return {
    name,
    requests: sent.map(({ atMs, what }) => ({ afterMs: atMs - startMs, what })),
    channels: sent.filter(({ what }) => what === 'POST /api/v2/notifications/channels').length,
    cdn,
  }
}

export async function startOfPanel(beside: number, seed: number): Promise<Cost> {
  const ground = await panels(beside, seed)
  const name = beside === 0 ? 'a panel opens alone' : `a panel opens beside ${beside}`
  return costOf(name, ground, async () => void ground.seats.push(await openNext(ground)))
}

export async function tenAtOnce(seed: number): Promise<Cost> {
  const ground = await panels(0, seed)
  return costOf('ten panels open at once', ground, async () => {
    while (ground.seats.length < panelsOfTen) ground.seats.push(await openNext(ground))
  })
}

export async function callInStandingPanel(seed: number): Promise<Cost> {
  const desktop = await createDesktop(seed)
  const seats = [await desktop.openPanel(0, null)]
  await desktop.clock.advance(quietMs)
  return costOf('a call arrives in a panel that is open', { desktop, seats }, async () => {
    desktop.startCall()
    await desktop.clock.advance(1_000)
  })
}

export const backendsMeasured: readonly BackendUnderTest[] = [mediaApi, secureFlow, announcementLeg]

export async function play(
  under: BackendUnderTest,
  seed: number,
  silence?: DesktopWishes['settings'],
): Promise<Cost> {
  const ground = await panels(1, seed, {
    config: under.config,
    settings: { ...under.settings, ...silence },
    cdn: under.name === 'media-api',
  })
  const seat = ground.seats[0] as Seat
  const name = `a prompt is played by ${under.name}${silence ? ', the flow says nothing' : ''}`
  return costOf(
    name,
    ground,
    async () => {
      ground.desktop.click(seat, 'welcome')
      await ground.desktop.until(() => stateOf(seat) === 'completed', 60_000)
    },
    30_000,
  )
}

export async function reconnect(count: number, seed: number, hasTeam = false): Promise<Cost> {
  const ground = await panels(count, seed, hasTeam ? { team: { members: teamMembers, isLead: true } } : {})
  const team = hasTeam ? await ground.desktop.watchTeam() : null
  await ground.desktop.clock.advance(quietMs)
  const beside = hasTeam ? `, and the team view of ${teamMembers}` : ''
  const name = `the connection breaks under ${count} ${count === 1 ? 'panel' : 'panels'}${beside}`
  const happen = () => Promise.resolve(ground.desktop.cut())
  const cost = await costOf(name, ground, happen, 60_000)
  team?.dispose()
  return cost
}

/** The second break comes while what the first one missed is still being read. */
export async function reconnectTwice(seed: number): Promise<Cost> {
  const ground = await panels(2, seed, { team: { members: teamMembers, isLead: true } })
  const team = await ground.desktop.watchTeam()
  const name = `the connection breaks twice in a minute under 2 panels, and the team view of ${teamMembers}`
  const happen = async () => {
    ground.desktop.cut()
    await ground.desktop.clock.advance(20_000)
    ground.desktop.cut()
  }
  const cost = await costOf(name, ground, happen, 300_000)
  team.dispose()
  return cost
}

export async function handover(left: number, seed: number): Promise<Cost> {
  const ground = await panels(left + 1, seed)
  const first = ground.seats.shift() as Seat
  const name = `the panel that holds the connection closes, ${left} ${left === 1 ? 'stays' : 'stay'}`
  return costOf(name, ground, () => ground.desktop.closePanel(first))
}

export async function renewal(count: number, seed: number): Promise<Cost> {
  const lifeS = 600
  const ground = await panels(count, seed, { settings: { tokenLifetimeS: lifeS } })
  const { desktop, seats } = ground
  const name = `the token is renewed for ${count} ${count === 1 ? 'panel' : 'panels'}`
  await desktop.until(() => seats.some(({ open }) => open.left() !== null), lifeS * 1000)
  return costOf(name, ground, async () => {
    for (const [place, seat] of seats.entries()) seats[place] = await desktop.renew(seat)
  })
}

export async function teamOpens(isLead: boolean, seed: number): Promise<Cost> {
  const ground = await panels(1, seed, { team: { members: teamMembers, isLead } })
  const name = `the team view of ${teamMembers} opens, ${isLead ? 'their calls may be followed' : 'only presence may be followed'}`
  return costOf(name, ground, async () => {
    const team = await ground.desktop.watchTeam()
    team.dispose()
  })
}

/** The platform ends a channel after a day, and says so before. */
export async function endOfChannel(count: number, seed: number): Promise<Cost> {
  const ground = await panels(count, seed)
  const { desktop } = ground
  const { channels } = desktop.seen()
  return costOf(`a channel ends after its day, under ${count} panels`, ground, () =>
    desktop.control(`socket-closing/${channels.at(-1)?.id ?? ''}`, {}),
  )
}

export async function closing(seed: number): Promise<Cost> {
  const ground = await panels(1, seed)
  const seat = ground.seats.shift() as Seat
  return costOf('the last panel closes', ground, () => ground.desktop.closePanel(seat))
}

/** Ten minutes in which no connection lives for longer than a second. */
export async function flapping(count: number, seed: number, hasTeam = false): Promise<Cost> {
  const ground = await panels(count, seed, hasTeam ? { team: { members: teamMembers, isLead: true } } : {})
  const { desktop } = ground
  const team = hasTeam ? await desktop.watchTeam() : null
  await desktop.clock.advance(quietMs)
  const name = `ten minutes of a connection that breaks within a second, under ${count} ${count === 1 ? 'panel' : 'panels'}${hasTeam ? ', and the team view' : ''}`
  const happen = () => flap(desktop, flappingMs)
  const cost = await costOf(name, ground, happen, flappingMs + 60_000)
  team?.dispose()
  return cost
}

async function flap(desktop: Desktop, forMs: number): Promise<void> {
  for (let passedMs = 0; passedMs < forMs; passedMs += 1_000) {
    if (desktop.openSockets() > 0) desktop.cut()
    await desktop.clock.advance(1_000)
  }
}
