// Secure IVR sessions: who may start one, what the flow does and tells, what each side hears, how it can end.
import type { Models } from 'purecloud-platform-client-v2'
import { beforeEach, describe, expect, it } from 'vitest'
import { agentId, people, supervisorId } from '../../sandbox/org/people'
import { promptFlow } from '../../sandbox/org/prompt-flow'
import { firstCall, type Memory, openMemory, origin } from './sandbox-memory'

let memory: Memory
let call: ReturnType<typeof firstCall>
let sessions: string
const welcomeMs = 3168
const wayInMs = 250

beforeEach(async () => {
  memory = await openMemory()
  call = firstCall(memory)
  sessions = `/api/v2/conversations/${call.id}/participants/${call.customerId}/secureivrsessions`
})

const wish = (userData = 'v1|welcome|en-GB|p1', more: Partial<Models.CreateSecureSession> = {}) => ({
  flowId: promptFlow.id,
  userData,
  ...more,
})
const start = (body: unknown = wish()) => memory.api<Models.SecureSession>('POST', sessions, body)
const stateOf = async (id: string | undefined): Promise<string> =>
  (await memory.api<Models.SecureSession>('GET', `${sessions}/${id}`)).body.state
const progress = (): string | undefined =>
  call.conversation.participants.find(({ id }) => id === call.customerId)?.attributes?.['cueline.flow']
const told = (frames: { topicName?: string; eventBody?: Record<string, unknown> }[]): string[] => {
  const words = frames
    .filter(({ topicName }) => topicName === call.topic)
    .map(({ eventBody }) => (eventBody as Models.CallConversation).participants ?? [])
    .map((legs) => legs.find(({ id }) => id === call.customerId)?.attributes?.['cueline.flow'] ?? '')
  return words.filter((word, place) => word !== '' && word !== words[place - 1])
}

describe('a request for a session', () => {
  it('is answered with the session, which waits', async () => {
    const { status, body } = await start()
    expect(status).toBe(200)
    expect(body).toMatchObject({
      flow: { id: promptFlow.id, name: 'cueline-prompt' },
      userData: 'v1|welcome|en-GB|p1',
      state: 'PENDING',
      sourceParticipantId: call.agentLegId,
      disconnect: false,
    })
    const listed = await memory.api<Models.SecureSessionEntityListing>('GET', sessions)
    expect(listed.body.entities).toEqual([body])
    expect((await memory.api('GET', `${sessions}/${body.id}`)).body).toEqual(body)
  })

  it.each([
    ['no flowId', { userData: 'x' }, 400],
    ['no userData', { flowId: promptFlow.id }, 400],
    ['a disconnect that is a text', { ...wish(), disconnect: 'no' }, 400],
    ['an unknown flow', { ...wish(), flowId: 'nobody' }, 404],
  ])('with %s is refused', async (_, body, status) => {
    expect((await start(body)).status).toBe(status)
  })

  it('is refused to whoever is not in the conversation, whatever they may see', async () => {
    for (const person of [people[1]!.id, supervisorId]) {
      const api = await memory.as(person)
      expect((await api('POST', sessions, wish())).status).toBe(403)
    }
  })

  it('is refused in the words of the vendor while a supervisor monitors', async () => {
    await memory.control(`calls/${call.id}`, { monitored: true })
    expect(await start()).toMatchObject({
      status: 409,
      body: { message: 'More than one external participant is connected to the conversation' },
    })
    await memory.control(`calls/${call.id}`, { monitored: false })
    expect((await start()).status).toBe(200)
  })

  it('is refused while another session runs, and for another participant than the customer', async () => {
    await start()
    expect((await start()).status).toBe(409)
    const mine = sessions.replace(call.customerId, call.agentLegId)
    expect((await memory.api('POST', mine, wish())).status).toBe(400)
    expect((await memory.api('POST', sessions.replace(call.customerId, 'nobody'), wish())).status).toBe(404)
  })

  it('cannot be taken back', async () => {
    const { body } = await start()
    expect((await memory.api('DELETE', `${sessions}/${body.id}`)).status).toBe(501)
  })
})

