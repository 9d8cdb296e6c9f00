// The built app on an origin of its own, with the response headers that its static host sends; what the policy forbids is told.
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { describeViolation, fitPolicy, headersFor, readHostHeaders, violationPath } from './host-headers'
import { listenOnLoopback } from './listen'
import { serveFile } from './static-files'

export interface BuiltApp {
  /** Ends in a slash. */
  url: string
  /** Paths asked for so far, in order, with 404s. */
  requests: string[]
  /** What the Content-Security-Policy has forbidden so far, a line each. */
  violations: string[]
  close(): Promise<void>
}

export interface BuiltAppWish {
  /** 0: any free one. */
  port: number
  /** Of the sandbox, once it is known: `http://localhost:4680`. */
  sandboxOrigin(): string | null
  /** A text in place of a file of the build, or null: config.json is the sandbox's. */
  instead(path: string): string | null
  /** Called with each violation. */
  onViolation?(violation: string): void
}

/** Serves `folder` on 127.0.0.1. Unknown paths are 404, never index.html. Rejects where the folder holds no build. */
export async function startBuiltApp(folder: string, wish: BuiltAppWish): Promise<BuiltApp> {
  const rules = readHostHeaders(await readFile(join(folder, '_headers'), 'utf8'))
  const requests: string[] = []
  const violations: string[] = []

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://127.0.0.1').pathname)
    if (path === violationPath) {
      const violation = describeViolation(await readText(request))
      violations.push(violation)
      wish.onViolation?.(violation)
      return void response.writeHead(204).end()
    }
    requests.push(path)
    const headers = headersFor(rules, path)
    const origin = wish.sandboxOrigin()
    const policy = headers['content-security-policy']
    if (policy !== undefined && origin !== null)
      headers['content-security-policy'] = fitPolicy(policy, origin)
    const file = path === '/' ? 'index.html' : path.slice(1)
    const { 'cache-control': caching = 'no-cache' } = headers
    const served = await serveFile(folder, file, caching, request.headers['if-none-match'])
    const text = wish.instead(path)
    const body = text ?? served.body
    const type = text === null ? {} : { 'content-type': 'application/json; charset=utf-8' }
    response.writeHead(text === null ? served.status : 200, { ...served.headers, ...headers, ...type })
    response.end(body)
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)))
  })
  const bound = await listenOnLoopback(server, wish.port)
  return {
    url: `http://127.0.0.1:${bound}/`,
    requests,
    violations,
    close: () =>
      new Promise((closed, failed) => {
        server.close((error) => (error ? failed(error) : closed()))
        server.closeAllConnections()
      }),
  }
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array))
  return Buffer.concat(chunks).toString('utf8')
}
