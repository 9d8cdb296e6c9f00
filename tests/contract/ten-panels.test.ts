// Ten whole panels over the whole organisation, in memory: one login, one channel, one socket, and nobody's events lost.
import { afterEach, describe, expect, it } from 'vitest'
import { promptMs } from '../support/desk-in-memory'
import { click, createTenDesk, isLive, isSignedIn, stateOf, type Seat } from '../support/ten-desk'

type TenDesk = ReturnType<typeof createTenDesk>
const opened: { desk: TenDesk; seats: Seat[] }[] = []

async function tenSignedIn(seed = 1, settings = {}) {
  const desk = createTenDesk(seed, settings)
  const seats = await desk.openAll()
  opened.push({ desk, seats })
  await desk.clock.advance(500)
  const at = (index: number): Seat => {
    const seat = seats[index]
    if (seat === undefined) throw new Error(`no panel ${index}`)
    return seat
  }
  return { desk, seats, at }
}

/** Whatever a test did: panels that are gone leave nothing behind. */
afterEach(() => {
  for (const { desk, seats } of opened.splice(0)) {
    for (const seat of seats) seat.crash()
    expect([desk.openSockets(), desk.pendingTimers(), desk.browser.locks.size]).toEqual([0, 0, 0])
  }
})

describe('ten panels of one desktop', () => {
  it('have one channel and one socket, and each is live in its own call', async () => {
    const { desk, seats } = await tenSignedIn()
    expect(desk.seen()).toEqual({ channels: 1, sockets: 1 })
    expect(desk.openSockets()).toBe(1)
    expect(seats.filter(isLive)).toHaveLength(10)
    expect(seats.map(({ panel }) => panel.live.snapshot.value.interaction?.id)).toEqual(desk.calls)
  })

  it('are all signed in by the token of the first: nobody else goes to the login', async () => {
    const { seats } = await tenSignedIn()
    expect(seats.filter(isSignedIn)).toHaveLength(10)
    expect(seats.filter((seat) => seat.left() !== null)).toHaveLength(0)
  })

  it('send one of them to the login where nobody is signed in; when it is back, all ten are', async () => {
    const desk = createTenDesk(2)
    const seats = await desk.openUnknown()
    opened.push({ desk, seats })
    await desk.clock.advance(2_000)
    expect(seats.map((seat) => seat.left() !== null)).toEqual(seats.map((_, index) => index === 0))
    expect(desk.seen()).toEqual({ channels: 0, sockets: 0 })
    seats[0] = await desk.comeBack(0, seats[0] as Seat)
    await desk.clock.advance(500)
    expect(seats.filter(isSignedIn)).toHaveLength(10)
    expect(seats.filter(isLive)).toHaveLength(10)
    expect(seats.filter((seat) => seat.left() !== null)).toHaveLength(0)
    expect(desk.seen()).toEqual({ channels: 1, sockets: 1 })
  })

  it('renew the token once between them, and stay connected', async () => {
    const { desk, seats } = await tenSignedIn(3, { tokenLifetimeS: 600 })
    await desk.until(() => seats.some((seat) => seat.left() !== null), 600_000)
    const gone = seats.findIndex((seat) => seat.left() !== null)
    await desk.clock.advance(1_000)
    expect(seats.filter((seat) => seat.left() !== null)).toHaveLength(1)
    seats[gone] = await desk.comeBack(gone, seats[gone] as Seat)
    await desk.clock.advance(20_000)
    expect(seats.filter((seat) => seat.left() !== null)).toHaveLength(0)
    expect(seats.filter(isSignedIn)).toHaveLength(10)
    expect(seats.filter(isLive)).toHaveLength(10)
    expect(desk.openSockets()).toBe(1)
  })

  it('hear of a playback each in its own call, one call after the other', async () => {
    const { desk, seats } = await tenSignedIn(4)
    for (const [index, seat] of seats.entries()) {
      desk.talkTo(seat.interactionId)
      await desk.clock.advance(100)
      click(seat, index % 2 === 0 ? 'welcome' : 'goodbye')
      await desk.until(() => stateOf(seat) === 'playing')
      expect(seats.filter((other) => stateOf(other) === 'playing')).toEqual([seat])
      await desk.until(() => stateOf(seat) === 'completed')
    }
    for (const { states } of seats) expect(states.filter((state) => state === 'completed')).toHaveLength(1)
    expect(
      desk.org
        .state()
        .plays.map(({ interactionId }) => interactionId)
        .sort(),
    ).toEqual([...desk.calls].sort())
  })
})

