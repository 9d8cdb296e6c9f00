// The sandbox's CDN without a network: its own files, in memory, with the headers that it gives them.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Cdn } from './http-cache'

const folder = fileURLToPath(new URL('../../sandbox/cdn/files', import.meta.url))

/** As the sandbox tells: the catalogue is asked about each time, a file lives for an hour. Or nothing may be kept. */
export type Caching = 'as told' | 'none'

const files = new Map<string, { bytes: Buffer; etag: string } | null>()

function read(path: string) {
  const known = files.get(path)
  if (known !== undefined) return known
  const file = join(folder, path)
  const bytes = existsSync(file) ? readFileSync(file) : null
  const etag = bytes && `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`
  const found = bytes && etag ? { bytes, etag } : null
  files.set(path, found)
  return found
}

export const cdnOf =
  (caching: Caching): Cdn =>
  (url, knownTag) => {
    const path = new URL(url).pathname.slice('/cdn/'.length)
    const file = read(path)
    const control = path.endsWith('.json') ? 'no-cache' : 'public, max-age=3600'
    const headers = { 'cache-control': caching === 'none' ? 'no-store' : control }
    if (file === null) return Promise.resolve({ status: 404, headers, body: '' })
    const { bytes, etag } = file
    if (knownTag === etag) return Promise.resolve({ status: 304, headers: { ...headers, etag }, body: '' })
    return Promise.resolve({ status: 200, headers: { ...headers, etag }, body: new Uint8Array(bytes) })
  }
