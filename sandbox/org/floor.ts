// A busy floor: up to 1,000 simulated agents with calls and playbacks, at a chosen pace, the same ones for the same seed.
import { buildConversation, ordinaryCall } from './call-build'
import type { LiveCall } from './calls'
import type { Clock } from './clock'
import { floorQueue } from './directory'
import { badgeAttribute, type FloorPlayback, writeFloorBadge } from './floor-badge'
import { floorPeople } from './floor-people'
import {
  afterStep,
  chooseOutcome,
  choosePlay,
  type FloorOutcome,
  type FloorStep,
  waitAfter,
} from './floor-plan'
import { agentOf, customerOf } from './call-facts'
import { endCall } from './leaving'
import type { Person } from './people'
import { createSeededRandom } from './random'

export interface FloorWish {
  agents: number
  /** Of all agents together, on average: each call has four, its start, a prompt's start and outcome, its end. */
  eventsPerSecond: number
  seed: number
}

/** What is true of one agent now. */
export interface FloorAgent {
  userId: string
  name: string
  conversationId: string | null
  /** The one of their latest call. */
  playback: FloorPlayback | null
  /** What stands in the attribute on their participant of the call; null: nothing. */
  badge: string | null
  /** When something last happened to them. */
  changedAtMs: number
}

export interface FloorState extends FloorWish {
  isRunning: boolean
  /** How many events there were since it was opened. */
  events: number
  members: FloorAgent[]
}

export interface Floor {
  open(wish: FloorWish): void
  /** Nothing happens any more; everything stays as it is. */
  pause(): void
  close(): void
  state(): FloorState | null
  findCall(id: string): LiveCall | undefined
  callsOf(userId: string): readonly LiveCall[]
}

interface FloorParts {
  clock: Clock
  setPeople(agents: readonly Person[]): void
  /** A call of the floor is not what it was. */
  changed(call: LiveCall): void
}

interface Desk {
  person: Person
  agent: FloorAgent
  call: LiveCall | null
  step: FloorStep
  dueMs: number
  outcome: FloorOutcome
}

/** Where each agent stands when the floor opens: somewhere in the middle of their day. */
const stepsBefore = 8

export function createFloor({ clock, setPeople, changed }: FloorParts): Floor {
  let desks: Desk[] = []
  let wish: FloorWish | null = null
  let random = createSeededRandom(0)
  let events = 0
  let undo: (() => void) | null = null

  const wait = () => ({
    cycleMs: (4_000 * desks.length) / Math.max(wish?.eventsPerSecond ?? 0, 0.001),
    random,
  })

  /** Does what is due at this desk, at the time at which it is due. */
  function act(desk: Desk): LiveCall | null {
    const { agent, step, dueMs } = desk
    agent.changedAtMs = dueMs
    if (step === 'call') {
      const conversation = buildConversation(
        { ...ordinaryCall, queue: floorQueue },
        desk.person,
        dueMs,
        random,
      )
      const id = conversation.id ?? random.id()
      desk.call = { conversation: { ...conversation, id }, startedAtMs: dueMs }
      Object.assign(agent, { conversationId: id, playback: null, badge: null })
    }
    if (step === 'play') {
      const id = random.token().slice(0, 12)
      agent.playback = { id, ...choosePlay(wait()), state: 'playing', startedAtMs: dueMs, endedAtMs: null }
      desk.outcome = chooseOutcome(random)
    }
    if (step === 'outcome' && agent.playback)
      Object.assign(agent.playback, { state: desk.outcome, endedAtMs: dueMs })
    if (step === 'play' || step === 'outcome') writeBadge(desk)
    const { call } = desk
    if (step === 'hang-up' && call) {
      endCall(call.conversation, customerOf(call.conversation).id, new Date(dueMs).toISOString())
      delete agentOf(call.conversation).wrapupRequired
      desk.call = null
      Object.assign(agent, { conversationId: null, badge: null })
    }
    const play = agent.playback ?? { promptKey: '', language: '', durationMs: 0 }
    desk.step = afterStep(step)
    desk.dueMs = dueMs + waitAfter(step, play, desk.outcome, wait())
    return call
  }

  function writeBadge({ agent, call }: Desk): void {
    if (!call || !agent.playback) return
    agent.badge = writeFloorBadge(agent.playback)
    const leg = agentOf(call.conversation)
    leg.attributes = { ...leg.attributes, [badgeAttribute]: agent.badge }
  }

  const firstDue = (): Desk | undefined =>
    desks.reduce<Desk | undefined>(
      (first, desk) => (first && first.dueMs <= desk.dueMs ? first : desk),
      undefined,
    )

  function schedule(): void {
    undo?.()
    const next = firstDue()
    undo = next ? clock.after(Math.max(0, next.dueMs - clock.now()), run) : null
  }

  /** All that is due by now, in the order of its time. */
  function run(): void {
    const now = clock.now()
    for (let desk = firstDue(); desk && desk.dueMs <= now; desk = firstDue()) {
      const call = act(desk)
      events += 1
      if (call) changed(call)
    }
    schedule()
  }

  function close(): void {
    undo?.()
    undo = null
    desks = []
    wish = null
    setPeople([])
  }

  return {
    open(wanted) {
      close()
      wish = wanted
      events = 0
      random = createSeededRandom(wanted.seed)
      const staff = floorPeople(wanted.agents)
      setPeople(staff)
      desks = staff.map((person) => ({
        person,
        call: null,
        step: 'call',
        dueMs: 0,
        outcome: 'completed',
        agent: {
          userId: person.id,
          name: person.name,
          conversationId: null,
          playback: null,
          badge: null,
          changedAtMs: clock.now(),
        },
      }))
      const { cycleMs } = wait()
      const openedAtMs = clock.now()
      for (const desk of desks) {
        desk.dueMs = openedAtMs - (stepsBefore / 4) * cycleMs + random.below(1_000) * (cycleMs / 1_000)
        while (desk.dueMs < openedAtMs) act(desk)
      }
      if (wanted.eventsPerSecond > 0) schedule()
    },
    pause() {
      undo?.()
      undo = null
    },
    close,
    state: () =>
      wish && {
        ...wish,
        isRunning: undo !== null,
        events,
        members: desks.map(({ agent }) => ({ ...agent })),
      },
    findCall: (id) => desks.find(({ call }) => call?.conversation.id === id)?.call ?? undefined,
    callsOf: (userId) => desks.flatMap(({ person, call }) => (person.id === userId && call ? [call] : [])),
  }
}
