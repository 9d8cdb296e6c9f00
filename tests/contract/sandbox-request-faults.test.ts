// What may happen to a request and to its answer on the way: in memory, where minutes take no time.
import { beforeEach, describe, expect, it } from 'vitest'
import type { Fault } from '../../sandbox/org/fault-kinds'
import { NetworkLoss } from '../../sandbox/org/network'
import { type Bench, openBench } from './sandbox-bench'

const playPath = '/api/v2/media/play'
const me = '/api/v2/users/me'

let bench: Bench
beforeEach(async () => {
  bench = await openBench()
})

const add = (fault: Fault) => bench.org.faults.add(fault)
const plays = () => bench.org.state().plays.length
/** A promise's end, or `waiting` as long as there is none. */
function watch(promise: Promise<Response>): { end: string | number } {
  const watched: { end: string | number } = { end: 'waiting' }
  promise.then(
    ({ status }) => (watched.end = status),
    (error: unknown) =>
      (watched.end = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown'),
  )
  return watched
}
const bodyOf = async (answer: Response) => (await answer.json()) as Record<string, unknown>

describe('an answer', () => {
  it.each([401, 403, 404, 410, 429, 500, 503])('of %i refuses before anything happens', async (status) => {
    add({ kind: 'status', status, match: { path: playPath } })
    const answer = await bench.play()
    expect([answer.status, plays()]).toEqual([status, 0])
    expect(await bodyOf(answer)).toMatchObject({ status, code: expect.any(String) })
    expect((await bench.play()).status).toBe(202)
  })

  it('says when to come again, and in its own words', async () => {
    add({ kind: 'status', status: 429, retryAfterS: 7, code: 'slow.down', message: 'Slow down.' })
    const answer = await bench.api('GET', me)
    expect(answer.headers.get('retry-after')).toBe('7')
    expect(await bodyOf(answer)).toMatchObject({ code: 'slow.down', message: 'Slow down.' })
  })

  it('names the permissions that are missing', async () => {
    add({ kind: 'status', status: 403, missingPermissions: ['a:b:c', 'd:e:f'] })
    expect(await bodyOf(await bench.play())).toMatchObject({
      code: 'missing.any.permissions',
      messageParams: { permissions: '[a:b:c, d:e:f]' },
    })
  })

  it('may be an error though everything was done', async () => {
    add({ kind: 'done-but-status', status: 504 })
    expect([(await bench.play()).status, plays()]).toEqual([504, 1])
  })
})

describe('a request', () => {
  it('is lost on its way: nothing is done, and fetch rejects', async () => {
    add({ kind: 'lose-request' })
    await expect(bench.play()).rejects.toThrow(NetworkLoss)
    expect(plays()).toBe(0)
  })

  it('loses its answer: everything is done, and fetch rejects', async () => {
    add({ kind: 'lose-answer' })
    await expect(bench.play()).rejects.toThrow(TypeError)
    expect(plays()).toBe(1)
  })

  it('hangs until the caller gives up, and is not carried out', async () => {
    add({ kind: 'hang' })
    const abort = new AbortController()
    const request = watch(bench.api('GET', me, undefined, abort.signal))
    await bench.clock.advance(3_600_000)
    expect(request.end).toBe('waiting')
    abort.abort()
    await bench.clock.advance(0)
    expect(request.end).toContain('AbortError')
  })

  it('is carried out now and answered late', async () => {
    add({ kind: 'late', delayMs: 5000 })
    const request = watch(bench.play())
    await bench.clock.advance(4999)
    expect([request.end, plays()]).toEqual(['waiting', 1])
    await bench.clock.advance(1)
    expect(request.end).toBe(202)
  })

  it('arrives late, and is carried out although nobody waits', async () => {
    add({ kind: 'slow', delayMs: 5000 })
    const abort = new AbortController()
    const body = { interactionId: bench.callId, media: [] }
    const request = watch(bench.api('POST', playPath, body, abort.signal))
    abort.abort()
    await bench.clock.advance(4999)
    expect(request.end).toContain('AbortError')
    expect(bench.clock.pending()).toBe(1)
    await bench.clock.advance(1)
    expect(bench.clock.pending()).toBe(0)
  })
})

describe('a fault', () => {
  it('strikes as often as it was told, and then is gone', async () => {
    add({ kind: 'status', status: 500, times: 2 })
    const statuses = []
    for (let count = 0; count < 3; count++) statuses.push((await bench.api('GET', me)).status)
    expect([statuses, bench.org.faults.state().faults]).toEqual([[500, 500, 200], []])
  })

  it('strikes until it is cleared, and counts', async () => {
    const { id } = add({ kind: 'status', status: 500, times: null })
    for (let count = 0; count < 3; count++) expect((await bench.api('GET', me)).status).toBe(500)
    expect(bench.org.faults.state().faults).toMatchObject([{ id, hits: 3, left: null }])
    expect([bench.org.faults.remove(id), bench.org.faults.remove(id)]).toEqual([true, false])
    expect((await bench.api('GET', me)).status).toBe(200)
  })

  it.each<[Fault['match'], boolean]>([
    [{ method: 'patch' }, true],
    [{ method: 'GET' }, false],
    [{ path: '/api/v2/conversations/' }, true],
    [{ path: '/api/v2/conversations/*/participants/*/attributes' }, true],
    [{ path: '/api/v2/conversations/*' }, false],
    [{ path: playPath }, false],
    [{ interactionId: 'another' }, false],
    [{}, true],
  ])('meant for %j meets a write of attributes: %s', async (match, isMet) => {
    const call = bench.org.calls.all()[0]!.conversation
    add({ kind: 'status', status: 500, match })
    const path = `/api/v2/conversations/${call.id}/participants/${call.participants[0]!.id}/attributes`
    const answer = await bench.api('PATCH', path, { attributes: { a: 'b' } })
    expect(answer.status).toBe(isMet ? 500 : 202)
  })

  it('meant for an interaction knows it in a path and in a body', async () => {
    add({ kind: 'status', status: 500, match: { interactionId: bench.callId }, times: 2 })
    expect((await bench.api('GET', me)).status).toBe(200)
    expect((await bench.api('GET', `/api/v2/conversations/calls/${bench.callId}`)).status).toBe(500)
    expect((await bench.play()).status).toBe(500)
  })

  it.each([
    [{ kind: 'status' }, 'needs "status"'],
    [{ kind: 'status', status: 200 }, 'from 400 to 599'],
    [{ kind: 'explode' }, 'no fault "explode"'],
    [{ kind: 'hang', delayMs: 1 }, 'has no "delayMs"'],
    [{ kind: 'hang', match: { topic: 'x' } }, 'cannot be limited by "topic"'],
    [{ kind: 'cut', times: 2 }, 'has no "times"'],
    [{ kind: 'late', delayMs: -1 }, '"delayMs" must be'],
  ])('%j is refused', (fault, reason) => {
    expect(() => add(fault as Fault)).toThrow(reason)
  })
})

describe('the network', () => {
  it('is down for as long as it was told', async () => {
    add({ kind: 'network', forMs: 20_000 })
    expect(bench.org.faults.state().network).toMatchObject({ down: true })
    await bench.clock.advance(19_999)
    await expect(bench.play()).rejects.toThrow(NetworkLoss)
    await bench.clock.advance(1)
    expect([(await bench.play()).status, plays()]).toEqual([202, 1])
  })

  it('takes along what is on its way: not yet arrived, or not yet answered', async () => {
    add({ kind: 'late', delayMs: 5000 })
    const answered = watch(bench.play())
    add({ kind: 'slow', delayMs: 5000 })
    const arriving = watch(bench.api('GET', me))
    await bench.clock.advance(1000)
    add({ kind: 'network', forMs: 1000 })
    await bench.clock.advance(0)
    expect([answered.end, arriving.end, plays()]).toEqual(['TypeError: network', 'TypeError: network', 1])
  })

  it('comes back when told so', async () => {
    add({ kind: 'network' })
    await bench.clock.advance(86_400_000)
    add({ kind: 'network', down: false })
    expect((await bench.api('GET', '/api/v2/tokens/me')).status).toBe(401)
  })
})