describe('the panel that leads', () => {
  it.each([
    ['crashes', (seat: Seat) => Promise.resolve(seat.crash())],
    [
      'is closed by the desktop',
      async (seat: Seat) => {
        await seat.stop()
        seat.panel.dispose()
      },
    ],
  ])(
    '%s in the middle of a playback of another: no event is lost, all others are live within 1 s',
    async (_how, goes) => {
      const { desk, seats, at } = await tenSignedIn(5)
      desk.talkTo(at(6).interactionId)
      await desk.clock.advance(100)
      click(at(6), 'welcome')
      await desk.until(() => stateOf(at(6)) === 'playing')
      const startedMs = desk.clock.now()
      await goes(at(0))
      const others = seats.slice(1)
      // The new leader is not live before it has a connection of its own.
      await desk.until(() => !others.every(isLive), 100)
      expect(await desk.until(() => others.every(isLive))).toBeLessThan(1_000)
      expect(desk.openSockets()).toBe(1)
      await desk.until(() => stateOf(at(6)) === 'completed')
      expect(desk.clock.now() - startedMs).toBeLessThan(promptMs + 200)
      expect(at(6).states).not.toContain('unknown')
      expect(at(6).states.slice(-2)).toEqual(['playing', 'completed'])
    },
  )

  it('crashes again and again, and the last panel still plays', async () => {
    const { desk, seats, at } = await tenSignedIn(6)
    for (const seat of seats.slice(0, 9)) {
      seat.crash()
      await desk.clock.advance(1_000)
      expect(desk.openSockets()).toBe(1)
    }
    expect(isLive(at(9))).toBe(true)
    click(at(9), 'goodbye')
    await desk.until(() => stateOf(at(9)) === 'completed')
  })

  it('crashes while another panel waits for its word: the next click works', async () => {
    const { desk, at } = await tenSignedIn(7)
    const watching = at(3)
    click(watching, 'welcome')
    at(0).crash()
    await desk.clock.advance(1_500)
    if (stateOf(watching) === 'rejected') click(watching, 'welcome')
    await desk.until(() => stateOf(watching) === 'completed')
    expect(desk.org.state().plays).toHaveLength(1)
  })

  it('is found again by a panel that opens later: no login, no second socket', async () => {
    const { desk, seats, at } = await tenSignedIn(8)
    at(4).crash()
    seats[4] = await desk.openNext(4)
    await desk.clock.advance(500)
    expect([isSignedIn(at(4)), isLive(at(4)), at(4).left()]).toEqual([true, true, null])
    expect(desk.openSockets()).toBe(1)
  })
})

describe('two calls with the same file', () => {
  it('one after the other: the second moves only its own, though nobody knows how the first ended', async () => {
    const { desk, at } = await tenSignedIn(9)
    const [first, second] = [at(1), at(2)]
    desk.talkTo(first.interactionId)
    await desk.clock.advance(100)
    click(first, 'welcome')
    await desk.until(() => stateOf(first) === 'playing')
    first.panel.playback.channelLost()
    expect(stateOf(first)).toBe('unknown')
    desk.talkTo(second.interactionId)
    await desk.clock.advance(500)
    const before = stateOf(first)
    click(second, 'welcome')
    await desk.until(() => stateOf(second) === 'completed')
    expect(stateOf(first)).toBe(before)
    expect(first.states).not.toContain('completed')
  })

  it('is no playback of theirs, and none in their call: the others may play another file', async () => {
    const { desk, seats, at } = await tenSignedIn(10)
    click(at(1), 'welcome')
    await desk.until(() => stateOf(at(1)) === 'playing')
    expect(seats.filter(({ panel }) => panel.playback.snapshot.value.foreign !== null)).toEqual([])
    click(at(2), 'goodbye')
    await desk.until(() => stateOf(at(1)) === 'completed' && stateOf(at(2)) === 'completed')
    expect(seats.filter(({ states }) => states.length > 0)).toEqual([at(1), at(2)])
  })

  it('that both can be heard in do not play it at once: nobody could say which one ended', async () => {
    const { desk, at } = await tenSignedIn(11)
    click(at(1), 'welcome')
    await desk.until(() => stateOf(at(1)) === 'playing')
    click(at(2), 'welcome')
    await desk.clock.advance(100)
    expect(at(2).panel.playback.snapshot.value.current?.failure?.code).toBe('already_playing')
    await desk.until(() => stateOf(at(1)) === 'completed')
    expect(at(2).states).not.toContain('completed')
    await desk.clock.advance(100)
    click(at(2), 'welcome')
    await desk.until(() => stateOf(at(2)) === 'completed')
    expect(desk.org.state().plays).toHaveLength(2)
  })
})
