// The answer of a sign-in window, which closes right after it has spoken.
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createAuth } from '../../src/adapters/genesys/auth'
import type { PlatformClient } from '../../src/adapters/genesys/client'

const popup = { closed: false, close: () => undefined, location: { replace: () => undefined } }

beforeEach(() => {
  vi.useFakeTimers()
  popup.closed = false
  vi.spyOn(window, 'open').mockReturnValue(popup as unknown as Window)
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

async function open() {
  const settings = { clientId: 'abc', redirectUri: `${location.origin}/`, grant: 'implicit' } as const
  const auth = createAuth({ loginBase: 'https://login.example' } as PlatformClient, settings)
  const seen: unknown[] = []
  void auth.signInByPopup('n-1', () => undefined).then((answer) => seen.push(answer))
  await vi.advanceTimersByTimeAsync(100)
  return seen
}

function say(hash: string): void {
  const data = { kind: 'cueline.sign-in', hash, search: '' }
  const event = new MessageEvent('message', { data, origin: location.origin })
  Object.defineProperty(event, 'source', { value: popup })
  window.dispatchEvent(event)
}

it('is heard although the window was seen closed before it', async () => {
  const seen = await open()
  popup.closed = true
  await vi.advanceTimersByTimeAsync(500)
  say('#error=access_denied')
  await vi.advanceTimersByTimeAsync(0)
  expect(seen).toEqual([expect.objectContaining({ kind: 'denied' })])
})

it('is not waited for where none came: the window was closed by somebody', async () => {
  const seen = await open()
  popup.closed = true
  await vi.advanceTimersByTimeAsync(1_000)
  expect(seen).toEqual([null])
})
