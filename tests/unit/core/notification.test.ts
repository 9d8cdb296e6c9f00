// Frames of the notification channel: each becomes an event or "unknown", and none throws.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { callsTopic, mediaSubscribeFrame, pingFrame, readFrame } from '../../../src/core/notification'
import { heartbeatFrame, mediaFrame, pongFrame, topicFrame } from '../../support/frames'

describe('readFrame', () => {
  it.each([
    ['a heartbeat', heartbeatFrame, { type: 'heartbeat' }],
    ['a pong', pongFrame, { type: 'pong' }],
    [
      'the end of the socket',
      topicFrame('v2.system.socket_closing', { message: 'soon' }),
      { type: 'closing' },
    ],
    [
      'a lost subscription',
      topicFrame('v2.system.no_longer_subscribed.c-1', { message: 'x' }),
      { type: 'dropped', reason: 'no-longer-subscribed' },
    ],
    [
      'a revoked token',
      topicFrame('v2.system.token_revoked.c-1', {}),
      { type: 'dropped', reason: 'token-revoked' },
    ],
    [
      'a call',
      topicFrame('v2.users.u-1.conversations.calls', { id: 'call-1' }),
      { type: 'topic', topic: 'v2.users.u-1.conversations.calls', body: { id: 'call-1' } },
    ],
    [
      'playing',
      mediaFrame('playing', 'https://x/a.mp3'),
      { type: 'media', state: 'playing', url: 'https://x/a.mp3', error: null },
    ],
    [
      'a media error',
      mediaFrame('error', 'https://x/a.mp3', 'fetch_failed: 404'),
      { type: 'media', state: 'error', url: 'https://x/a.mp3', error: 'fetch_failed: 404' },
    ],
    [
      'a media event with a null error',
      JSON.stringify({ type: 'media.playback.state', state: 'buffering', url: 'u', error: null }),
      { type: 'media', state: 'buffering', url: 'u', error: null },
    ],
    [
      'a refused subscription',
      JSON.stringify({ type: 'error', action: 'subscribe', error: 'unknown interaction' }),
      { type: 'subscribe-refused', reason: 'unknown interaction' },
    ],
  ])('reads %s', (_name, text, expected) => {
    expect(readFrame(text)).toEqual(expected)
  })

  it.each([
    ['', 'not JSON'],
    ['<html>', 'not JSON'],
    ['{', 'not JSON'],
    ['null', 'no topic'],
    ['5', 'no topic'],
    ['[]', 'no topic'],
    ['{}', 'no topic'],
    ['{"topicName":5,"eventBody":{}}', 'no topic'],
    ['{"type":"media.playback.state","state":"exploded","url":"u"}', 'no topic'],
    ['{"type":"media.playback.state","state":"playing"}', 'no topic'],
    [topicFrame('channel.metadata', 'pong'), 'metadata without a message'],
    [topicFrame('v2.users.u-1.presence', null), 'empty v2.users.u-1.presence'],
  ])('counts %j as unknown: %s', (text, reason) => {
    expect(readFrame(text)).toEqual({ type: 'unknown', reason })
  })

  it('hears that the socket closes even where the frame has no body', () => {
    expect(readFrame('{"topicName":"v2.system.socket_closing"}')).toEqual({ type: 'closing' })
  })

  it('never throws on any text or any JSON', () => {
    const near = fc.record(
      {
        topicName: fc.oneof(fc.constantFrom('channel.metadata', 'v2.system.socket_closing'), fc.jsonValue()),
        eventBody: fc.jsonValue(),
        type: fc.constantFrom('media.playback.state', 'error'),
        state: fc.jsonValue(),
        url: fc.jsonValue(),
        error: fc.jsonValue(),
      },
      { requiredKeys: [] },
    )
    const anyText = fc.oneof(
      fc.string(),
      fc.json(),
      near.map((frame) => JSON.stringify(frame)),
    )
    fc.assert(
      fc.property(anyText, (text) => {
        expect(readFrame(text).type).toMatch(/^[a-z-]+$/)
      }),
      { numRuns: 500 },
    )
  })
})

describe('the frames that go out', () => {
  it('are as the platform and the contract write them', () => {
    expect(JSON.parse(pingFrame)).toEqual({ message: 'ping' })
    expect(JSON.parse(mediaSubscribeFrame('call-1'))).toEqual({
      action: 'subscribe',
      eventTypes: ['media.playback.state'],
      filters: { interactionId: 'call-1' },
    })
    expect(callsTopic('u-1')).toBe('v2.users.u-1.conversations.calls')
  })
})
