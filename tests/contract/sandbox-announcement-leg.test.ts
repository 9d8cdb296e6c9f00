// Extra legs dialled into a call: their way through ringing, playing and hanging up, and who leaves with whom.
import type { Models } from 'purecloud-platform-client-v2'
import { beforeEach, describe, expect, it } from 'vitest'
import { people } from '../../sandbox/org/people'
import { promptFlow } from '../../sandbox/org/prompt-flow'
import { firstCall, type Memory, openMemory, origin } from './sandbox-memory'

let memory: Memory
let call: ReturnType<typeof firstCall>
const address = 'sip:prompt-welcome@sandbox'
const welcomeMs = 3168
const answerMs = 600

beforeEach(async () => {
  memory = await openMemory()
  call = firstCall(memory)
})

const add = (...addresses: unknown[]) =>
  memory.api<Models.Conversation>('POST', `/api/v2/conversations/calls/${call.id}/participants`, {
    participants: addresses.map((wanted) => ({ address: wanted })),
  })
const legs = () => call.conversation.participants.filter(({ purpose }) => purpose === 'external')
const leg = () => legs()[0]!
const disconnect = (participantId: string | undefined) =>
  memory.api('PATCH', `/api/v2/conversations/calls/${call.id}/participants/${participantId}`, {
    state: 'disconnected',
  })
const customerState = (): string | undefined =>
  call.conversation.participants.find(({ id }) => id === call.customerId)?.state

describe('a leg', () => {
  it('is dialled, answers, plays to both sides in real time and hangs up', async () => {
    const { frames } = await memory.follow([call.topic])
    const answer = await add(address)
    expect(answer.status).toBe(202)
    expect(answer.body.participants).toContainEqual(expect.objectContaining({ address, purpose: 'external' }))
    expect(leg()).toMatchObject({ state: 'dialing', direction: 'outbound', address })
    await memory.clock.advance(answerMs)
    expect(leg()).toMatchObject({ state: 'connected', recordingState: 'active' })
    await memory.clock.advance(welcomeMs - 1)
    expect(leg().state).toBe('connected')
    await memory.clock.advance(1)
    expect(leg()).toMatchObject({ state: 'disconnected', disconnectType: 'endpoint' })
    expect(customerState()).toBe('connected')
    const states = frames.map(
      ({ eventBody }) =>
        (eventBody as Models.CallConversation).participants?.find(({ id }) => id === leg().id)?.state,
    )
    expect(states).toEqual(['dialing', 'connected', 'disconnected'])
    expect(memory.org.state().heard).toMatchObject([
      {
        backend: 'announcement-leg',
        heardBy: ['customer', 'agent'],
        url: `${origin}/cdn/en/standard/welcome.mp3`,
        playedMs: welcomeMs,
        outcome: 'completed',
      },
    ])
  })

  it('is in the recording', async () => {
    const fromMs = memory.startMs - memory.org.calls.all()[0]!.startedAtMs + answerMs
    await add(address)
    await memory.clock.advance(10_000)
    const url = `${origin}/cdn/en/standard/welcome.mp3`
    expect(memory.org.state().recordings[0]?.contains).toEqual([
      { kind: 'prompt', url, fromMs, toMs: fromMs + welcomeMs },
    ])
  })

  it('is in the recording only while that is not paused', async () => {
    await add(address)
    await memory.clock.advance(answerMs + 1000)
    await memory.control(`calls/${call.id}`, { recordingState: 'paused' })
    await memory.clock.advance(500)
    await memory.control(`calls/${call.id}`, { recordingState: 'active' })
    await memory.clock.advance(5000)
    const parts = memory.org.state().recordings[0]?.contains ?? []
    expect(parts.map(({ kind, fromMs, toMs }) => [kind, toMs - fromMs])).toEqual([
      ['prompt', 1000],
      ['gap', 500],
      ['prompt', welcomeMs - 1500],
    ])
  })

  it.each([
    ['+15550100001', 'tel:+15550100001', 'en'],
    ['tel:+15550100001;language=de', 'tel:+15550100001;language=de', 'de'],
    [`${address};language=es-ES`, `${address};language=es-ES`, 'es'],
    [`${address};language=pt`, `${address};language=pt`, 'en'],
  ])('at %s shows as %s and speaks %s', async (wanted, shown, language) => {
    await add(wanted)
    await memory.clock.advance(answerMs)
    expect(leg().address).toBe(shown)
    expect(memory.org.state().heard[0]?.url).toBe(`${origin}/cdn/${language}/standard/welcome.mp3`)
  })

  it.each([
    ['busy', answerMs, { disconnectType: 'error', errorInfo: { code: 'error.dial.busy' } }],
    ['no-answer', 10_000, { disconnectType: 'timeout' }],
  ])('that is %s ends without a sound', async (legAnswer, afterMs, end) => {
    await memory.control('settings', { legAnswer })
    await add(address)
    await memory.clock.advance(afterMs - 1)
    expect(leg().state).toBe('dialing')
    await memory.clock.advance(1)
    expect(leg()).toMatchObject({ state: 'disconnected', ...end })
    expect(leg().connectedTime).toBeUndefined()
    expect([customerState(), memory.org.state().heard]).toEqual(['connected', []])
  })

  it('to a number that nobody has ends with an error', async () => {
    await add('+15550109999')
    await memory.clock.advance(answerMs)
    expect(leg()).toMatchObject({ state: 'disconnected', disconnectType: 'error' })
  })
})