describe('the prompt flow', () => {
  it('plays in real time to the customer alone, and tells it by attributes', async () => {
    const { frames } = await memory.follow([call.topic])
    const { body } = await start()
    await memory.clock.advance(wayInMs)
    expect(progress()).toBe('v1|p1|playing')
    await memory.clock.advance(welcomeMs - 1)
    expect([progress(), await stateOf(body.id)]).toEqual(['v1|p1|playing', 'PENDING'])
    await memory.clock.advance(1)
    expect(progress()).toBe('v1|p1|completed')
    await memory.clock.advance(1000)
    expect(await stateOf(body.id)).toBe('COMPLETED')
    expect(told(frames)).toEqual(['v1|p1|playing', 'v1|p1|completed'])
    expect(memory.org.state().heard).toMatchObject([
      {
        interactionId: call.id,
        backend: 'secure-flow',
        heardBy: ['customer'],
        url: `${origin}/cdn/en/standard/welcome.mp3`,
        playedMs: welcomeMs,
        outcome: 'completed',
      },
    ])
  })

  it('takes the customer apart: no recording, a participant of its own, then everything as before', async () => {
    await start()
    await memory.clock.advance(1000)
    expect(call.conversation).toMatchObject({ recordingState: 'PAUSED', securePause: true })
    const customer = () => call.conversation.participants.find(({ id }) => id === call.customerId)
    expect(customer()).toMatchObject({ state: 'connected', securePause: true, recordingState: 'paused' })
    const flow = () => call.conversation.participants.find(({ purpose }) => purpose === 'ivr')
    expect(flow()).toMatchObject({ state: 'connected', name: 'cueline-prompt' })
    await memory.clock.advance(5000)
    expect(call.conversation).toMatchObject({ recordingState: 'ACTIVE', securePause: false })
    expect(customer()).toMatchObject({ securePause: false, recordingState: 'active', recording: true })
    expect(flow()).toMatchObject({ state: 'disconnected', disconnectType: 'transfer' })
  })

  it('leaves a gap in the recording and no prompt', async () => {
    const { startedAtMs } = memory.org.calls.all()[0]!
    const offsetMs = memory.startMs - startedAtMs
    await start()
    await memory.clock.advance(10_000)
    const fromMs = offsetMs + wayInMs
    expect(memory.org.state().recordings[0]).toEqual({
      interactionId: call.id,
      contains: [{ kind: 'gap', fromMs, toMs: fromMs + welcomeMs + 100 }],
    })
  })

  it.each([
    ['de_DE', '/cdn/de/standard/welcome.mp3'],
    ['fr', '/cdn/fr/standard/welcome.mp3'],
    ['pt-BR', '/cdn/en/standard/welcome.mp3'],
  ])('finds the recording for %s', async (language, path) => {
    await start(wish(`v1|welcome|${language}|p1`))
    await memory.clock.advance(1000)
    expect(memory.org.state().heard[0]?.url).toBe(`${origin}${path}`)
  })

  it.each([
    ['v1|no-such-prompt|en|p7', 'v1|p7|failed|prompt_missing'],
    ['v1|faulty-truncated|en|p7', 'v1|p7|failed|prompt_without_audio'],
    ['v2|welcome|en|p7', 'v1|p7|failed|user_data_invalid'],
    ['nonsense', 'v1||failed|user_data_invalid'],
  ])('given %s says so, plays nothing and returns the customer', async (userData, word) => {
    const { body } = await start(wish(userData))
    await memory.clock.advance(1000)
    expect([progress(), await stateOf(body.id)]).toEqual([word, 'FAILED'])
    expect(memory.org.state().heard).toEqual([])
    expect(call.conversation.securePause).toBe(false)
  })

  it('that was told to tell nothing can only be polled', async () => {
    await memory.control('settings', { flowAttributes: false })
    const { body } = await start()
    await memory.clock.advance(wayInMs + welcomeMs + 99)
    expect([progress(), await stateOf(body.id)]).toEqual([undefined, 'PENDING'])
    await memory.clock.advance(1)
    expect(await stateOf(body.id)).toBe('COMPLETED')
  })

  it('cannot be hung up on', async () => {
    await start()
    await memory.clock.advance(1000)
    const flow = call.conversation.participants.find(({ purpose }) => purpose === 'ivr')
    const path = `/api/v2/conversations/calls/${call.id}/participants/${flow?.id}`
    expect((await memory.api('PATCH', path, { state: 'disconnected' })).status).toBe(400)
    await memory.clock.advance(5000)
    expect(progress()).toBe('v1|p1|completed')
  })

  it('hangs up after the prompt where it was asked to', async () => {
    await start(wish(undefined, { disconnect: true }))
    await memory.clock.advance(5000)
    expect(memory.org.state().calls[0]).toMatchObject({ disconnected: true })
    expect(memory.org.state().heard).toMatchObject([{ outcome: 'completed' }])
  })
})

