// What leaves before the panel's code is there: answered once, to the same question of the same person, and not for long.
import { describe, expect, it } from 'vitest'
import { createAskedAhead } from '../../../src/adapters/asked-ahead'
import { createTestClock } from '../../support/ports'

const url = 'https://api.example/api/v2/tokens/me'
const withToken = (token: string, more: RequestInit = {}): RequestInit => ({
  method: 'GET',
  headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
  ...more,
})

function setUp() {
  const clock = createTestClock()
  const asked: { url: string; init: RequestInit | undefined }[] = []
  const ahead = createAskedAhead((url, init) => {
    asked.push({ url, init })
    const { signal } = init ?? {}
    return new Promise((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason as Error))
      if (!url.endsWith('/never')) resolve(new Response(String(asked.length)))
    })
  }, clock)
  const read = async (init?: RequestInit, at = url) => (await ahead.fetch(at, init)).text()
  return { clock, asked, ahead, read }
}

describe('a request that was asked ahead', () => {
  it('answers the same one, once', async () => {
    const { asked, ahead, read } = setUp()
    ahead.ask(url, 'one')
    expect(await read(withToken('one'))).toBe('1')
    expect(asked).toHaveLength(1)
    expect(await read(withToken('one'))).toBe('2')
  })

  it('answers nobody else: not another token, not none, not another method', async () => {
    const { ahead, read } = setUp()
    ahead.ask(url, 'one')
    expect(await read(withToken('two'))).toBe('2')
    expect(await read()).toBe('3')
    expect(await read(withToken('one', { method: 'POST' }))).toBe('4')
  })

  it('answers a POST without a body by a POST, and none with one', async () => {
    const { ahead, read } = setUp()
    ahead.ask(url, 'one', 'POST')
    expect(await read(withToken('one'))).toBe('2')
    expect(await read(withToken('one', { method: 'POST', body: '{}' }))).toBe('3')
    expect(await read(withToken('one', { method: 'POST' }))).toBe('1')
  })

  it('sends no credentials, and a token only where one is given', () => {
    const { asked, ahead } = setUp()
    ahead.ask(url, 'one')
    ahead.ask('https://cdn.example/catalogue.json')
    expect(asked.map(({ init }) => init?.credentials)).toEqual(['omit', 'omit'])
    expect(asked.map(({ init }) => new Headers(init?.headers).get('authorization'))).toEqual([
      'Bearer one',
      null,
    ])
  })

  it('is an old truth after five seconds', async () => {
    const { clock, ahead, read } = setUp()
    ahead.ask(url, 'one')
    await clock.advance(5_001)
    expect(await read(withToken('one'))).toBe('2')
  })

  it('is given up by whoever took it', async () => {
    const { ahead, read } = setUp()
    const never = 'https://api.example/never'
    ahead.ask(never, 'one')
    const abort = new AbortController()
    const answer = read(withToken('one', { signal: abort.signal }), never)
    abort.abort(new Error('No answer in time'))
    await expect(answer).rejects.toThrow('No answer in time')
  })
})
