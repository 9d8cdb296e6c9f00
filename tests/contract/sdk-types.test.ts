// The checker that holds all traffic against the platform SDK's types: it finds what is wrong, on both sides, everywhere.
import { describe, expect, it } from 'vitest'
import type { OrgAnswer, OrgRequest } from '../../sandbox/org/messages'
import { createSeededRandom } from '../../sandbox/org/random'
import { createOrg } from '../../sandbox/org/org'
import { createVirtualClock } from '../../sandbox/org/clock'
import { createInMemoryFetch, createInMemorySocket, signInInMemory } from '../../sandbox/org/wire'
import { operationsBeyond } from '../support/beyond-the-sdk'
import { complaintsAboutAnswer, complaintsAboutRequest } from '../support/sdk-exchange'
import { complaintsAboutClientFrame, complaintsAboutFrame } from '../support/sdk-frames'
import { findOperation } from '../support/sdk-operations'
import { schemaOfModel } from '../support/sdk-schemas'
import { demandAnswers, watchTraffic } from '../support/sdk-traffic'
import { readSourceRequests } from '../support/source-requests'
import { appUrl, openSandbox, request, signIn } from './sandbox-harness'

const asked = (method: string, path: string, body?: unknown, query = ''): OrgRequest => ({
  method,
  path,
  query: new URLSearchParams(query),
  headers: {},
  body: body === undefined ? '' : JSON.stringify(body),
})
const answer = (status: number, content?: unknown): OrgAnswer => ({
  status,
  headers: {},
  body: content === undefined ? '' : JSON.stringify(content),
})
const call = '/api/v2/conversations/calls/c1'
const attributes = '/api/v2/conversations/c1/participants/p1/attributes'

describe('schemas out of index.d.ts', () => {
  it('has every field with its type, lists, records, other models, and which are required', () => {
    expect(schemaOfModel('ParticipantAttributes')).toEqual({
      type: 'object',
      properties: {
        attributes: {
          type: 'object',
          properties: {},
          required: [],
          additionalProperties: { type: 'string' },
        },
      },
      required: [],
      additionalProperties: false,
    })
    const user = schemaOfModel('UserMe')
    expect(user).toMatchObject({ required: ['version'], additionalProperties: false })
    expect(user.properties).toMatchObject({
      skills: { type: 'array', items: { model: 'UserRoutingSkill' } },
      acdAutoAnswer: { type: 'boolean' },
      token: { model: 'TokenInfo' },
    })
  })

  it('is told about a model that the SDK does not have', () => {
    expect(() => schemaOfModel('MediaPlayRequest')).toThrow('has no model "MediaPlayRequest"')
  })
})

describe('operations out of the API classes', () => {
  it('joins path and method with the types of the signature', () => {
    expect(findOperation('POST', '/api/v2/notifications/channels/x/subscriptions')).toEqual({
      method: 'POST',
      path: '/api/v2/notifications/channels/{channelId}/subscriptions',
      name: 'NotificationsApi.postNotificationsChannelSubscriptions',
      query: ['ignoreErrors'],
      body: { type: 'Array<Models.ChannelTopic>', isRequired: true },
      answer: 'Models.ChannelTopicEntityListing',
    })
    expect(findOperation('GET', '/api/v2/users/me')?.name).toBe('UsersApi.getUsersMe')
    expect(findOperation('GET', '/api/v2/users/7')?.name).toBe('UsersApi.getUser')
    expect(findOperation('POST', '/api/v2/conversations/c/participants/p/secureivrsessions')?.body).toEqual({
      type: 'Models.CreateSecureSession',
      isRequired: false,
    })
  })
})

