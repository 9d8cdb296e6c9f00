// One agent's whole day through the real services, on the virtual clock: what the simulation is held against.
import { promptKeys } from '../../tests/support/desk-in-memory'
import { teamMembers } from './costs'
import { hourMs, type AgentDay } from './day'
import { createDesktop, type Desktop, type DesktopWishes, type Seat } from './desktop'
import type { DesktopDay } from './tally'

/** A token lives for two hours, so that desktops which stay open renew theirs. */
export const tokenLifetimeS = 7_200
/** Of its own: what the customer's call brought along is not Cueline's. */
const isOurs = ([name]: readonly [string, string]): boolean => name.startsWith('cueline.')

interface Step {
  readonly atMs: number
  run(): Promise<void>
}

export async function liveDay(day: AgentDay, hours: number, wishes: DesktopWishes = {}): Promise<DesktopDay> {
  const isLead = day.habit === 'lead'
  const desktop = await createDesktop(day.agent + 1, {
    settings: { tokenLifetimeS },
    ...(isLead ? { team: { members: teamMembers, isLead } } : {}),
    ...wishes,
  })
  const { clock, sent, cdn } = desktop
  const shiftMs = clock.now() - day.signInMs
  const frames = createFrames(desktop)
  const attributeBytes: number[] = []
  let channelsAtOnce = 0
  let topicsMost = 0

  function look(): void {
    const { channels, sockets } = desktop.seen()
    channelsAtOnce = Math.max(channelsAtOnce, sockets.length)
    topicsMost = Math.max(topicsMost, ...channels.map(({ topics }) => topics.length))
  }

  async function advanceTo(atMs: number): Promise<void> {
    const { flapping } = day
    while (clock.now() - shiftMs < atMs) {
      const nowMs = clock.now() - shiftMs
      const isFlapping =
        flapping !== null && nowMs >= flapping.fromMs && nowMs < flapping.fromMs + flapping.forMs
      if (isFlapping && desktop.openSockets() > 0) desktop.cut()
      await clock.advance(Math.min(atMs - nowMs, isFlapping ? 1_000 : 10_000))
      await frames.renew()
    }
  }

  const steps: Step[] = day.cutsMs.map((atMs) => ({
    atMs,
    run: () => Promise.resolve(desktop.cut()),
  }))
  const closing = new Map<number, (() => Promise<number>)[]>()
  for (const call of day.calls) {
    let seat: Promise<number> | null = null
    let callId = ''
    steps.push({
      atMs: call.startMs,
      run: async () => void (await (seat = frames.open((callId = desktop.startCall())))),
    })
    for (const [index, atMs] of call.playsMs.entries())
      steps.push({
        atMs,
        async run() {
          const key = promptKeys[index % promptKeys.length] ?? promptKeys[0]
          frames.click((await seat) ?? 0, key)
        },
      })
    steps.push({
      atMs: call.endMs,
      run() {
        const ours = desktop.attributesOf(callId).filter(isOurs)
        attributeBytes.push(ours.reduce((sum, [name, value]) => sum + Buffer.byteLength(name + value), 0))
        desktop.endCall(callId)
        return Promise.resolve()
      },
    })
    const together = closing.get(call.closeMs) ?? []
    closing.set(call.closeMs, [...together, async () => (await seat) ?? 0])
  }
  // Those that close at the same moment are gone at once, as with a reload of the whole desktop.
  for (const [atMs, places] of closing)
    steps.push({ atMs, run: async () => frames.close(await Promise.all(places.map((place) => place()))) })
  const isStanding = isLead || day.habit === 'standing'
  if (isStanding) await frames.open(null)
  const team = isLead ? await desktop.watchTeam() : null
  for (const { atMs, run } of steps.sort((a, b) => a.atMs - b.atMs)) {
    await advanceTo(atMs)
    await run()
    look()
  }
  await advanceTo(Math.max(hours * hourMs, clock.now() - shiftMs) + 60_000)
  team?.dispose()
  await frames.closeAll()
  if (desktop.openSockets() + desktop.pendingTimers() > 0) throw new Error('The day left something behind.')
  return {
    sentMs: sent.map(({ atMs }) => atMs - shiftMs),
    refused: sent.filter(({ status }) => status === 429).length,
    logins: desktop.logins(),
    channelsMade: sent.filter(({ what }) => what === 'POST /api/v2/notifications/channels').length,
    channelsAtOnce,
    topicsMost,
    cdn: cdn.map(({ atMs, bytes }) => ({ atMs: atMs - shiftMs, bytes })),
    attributeBytes,
  }
}

/** The frames of the desktop: a panel goes into the first that is free. */
function createFrames(desktop: Desktop) {
  const seats: (Seat | null)[] = []
  return {
    async open(callId: string | null): Promise<number> {
      const free = seats.indexOf(null)
      const place = free === -1 ? seats.length : free
      const seat = await desktop.openPanel(place, callId)
      seats[place] = seat
      const { prompts } = seat.open.panel
      await desktop.until(() => prompts.snapshot.value.status === 'ready')
      desktop.lookAtPrompts(seat)
      return place
    },
    click(place: number, key: string): void {
      const seat = seats[place]
      if (seat) desktop.click(seat, key)
    },
    async close(places: readonly number[]): Promise<void> {
      await desktop.closePanels(places.flatMap((place) => seats[place] ?? []))
      for (const place of places) seats[place] = null
    },
    async renew(): Promise<void> {
      for (const [place, seat] of seats.entries()) if (seat) seats[place] = await desktop.renew(seat)
    },
    async closeAll(): Promise<void> {
      await desktop.closePanels(seats.flatMap((seat) => seat ?? []))
    },
  }
}
