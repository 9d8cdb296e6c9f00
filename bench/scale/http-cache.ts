// One browser's HTTP cache before a CDN, by RFC 9111 as far as a CDN of prompt files needs it: max-age, ETag, no-store, no-cache.
import type { Clock } from '../../src/core/ports'

export interface CdnAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | string
}

/** The CDN: `knownTag` is the caller's If-None-Match. */
export type Cdn = (url: string, knownTag: string | undefined) => Promise<CdnAnswer>

/** What went over the wire. */
export interface CdnRequest {
  readonly atMs: number
  readonly url: string
  /** 304: the browser had it still. */
  readonly status: number
  /** Of the body; headers are not counted. */
  readonly bytes: number
}

interface Kept {
  readonly answer: CdnAnswer
  readonly freshUntilMs: number
}

export function createHttpCache(cdn: Cdn, clock: Clock, told: (request: CdnRequest) => void) {
  const kept = new Map<string, Kept>()
  /** A browser asks once for what several frames want at the same time, if it may keep the answer. */
  const underWay = new Map<string, Promise<CdnAnswer>>()

  async function ask(url: string): Promise<CdnAnswer> {
    const before = kept.get(url)
    if (before && clock.now() < before.freshUntilMs) return before.answer
    const fresh = await cdn(url, before?.answer.headers.etag)
    told({ atMs: clock.now(), url, status: fresh.status, bytes: sizeOf(fresh) })
    const answer = fresh.status === 304 && before ? before.answer : fresh
    const control = fresh.headers['cache-control'] ?? ''
    const maxAgeS = Number(/\bmax-age=(\d+)/.exec(control)?.[1] ?? 0)
    if (!control.includes('no-store')) kept.set(url, { answer, freshUntilMs: clock.now() + maxAgeS * 1000 })
    return answer
  }

  async function fetch(url: string): Promise<Response> {
    const { status, headers, body } = await ((await sharedWith(url)) ?? begin(url))
    return new Response(typeof body === 'string' ? body : body.slice().buffer, { status, headers })
  }

  function begin(url: string): Promise<CdnAnswer> {
    const running = ask(url).finally(() => underWay.delete(url))
    underWay.set(url, running)
    return running
  }

  async function sharedWith(url: string): Promise<Promise<CdnAnswer> | null> {
    const running = underWay.get(url)
    if (running === undefined) return null
    await running
    // What may not be kept is of no use to anybody else: each asks for itself.
    return kept.has(url) ? running : null
  }

  return { fetch }
}

const sizeOf = ({ body }: CdnAnswer): number =>
  typeof body === 'string' ? Buffer.byteLength(body) : body.length