describe('a request for a leg', () => {
  it.each([['no address'], [''], [7], [undefined]])('to %s is refused', async (wanted) => {
    expect((await add(wanted)).status).toBe(400)
    expect(legs()).toEqual([])
  })

  it('without participants, in a strange call, by a stranger or after the end is refused', async () => {
    const path = `/api/v2/conversations/calls/${call.id}/participants`
    expect((await memory.api('POST', path, {})).status).toBe(400)
    const body = { participants: [{ address }] }
    expect((await memory.api('POST', path.replace(call.id, 'nobody'), body)).status).toBe(404)
    expect((await (await memory.as(people[1]!.id))('POST', path, body)).status).toBe(403)
    await memory.control(`calls/${call.id}`, { disconnected: true })
    expect((await add(address)).status).toBe(400)
  })

  it('is refused in a secure session, and a secure session beside a leg', async () => {
    const sessions = `/api/v2/conversations/${call.id}/participants/${call.customerId}/secureivrsessions`
    const wish = { flowId: promptFlow.id, userData: 'v1|welcome|en|p1' }
    await memory.api('POST', sessions, wish)
    await memory.clock.advance(1000)
    expect((await add(address)).status).toBe(409)
    await memory.clock.advance(5000)
    await add(address)
    expect(await memory.api('POST', sessions, wish)).toMatchObject({
      status: 409,
      body: { message: 'More than one external participant is connected to the conversation' },
    })
  })
})

describe('leaving', () => {
  beforeEach(async () => {
    await add(address)
    await memory.clock.advance(answerMs + 1000)
  })

  it('of the leg by the agent’s wish ends the leg only', async () => {
    expect((await disconnect(leg().id)).status).toBe(202)
    expect(leg()).toMatchObject({ state: 'disconnected', disconnectType: 'client' })
    expect(customerState()).toBe('connected')
    expect(memory.org.state().heard).toMatchObject([
      { playedMs: 1000, outcome: 'cut', reason: 'leg_disconnected' },
    ])
    await memory.clock.advance(10_000)
    expect(memory.org.state().heard).toHaveLength(1)
  })

  it('of the customer ends every leg', async () => {
    await memory.control(`calls/${call.id}`, { disconnected: true })
    expect(call.conversation.participants.every(({ state }) => state === 'disconnected')).toBe(true)
    expect(memory.org.state().heard).toMatchObject([{ outcome: 'cut', reason: 'participant_disconnected' }])
  })

  it('of the agent lets the prompt finish, and then the call', async () => {
    await disconnect(call.agentLegId)
    const agent = () => call.conversation.participants.find(({ id }) => id === call.agentLegId)
    expect(agent()).toMatchObject({ state: 'disconnected', wrapupRequired: true })
    expect([customerState(), leg().state]).toEqual(['connected', 'connected'])
    await memory.clock.advance(welcomeMs)
    expect([customerState(), leg().state]).toEqual(['disconnected', 'disconnected'])
    expect(memory.org.state().heard).toMatchObject([{ outcome: 'completed' }])
  })

  it('of the customer’s ear by hold cuts what they hear, not the leg', async () => {
    await memory.control(`calls/${call.id}`, { held: true })
    expect(memory.org.state().heard).toMatchObject([
      { playedMs: 1000, outcome: 'cut', reason: 'participant_held' },
    ])
    expect(leg().state).toBe('connected')
    await memory.clock.advance(welcomeMs)
    expect(leg().state).toBe('disconnected')
    const [part] = memory.org.state().recordings[0]?.contains ?? []
    expect(part && part.toMs - part.fromMs).toBe(welcomeMs)
  })
})

it('a leg that still rings ends with the agent', async () => {
  await add(address)
  await disconnect(call.agentLegId)
  expect([customerState(), leg().state]).toEqual(['disconnected', 'disconnected'])
  await memory.clock.advance(10_000)
  expect(memory.org.state().heard).toEqual([])
})

it('the state names every number', () => {
  const { announcementNumbers } = memory.org.state()
  expect(announcementNumbers[0]).toEqual({ prompt: 'welcome', number: '+15550100001', sip: address })
  expect(announcementNumbers.some(({ prompt }) => prompt.startsWith('faulty'))).toBe(false)
})
