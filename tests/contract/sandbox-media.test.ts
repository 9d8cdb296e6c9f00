// The Media API and its events, from the play request to what the customer heard.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Sandbox } from '../../sandbox/server'
import {
  type AssetServer,
  type Client,
  control,
  type Frame,
  openAssetServer,
  openChannel,
  openSandbox,
  playBody,
  signIn,
  stateOf,
  wav,
  type Wire,
} from './sandbox-harness'

let sandbox: Sandbox
let assets: AssetServer
let agent: Client
let wire: Wire
let interactionId: string

beforeAll(async () => {
  sandbox = await openSandbox()
  assets = await openAssetServer()
  agent = await signIn(sandbox)
})
afterAll(async () => {
  await sandbox.close()
  await assets.close()
})
beforeEach(async () => {
  const reset = await control<{ calls: { id: string }[] }>(sandbox, 'reset')
  interactionId = reset.body.calls[0]!.id
  wire = await openChannel(agent, [`v2.users.${sandbox.org.state().agentId}.conversations.calls`])
  await wire.follow(interactionId)
})

const play = (url: string, body = playBody(interactionId, url)) =>
  agent.api('POST', '/api/v2/media/play', body)
const isMedia = (state: string) => (frame: Frame) =>
  frame.type === 'media.playback.state' && frame.state === state
const mediaStates = () =>
  wire.frames.filter(({ type }) => type === 'media.playback.state').map(({ state }) => state)

describe('a play that goes well', () => {
  it('is queued, then buffering, playing and completed, each event with exactly the fields of the contract', async () => {
    const url = assets.put('short.wav', wav(300))
    const answer = await play(url)
    expect([answer.status, answer.body]).toEqual([202, { status: 'queued' }])
    await wire.until(isMedia('completed'))
    expect(wire.frames.filter(({ type }) => type !== undefined)).toEqual([
      { type: 'media.playback.state', state: 'buffering', url },
      { type: 'media.playback.state', state: 'playing', url },
      { type: 'media.playback.state', state: 'completed', url },
    ])
  })

  it('is heard by the customer for its whole length', async () => {
    const url = assets.put('heard.wav', wav(300))
    await play(url)
    await wire.until(isMedia('completed'))
    const { plays, heard } = await stateOf(sandbox)
    expect(plays).toMatchObject([{ interactionId, url, volume: 1, status: 'queued', state: 'completed' }])
    expect(heard).toMatchObject([
      { interactionId, url, playedMs: 300, durationMs: 300, outcome: 'completed', measuredBy: 'clock' },
    ])
  })

  it('takes as long as the sound itself', async () => {
    const startedAtMs = performance.now()
    await play(assets.put('long.wav', wav(500)))
    await wire.until(isMedia('completed'))
    expect(performance.now() - startedAtMs).toBeGreaterThan(500)
  })

  it('is answered 200 "processed" where the carrier is set so', async () => {
    await control(sandbox, 'settings', { processed: true })
    const answer = await play(assets.put('processed.wav', wav(50)))
    expect([answer.status, answer.body]).toEqual([200, { status: 'processed' }])
  })
})