describe('what is wrong is found', () => {
  const wrong: [string, () => readonly string[], RegExp][] = [
    [
      'a made-up field of an answer, however deep',
      () =>
        complaintsAboutAnswer(
          asked('GET', call),
          answer(200, { id: 'c1', participants: [{ id: 'p1', user: { id: 'u', sparkle: 1 } }] }),
        ).complaints,
      /calls\/\{conversationId\} 200 \/participants\/\*\/user: must NOT have additional .*"sparkle"/,
    ],
    [
      'a made-up field of a request',
      () => complaintsAboutRequest(asked('PATCH', attributes, { attributes: {}, force: true })).complaints,
      /attributes request \/: must NOT have additional properties \("force"\)/,
    ],
    [
      'a required field that is missing',
      () => complaintsAboutAnswer(asked('GET', '/api/v2/users/me'), answer(200, { id: 'u1' })).complaints,
      /must have required property 'version'/,
    ],
    [
      'a value of a wrong type',
      () => complaintsAboutRequest(asked('PATCH', attributes, { attributes: { tries: 3 } })).complaints,
      /\/attributes\/tries: must be string/,
    ],
    [
      'null where the field may only be left out',
      () => complaintsAboutAnswer(asked('GET', call), answer(200, { id: null })).complaints,
      /\/id: must be string/,
    ],
    [
      'a path that does not exist',
      () => complaintsAboutRequest(asked('GET', '/api/v2/media/played')).complaints,
      /GET \/api\/v2\/media\/played: the SDK has no such operation/,
    ],
    [
      'a method that the path does not have',
      () => complaintsAboutRequest(asked('PUT', attributes, {})).complaints,
      /no such operation/,
    ],
    [
      'a query parameter that the operation does not have',
      () => complaintsAboutRequest(asked('GET', '/api/v2/architect/prompts', undefined, 'deep=1')).complaints,
      /no query parameter "deep"/,
    ],
    [
      'a body where none is sent',
      () => complaintsAboutRequest(asked('GET', call, {})).complaints,
      /the SDK sends no body/,
    ],
    [
      'a body that is missing',
      () => complaintsAboutRequest(asked('PATCH', attributes)).complaints,
      /the body is missing/,
    ],
    [
      'a body in an answer that has none',
      () => complaintsAboutAnswer(asked('PATCH', attributes, {}), answer(202, {})).complaints,
      /no body in the answer/,
    ],
    [
      "a refusal that is not the platform's error body",
      () => complaintsAboutAnswer(asked('GET', call), answer(403, { error: 'no' })).complaints,
      /403 \/: must NOT have additional properties \("error"\)/,
    ],
    [
      'a field of the Media API that the tutorial does not have',
      () =>
        complaintsAboutRequest(asked('POST', '/api/v2/media/play', { interactionId: 'c1', loop: true }))
          .complaints,
      /"media".*"loop"|"loop".*"media"/s,
    ],
    [
      'a made-up field of an event',
      () =>
        complaintsAboutFrame(
          JSON.stringify({
            topicName: 'v2.users.u1.conversations.calls',
            eventBody: { id: 'c1', selfUri: 'x' },
          }),
        ).complaints,
      /event v2\.users\.u1\.conversations\.calls \/: must NOT have .*"selfUri"/,
    ],
    [
      'an unknown topic',
      () => complaintsAboutFrame('{"topicName":"v2.users.u1.mood","eventBody":{}}').complaints,
      /no such topic/,
    ],
    [
      'a made-up field of a media event',
      () =>
        complaintsAboutFrame('{"type":"media.playback.state","state":"playing","url":"u","playId":"p"}')
          .complaints,
      /"playId"/,
    ],
    [
      'a frame of the app that nobody described',
      () => complaintsAboutClientFrame('{"action":"stop"}').complaints,
      /frame of the app/,
    ],
  ]
  it.each(wrong)('%s', (_what, complaints, pattern) => {
    expect(complaints().join('\n')).toMatch(pattern)
  })

  it('what is right is not', () => {
    const codecs = { mediaCapabilities: { audio: { supportedCodecs: 'opus,mp3' } } }
    const right = { id: 'c1', participants: [{ id: 'p1', ...codecs }] }
    expect(complaintsAboutAnswer(asked('GET', call), answer(200, right)).complaints).toEqual([])
    expect(complaintsAboutAnswer(asked('GET', call), answer(404, { message: 'gone' })).complaints).toEqual([])
    expect(complaintsAboutRequest(asked('PATCH', attributes, { attributes: { a: 'b' } })).complaints).toEqual(
      [],
    )
    expect(complaintsAboutClientFrame('{"message":"ping"}').complaints).toEqual([])
  })
})

