// The frame in which the login is asked: whose words count, when nothing will come, and that it goes.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { passQuietly } from '../../src/adapters/genesys/apart'

const address = 'https://login.example/oauth/authorize'
let inFrame: { origin: string } = { origin: '' }
const forbidden = {
  get origin(): string {
    throw new DOMException('Blocked a frame', 'SecurityError')
  },
}

beforeEach(() => {
  vi.useFakeTimers()
  inFrame = { origin: location.origin }
  const create = document.createElement.bind(document)
  // A frame that loads nothing.
  vi.spyOn(document, 'createElement').mockImplementation((name: string) =>
    Object.assign(create(name === 'iframe' ? 'i' : name), { contentWindow: frameWindow }),
  )
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})
const frameWindow = {
  get origin() {
    return inFrame.origin
  },
}

function pass() {
  const seen: unknown[] = []
  void passQuietly(address).then((answer) => seen.push(answer))
  return seen
}

function say(hash: string, source: unknown = frameWindow, origin = location.origin): Promise<unknown> {
  const event = new MessageEvent('message', { data: { kind: 'cueline.sign-in', hash, search: '' }, origin })
  Object.defineProperty(event, 'source', { value: source })
  window.dispatchEvent(event)
  return vi.advanceTimersByTimeAsync(0)
}
const frames = () => document.body.querySelectorAll('i')

describe('the login in a frame', () => {
  it('is seen by nobody while it is asked, and gone once it has answered', async () => {
    const seen = pass()
    expect([...frames()].map(({ hidden }) => hidden)).toEqual([true])
    await say('#error=access_denied')
    expect(seen).toEqual([expect.objectContaining({ kind: 'denied' })])
    expect(frames()).toHaveLength(0)
  })

  it('is heard from that frame on our origin alone', async () => {
    const seen = pass()
    await say('#error=access_denied', window)
    await say('#error=access_denied', frameWindow, 'https://login.example')
    expect(seen).toEqual([])
    await say('#error=access_denied')
    expect(seen).toHaveLength(1)
  })

  it('that shows a page of its own has to be seen: the way ends at once', async () => {
    const seen = pass()
    inFrame = forbidden
    await vi.advanceTimersByTimeAsync(99)
    expect(seen).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(seen).toEqual([null])
    expect(frames()).toHaveLength(0)
  })

  it('that says nothing is waited for no longer than four seconds', async () => {
    const seen = pass()
    await vi.advanceTimersByTimeAsync(3_900)
    expect(seen).toEqual([])
    await vi.advanceTimersByTimeAsync(200)
    expect(seen).toEqual([null])
  })
})