describe('the end of the call in the middle of the prompt', () => {
  it.each([
    ['the customer', () => memory.control(`calls/${call.id}`, { disconnected: true })],
    [
      'the agent, and the caller drops too',
      () =>
        memory.api('PATCH', `/api/v2/conversations/calls/${call.id}/participants/${call.agentLegId}`, {
          state: 'disconnected',
        }),
    ],
  ])('by %s fails the session', async (_, hangUp) => {
    const { body } = await start()
    await memory.clock.advance(wayInMs + 1000)
    await hangUp()
    expect(await stateOf(body.id)).toBe('FAILED')
    expect(progress()).toBe('v1|p1|playing')
    expect(memory.org.state().heard).toMatchObject([
      { playedMs: 1000, outcome: 'cut', reason: 'participant_disconnected' },
    ])
    expect(call.conversation.participants.every(({ state }) => state === 'disconnected')).toBe(true)
    await memory.clock.advance(10_000)
    expect(memory.org.state().heard).toHaveLength(1)
    expect(memory.org.state().recordings[0]?.contains).toMatchObject([{ kind: 'gap' }])
  })

  it('before the flow runs fails the session', async () => {
    const { body } = await start()
    await memory.control(`calls/${call.id}`, { disconnected: true })
    expect(await stateOf(body.id)).toBe('FAILED')
    await memory.clock.advance(10_000)
    expect(memory.org.state().heard).toEqual([])
  })

  it('and hold both cut what the customer hears', async () => {
    const { body } = await start()
    await memory.clock.advance(wayInMs + 500)
    await memory.control(`calls/${call.id}`, { held: true })
    expect(progress()).toBe('v1|p1|failed|participant_held')
    expect(memory.org.state().heard).toMatchObject([{ playedMs: 500, outcome: 'cut' }])
    await memory.clock.advance(1000)
    expect(await stateOf(body.id)).toBe('FAILED')
  })
})

describe('the events of the flow', () => {
  const topics = () => ['start', 'end'].map((name) => `v2.detail.events.conversation.${call.id}.flow.${name}`)

  it('are refused to an agent unless the organisation permits them', async () => {
    const { verdicts, frames } = await memory.follow(topics())
    expect(verdicts.map(({ state }) => state)).toEqual(['Rejected', 'Rejected'])
    await start()
    await memory.clock.advance(5000)
    expect(frames).toEqual([])
  })

  it('come in the shape of the SDK where they are permitted', async () => {
    await memory.control('settings', { flowEvents: true })
    const { verdicts, frames } = await memory.follow(topics())
    expect(verdicts.map(({ state }) => state)).toEqual(['Permitted', 'Permitted'])
    await start()
    await memory.clock.advance(5000)
    expect(frames).toMatchObject([
      { topicName: topics()[0], eventBody: { conversationId: call.id, flowType: 'SECURECALL' } },
      {
        topicName: topics()[1],
        eventBody: {
          flowId: promptFlow.id,
          exitReason: 'TRANSFER',
          transferType: 'RETURN_TO_AGENT',
          connectedDurationMs: welcomeMs + 100,
        },
      },
    ])
  })

  it('tell a hang-up from a return', async () => {
    await memory.control('settings', { flowEvents: true })
    const { frames } = await memory.follow(topics())
    await start()
    await memory.clock.advance(1000)
    await memory.control(`calls/${call.id}`, { disconnected: true })
    await memory.clock.advance(0)
    expect(frames[1]?.eventBody).toMatchObject({ exitReason: 'DISCONNECT' })
    expect(frames[1]?.eventBody).not.toHaveProperty('transferType')
  })
})

it('a reset forgets a running session and says nothing more of it', async () => {
  await start()
  await memory.clock.advance(1000)
  await memory.control('reset')
  await memory.clock.advance(10_000)
  expect(memory.org.state()).toMatchObject({ heard: [] })
  expect(memory.org.calls.all().map(({ conversation }) => conversation.securePause)).toEqual([
    false,
    false,
    false,
  ])
  expect(memory.org.state().users.find(({ id }) => id === agentId)).toBeDefined()
})
