// Ten calls of one agent, each with a panel of its own, in one browser: as a desktop with interaction widgets has them.
import { decodeOAuthState, type OAuthReturn } from '../../src/core/launch'
import type { PlaybackState } from '../../src/core/playback'
import { ordinaryCall } from '../../sandbox/org/call-build'
import { signInInMemory } from '../../sandbox/org/wire'
import { createDeskInMemory, type DeskWishes, type OpenPanel } from './desk-in-memory'

export interface Seat extends OpenPanel {
  readonly interactionId: string
  /** Every state in which a playback of this panel was seen, in order. */
  readonly states: PlaybackState[]
}

const fromNowhere: OAuthReturn = { kind: 'none' }

export function createTenDesk(seed: number, settings: DeskWishes['settings'] = {}) {
  const count = 10
  const desk = createDeskInMemory(seed, { settings })
  const { org, clock } = desk
  const calls = [
    desk.interactionId,
    ...Array.from({ length: count - 1 }, () => org.calls.start(ordinaryCall).conversation.id),
  ]

  async function open(tab: number, returned?: OAuthReturn): Promise<Seat> {
    const interactionId = calls[tab] ?? ''
    const opened = await desk.open(tab, { interactionId, ...(returned && { returned }) })
    const states: PlaybackState[] = []
    opened.panel.playback.snapshot.subscribe(({ current }) => {
      if (current !== null && states.at(-1) !== current.state) states.push(current.state)
    })
    return { ...opened, interactionId, states }
  }

  async function openAll(first?: OAuthReturn): Promise<Seat[]> {
    const seats = [await open(0, first)]
    while (seats.length < count) seats.push(await open(seats.length, fromNowhere))
    return seats
  }

  return {
    ...desk,
    calls,
    /** The first brings a token from the login, the others nothing. */
    openAll: () => openAll(),
    /** Nobody brings anything. */
    openUnknown: () => openAll(fromNowhere),
    openNext: (tab: number) => open(tab, fromNowhere),
    /** The panel that went to the login is back from it, in the same frame. */
    async comeBack(tab: number, seat: Seat): Promise<Seat> {
      const state = decodeOAuthState(seat.left() ?? '')
      if (state === null) throw new Error('this panel has not left')
      seat.crash()
      return open(tab, { kind: 'token', token: await signInInMemory(org), expiresInS: 3_600, state })
    },
    /** The agent talks to one customer; all others wait. */
    talkTo(interactionId: string | null): void {
      for (const id of calls) org.calls.change(id, { held: id !== interactionId })
    },
    hold: (interactionId: string, held: boolean) => void org.calls.change(interactionId, { held }),
    /** Moves on in small steps until this is so; how long that took. */
    async until(isSo: () => boolean, limitMs = 30_000): Promise<number> {
      const since = clock.now()
      while (!isSo()) {
        if (clock.now() - since >= limitMs) throw new Error(`not so within ${limitMs} ms`)
        await clock.advance(10)
      }
      return clock.now() - since
    },
    /** What the organisation sees of all these panels. */
    seen() {
      const { channels, sockets } = org.state()
      return { channels: channels.length, sockets: sockets.length }
    },
  }
}

/** The agent's click. */
export function click({ panel }: Seat, key: string): void {
  const prompt = panel.prompts.snapshot.value.prompts.find((candidate) => candidate.key === key)
  if (prompt === undefined) throw new Error(`no prompt ${key}`)
  panel.queue.request(prompt)
}

export const isLive = ({ panel }: Seat) => panel.channel.snapshot.value.status === 'live'
export const isSignedIn = ({ panel }: Seat) => panel.session.snapshot.value.status === 'signed-in'
export const stateOf = ({ panel }: Seat) => panel.playback.snapshot.value.current?.state ?? null