describe('a play that fails', () => {
  it.each([
    ['fetch_failed: 404', () => 'http://localhost:PORT/cdn/none.mp3'.replace('PORT', String(sandbox.port))],
    [
      'decode_failed: an HTML page is no audio that can be played',
      () => assets.put('a.mp3', Buffer.from('<html>')),
    ],
    [
      'decode_failed: nobody plays WAV format tag 0x0031 with 16 bits',
      () => assets.put('gsm.wav', wav(100, { format: 0x31 })),
    ],
  ])('says %s', async (error, url) => {
    await play(url())
    expect(await wire.until(isMedia('error'))).toMatchObject({ error })
    expect((await stateOf(sandbox)).heard).toEqual([])
  })

  it('says that nobody answers at that address', async () => {
    await play('http://127.0.0.1:1/a.mp3')
    expect(await wire.until(isMedia('error'))).toMatchObject({
      error: expect.stringMatching(/^fetch_failed: /),
    })
  })

  it('names the codec that the endpoint does not list', async () => {
    await control(sandbox, `calls/${interactionId}`, { supportedCodecs: 'g722, opus' })
    await play(assets.put('codec.wav', wav(100)))
    expect(await wire.until(isMedia('error'))).toMatchObject({ error: 'codec_not_supported: wav' })
  })

  it('plays anything where the gateway reports no codecs', async () => {
    await control(sandbox, `calls/${interactionId}`, { supportedCodecs: null })
    await play(assets.put('any.wav', wav(50)))
    expect(await wire.until(isMedia('completed'))).toBeDefined()
  })

  it('cannot begin while the customer is on hold', async () => {
    await control(sandbox, `calls/${interactionId}`, { held: true })
    await play(assets.put('held.wav', wav(100)))
    expect(await wire.until(isMedia('error'))).toMatchObject({ error: 'participant_held' })
    expect(mediaStates()).toEqual(['error'])
  })
})

describe('a play that is cut', () => {
  it.each([
    [{ held: true }, 'participant_held'],
    [{ disconnected: true }, 'participant_disconnected'],
  ])('by %j says so after the conversation did, and keeps the milliseconds heard', async (change, error) => {
    await play(assets.put('cut.wav', wav(20_000)))
    await wire.until(isMedia('playing'))
    const before = wire.frames.length
    await control(sandbox, `calls/${interactionId}`, change)
    await wire.until(isMedia('error'))
    expect(
      wire.frames.slice(before).map(({ topicName, state }) => topicName?.split('.').at(-1) ?? state),
    ).toEqual(['calls', 'error'])
    const [heard] = (await stateOf(sandbox)).heard
    expect(heard).toMatchObject({ outcome: 'cut', reason: error, durationMs: 20_000 })
    expect(heard?.playedMs).toBeLessThan(10_000)
  })
})

describe('a play request that is refused', () => {
  it.each([
    ['no interaction', { media: [] }],
    ['no media', { interactionId: 'x', media: [] }],
    ['two media', { interactionId: 'x', media: [{}, {}] }],
    ['another type', { interactionId: 'x', media: [{ url: 'http://a/b', type: 'video' }] }],
    [
      'a relative url',
      { interactionId: 'x', media: [{ url: '/b', type: 'audio', playbackOptions: { volume: 1 } }] },
    ],
    ['no volume', { interactionId: 'x', media: [{ url: 'http://a/b', type: 'audio' }] }],
    ['a loud volume', playBody('x', 'http://a/b', 2)],
  ])('has %s: 400', async (_, body) => {
    expect((await play('', body)).status).toBe(400)
  })

  it('names an interaction that does not exist: 404', async () => {
    expect((await play('', playBody('nobody', 'http://a/b'))).status).toBe(404)
  })

  it('comes while something is playing: 409, and the first goes on', async () => {
    const url = assets.put('busy.wav', wav(400))
    await play(url)
    expect((await play(url)).status).toBe(409)
    await wire.until(isMedia('completed'))
    expect((await stateOf(sandbox)).plays).toHaveLength(1)
  })
})

describe('who gets the events', () => {
  it('is not a socket that did not subscribe to that interaction', async () => {
    const other = await openChannel(agent)
    await play(assets.put('whose.wav', wav(50)))
    await wire.until(isMedia('completed'))
    await other.ping()
    expect(other.frames.filter(({ type }) => type !== undefined)).toEqual([])
  })

  it('learns that an interaction does not exist', async () => {
    wire.send({
      action: 'subscribe',
      eventTypes: ['media.playback.state'],
      filters: { interactionId: 'nobody' },
    })
    expect(await wire.until(({ type }) => type === 'error')).toEqual({
      type: 'error',
      action: 'subscribe',
      error: 'There is no interaction "nobody".',
    })
  })
})
