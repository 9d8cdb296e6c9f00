// A static host as docs/operating.md wants it: gzip, a year's cache for files with a hash, none for the others. Besides, files of the bench.
import { readFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { gzipSync } from 'node:zlib'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.wav': 'audio/wav',
}
const compressed = new Set(['.html', '.js', '.css', '.json', '.svg'])

function cachingOf(path: string): string {
  if (path.startsWith('/assets/')) return 'public, max-age=31536000, immutable'
  return path.endsWith('.wav') ? 'public, max-age=3600' : 'no-cache'
}

export interface StaticHost {
  /** With a slash at the end. */
  url: string
  port: number
  /** Puts a file in place of the folder's. */
  serve(path: string, content: string | Uint8Array): void
  close(): Promise<void>
}

interface Prepared {
  body: Uint8Array
  headers: Record<string, string>
}

export async function startStaticHost(folder: string): Promise<StaticHost> {
  const instead = new Map<string, string | Uint8Array>()
  /** Compressed once: a host has that done before it is asked. */
  const prepared = new Map<string, Promise<Prepared>>()

  async function prepare(path: string): Promise<Prepared> {
    const file = path === '/' ? '/index.html' : path
    const type = extname(file)
    const raw = instead.get(path) ?? (await readFile(join(folder, normalize(file))))
    const bytes = typeof raw === 'string' ? Buffer.from(raw) : raw
    const isGzip = compressed.has(type)
    return {
      body: isGzip ? gzipSync(bytes, { level: 9 }) : bytes,
      headers: {
        'content-type': types[type] ?? 'application/octet-stream',
        'cache-control': cachingOf(path),
        'access-control-allow-origin': '*',
        ...(isGzip ? { 'content-encoding': 'gzip' } : {}),
      },
    }
  }

  async function answer(path: string, response: ServerResponse): Promise<void> {
    const ready = prepared.get(path) ?? prepare(path)
    prepared.set(path, ready)
    const { body, headers } = await ready
    response.writeHead(200, { ...headers, 'content-length': body.byteLength }).end(body)
  }

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1')
    answer(decodeURIComponent(pathname), response).catch(() => response.writeHead(404).end())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    port,
    serve(path, content) {
      instead.set(path, content)
      prepared.delete(path)
    },
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()))
        server.closeAllConnections()
      }),
  }
}
