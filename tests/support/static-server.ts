// Serves a folder as any static host would, so that a test meets the production build and nothing cleverer.
import { readFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
}

export interface StaticServer {
  /** With a slash at the end. */
  url: string
  /** Answers this path with a text instead of the folder's file: `serve('/config.json', '{}')`. */
  serve(path: string, text: string): void
  /** Paths asked for so far, in order, with 404s. */
  requests: string[]
  close(): Promise<void>
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EISDIR')

/** Serves `folder` on 127.0.0.1 at a free port. Unknown paths are 404, never index.html. */
export async function startStaticServer(folder: string): Promise<StaticServer> {
  const instead = new Map<string, string>()
  const requests: string[] = []

  async function answer(path: string, response: ServerResponse): Promise<void> {
    requests.push(path)
    const file = path === '/' ? '/index.html' : path
    const headers = {
      'Content-Type': types[extname(file)] ?? 'application/octet-stream',
      'Cache-Control': 'no-store',
    }
    try {
      const body = instead.get(path) ?? (await readFile(join(folder, normalize(file))))
      response.writeHead(200, headers).end(body)
    } catch (error) {
      response.writeHead(isMissing(error) ? 404 : 500).end(isMissing(error) ? '' : String(error))
    }
  }

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1')
    void answer(decodeURIComponent(pathname), response)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    serve: (path, text) => void instead.set(path, text),
    requests,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()))
        server.closeAllConnections()
      }),
  }
}