describe('whoever looks on sees everything', () => {
  const open = () => {
    const clock = createVirtualClock(1_800_000_000_000)
    const parts = { clock, random: createSeededRandom(1), origin: 'http://localhost:4680', appUrl }
    const org = createOrg({
      ...parts,
      fetchAsset: async () => ({ status: 200, bytes: new Uint8Array(1) }),
      decodeAudio: async () => ({ codec: 'mp3', codecs: ['mp3'], durationMs: 1_000 }),
    })
    return { clock, org, origin: parts.origin }
  }

  it("in memory: the client's requests, the answers, and the frames of both", async () => {
    const { clock, org, origin } = open()
    const traffic = watchTraffic(org)
    const headers = { Authorization: `Bearer ${await signInInMemory(org)}` }
    const send = createInMemoryFetch(org)
    await send(`${origin}/api/v2/users/me`, { headers })
    expect(traffic.complaints).toEqual(new Set())
    const channel = await send(`${origin}/api/v2/notifications/channels`, { method: 'POST', headers })
    const { connectUri } = (await channel.json()) as { connectUri: string }
    const nothing = () => undefined
    const socket = createInMemorySocket(org)(connectUri, { open: nothing, message: nothing, closed: nothing })
    await clock.advance(0)
    socket.send('{"message":"ping"}')
    expect(Object.fromEntries(traffic.seen)).toEqual({
      'GET /api/v2/users/me': 1,
      'GET /api/v2/users/me 200': 1,
      'POST /api/v2/notifications/channels': 1,
      'POST /api/v2/notifications/channels 200': 1,
      'frame of the app': 1,
      'event channel.metadata': 1,
    })
    await send(`${origin}/api/v2/users/me?expand=presence&mood=good`, { headers })
    socket.send('{"action":"sing"}')
    expect(() => traffic.verify()).toThrow(/no query parameter "mood"[^]*frame of the app/)
  })

  it('of a sandbox that says something else, no answer gets through', async () => {
    const { org, origin } = open()
    const { http } = org
    org.http = async (request) => ({ ...(await http(request)), body: '{"sparkle":1}' })
    const send = createInMemoryFetch(demandAnswers(org))
    await expect(send(`${origin}/api/v2/users/me`)).rejects.toThrow('"sparkle"')
  })

  it('on a port', async () => {
    const sandbox = await openSandbox()
    const traffic = watchTraffic(sandbox.org)
    const { token } = await signIn(sandbox)
    await request(`${sandbox.url}/api/v2/tokens/me`, 'GET', undefined, { authorization: `Bearer ${token}` })
    await sandbox.close()
    expect([...traffic.seen.keys()]).toEqual(['GET /api/v2/tokens/me', 'GET /api/v2/tokens/me 200'])
    expect(traffic.complaints).toEqual(new Set())
  })
})

describe('every request that is written in the source', () => {
  const { requests, paths } = readSourceRequests()

  it('is found there', () => {
    const names = requests.map(({ method, path }) => `${method} ${path}`)
    expect(names).toContain('POST /api/v2/notifications/channels/{channelId}/subscriptions')
    expect(names).toContain(
      'GET /api/v2/conversations/{conversationId}/participants/{participantId}/secureivrsessions/{secureSessionId}',
    )
    expect(paths.filter((path) => !requests.some((request) => request.path === path))).toEqual([])
  })

  it.each(requests)('is one of the SDK: $method $path', ({ method, path }) => {
    const known = `${method} ${path}` in operationsBeyond ? path : findOperation(method, path)?.path
    expect(known).toBe(path)
  })
})
