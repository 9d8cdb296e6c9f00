// What panels say to each other is parsed like anything from outside: what is not exactly a message is none.
import { describe, expect, it } from 'vitest'
import { readPanelMessage, type PanelMessage } from '../../../src/core/panels'

const grant = {
  token: 'secret',
  expiresAtMs: 1_000,
  identity: { userId: 'user-me', name: 'Ada', scopes: ['notifications'] },
}
const state: Extract<PanelMessage, { kind: 'status' }>['state'] = {
  status: 'live',
  refusedTopics: [{ topic: 't', reason: 'no' }],
  unknownFrames: 2,
  problem: null,
}
const event = { state: 'playing', url: 'https://cdn.example/a.mp3', error: null } as const

const messages: PanelMessage[] = [
  { kind: 'who' },
  { kind: 'signed-in', grant },
  {
    kind: 'signed-in',
    grant: { ...grant, expiresAtMs: null, identity: { ...grant.identity, scopes: null } },
  },
  { kind: 'leads' },
  { kind: 'status', state },
  { kind: 'status', state: { ...state, status: 'connecting' } },
  { kind: 'status', state: { ...state, status: 'lost', problem: 'the connection went silent' } },
  { kind: 'connected' },
  { kind: 'topic', topic: 'v2.users.user-me.conversations.calls', body: { id: 'call-1' } },
  { kind: 'media', event, to: null },
  { kind: 'media', event: { state: 'subscribe-refused', url: null, error: 'unknown' }, to: 'ask-1' },
  { kind: 'send', id: 'ask-1', text: '{}' },
  { kind: 'sent', id: 'ask-1', ok: false },
  { kind: 'add', id: 'ask-2', topics: ['a', 'b'] },
  { kind: 'added', id: 'ask-2', refused: [{ topic: 'a', reason: 'no' }] },
  { kind: 'plays', panel: 'panel-1', plays: [{ interactionId: 'call-1', url: event.url, hears: true }] },
  { kind: 'turn-wanted', interactionId: 'call-1', id: 'p-1' },
  { kind: 'turn-kept', id: 'p-1' },
]

const hostile: [string, unknown][] = [
  ['nothing', undefined],
  ['null', null],
  ['text', 'who'],
  ['a list', [{ kind: 'who' }]],
  ['no kind', {}],
  ['an unknown kind', { kind: 'sign-out' }],
  ['an inherited kind', Object.create({ kind: 'constructor' }) as unknown],
  ['a grant without a token', { kind: 'signed-in', grant: { ...grant, token: undefined } }],
  ['a grant of nobody', { kind: 'signed-in', grant: { ...grant, identity: null } }],
  ['a grant whose end is text', { kind: 'signed-in', grant: { ...grant, expiresAtMs: 'never' } }],
  ['a grant whose end is no number', { kind: 'signed-in', grant: { ...grant, expiresAtMs: NaN } }],
  ['an unknown status', { kind: 'status', state: { ...state, status: 'fine' } }],
  ['a closed channel: nobody says that', { kind: 'status', state: { ...state, status: 'closed' } }],
  ['a status without its parts', { kind: 'status', state: { status: 'live' } }],
  ['a topic that is no text', { kind: 'topic', topic: 1, body: {} }],
  ['media in an unknown state', { kind: 'media', event: { ...event, state: 'done' }, to: null }],
  ['media for nobody', { kind: 'media', event }],
  ['a frame that is no text', { kind: 'send', id: 'a', text: { action: 'subscribe' } }],
  ['a frame that is too long', { kind: 'send', id: 'a', text: 'x'.repeat(4_001) }],
  ['a frame without an id', { kind: 'send', text: '{}' }],
  ['too many topics', { kind: 'add', id: 'a', topics: Array.from({ length: 1_001 }, () => 't') }],
  ['topics that are no texts', { kind: 'add', id: 'a', topics: [null] }],
  ['an answer that is neither yes nor no', { kind: 'sent', id: 'a', ok: 'yes' }],
  ['refusals without reasons', { kind: 'added', id: 'a', refused: [{ topic: 'a' }] }],
  ['files that are no list', { kind: 'plays', panel: 'p', plays: 'https://cdn.example/a.mp3' }],
]

describe('a message of another panel', () => {
  it.each(messages)('is read as it was said: %j', (message) => {
    expect(readPanelMessage(structuredClone(message))).toEqual(message)
  })

  it.each(hostile)('is none when it is %s', (_name, foreign) => {
    expect(readPanelMessage(foreign)).toBeNull()
  })

  it('brings nothing along that does not belong to it', () => {
    expect(readPanelMessage({ kind: 'who', grant, url: 'https://evil.example' })).toEqual({ kind: 'who' })
  })

  it('may be as long as the limits say', () => {
    const text = 'x'.repeat(4_000)
    expect(readPanelMessage({ kind: 'send', id: 'a', text })).toEqual({ kind: 'send', id: 'a', text })
  })
})
