// One HTTP request of the sandbox: which part answers it, and what every answer of that part carries.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { fileURLToPath } from 'node:url'
import { catalogueOf, soundsLike } from '../cdn/many-prompts'
import type { Org } from '../org/org'
import type { OrgRequest } from '../org/messages'
import { NetworkLoss } from '../org/network'
import { promptUploadBytes, promptUploadPath } from '../org/prompt-shelf'
import { uploadPath } from '../org/routes/flow-routes'
import { apiCors, cdnCors, isLoopbackAddress, isLoopbackHost, preflight } from './cors'
import { type FileAnswer, missing, serveFile, serveModule } from './static-files'

const desktopFolder = fileURLToPath(new URL('../desktop', import.meta.url))
const cdnFolder = fileURLToPath(new URL('../cdn/files', import.meta.url))
const bodyLimitBytes = 1024 * 1024

/** Answers one request; rejects with a NetworkLoss where a fault breaks the wire, else only where the sandbox itself fails. */
export async function answerHttp(
  org: Org,
  origin: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = 'GET', headers, socket } = request
  if (!isLoopbackAddress(socket.remoteAddress) || !isLoopbackHost(headers.host)) {
    return send(response, method, plain(403, 'The sandbox answers this machine only.'))
  }
  const address = `${origin}${request.url ?? '/'}`
  if (!URL.canParse(address)) return send(response, method, plain(400, 'The address cannot be read.'))
  const url = new URL(address)
  const path = url.pathname
  const isApi = /^\/api\/v2(\/|$)/.test(path)
  const isCdn = path.startsWith('/cdn/')
  // The app itself asks for its token, and puts files where a job wants them; the pages of the login server are nobody's.
  const isRead =
    isApi ||
    path === '/oauth/token' ||
    [uploadPath, promptUploadPath].some((uploads) => path.startsWith(uploads))
  const cors = isRead ? apiCors(headers.origin, org.appUrl()) : isCdn ? cdnCors : {}
  if (isApi && !org.isReachable()) throw new NetworkLoss()
  if (method === 'OPTIONS' && (isRead || isCdn)) {
    const allowed = { ...cors, ...preflight(headers['access-control-request-headers']) }
    return send(response, method, { status: 204, headers: allowed, body: '' })
  }
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  const answer = await answerFor(org, url, request, gone.signal)
  send(response, method, { ...answer, headers: { ...answer.headers, ...cors } })
}

async function answerFor(
  org: Org,
  url: URL,
  request: IncomingMessage,
  signal: AbortSignal,
): Promise<FileAnswer> {
  const { method = 'GET', headers } = request
  const path = url.pathname
  const asked = (body: string): OrgRequest => ({
    method,
    path,
    query: url.searchParams,
    headers: singleHeaders(headers),
    body,
    signal,
  })
  if (/^\/(api\/v2|oauth|sandbox)(\/|$)|^\/logout$/.test(path)) {
    // The audio of a prompt is no text: each byte becomes one character.
    const isAudio = path.startsWith(promptUploadPath)
    const limitBytes = isAudio ? promptUploadBytes : bodyLimitBytes
    const body = await readBody(request, limitBytes, isAudio ? 'latin1' : 'utf8')
    if (body === null) return plain(413, `A request may carry at most ${limitBytes} bytes.`)
    return org.http(asked(body))
  }
  if (method !== 'GET' && method !== 'HEAD') return plain(405, `${method} is not possible for ${path}.`)
  if (path === '/') {
    // The desktop lives on `localhost`: by another name of this machine the app's frame would be of the same site.
    if (`http://${headers.host}` !== url.origin) {
      return { status: 302, headers: { location: `${url.origin}/` }, body: '' }
    }
    const page = await serveFile(desktopFolder, 'index.html', 'no-store', undefined)
    return { ...page, headers: { ...page.headers, 'set-cookie': org.desktopCookie() } }
  }
  if (path.startsWith('/desktop/')) {
    const rest = path.slice('/desktop/'.length)
    const module = /\.(html|css|svg|json|png|woff2)$/.test(rest)
      ? null
      : await serveModule(desktopFolder, rest)
    return module ?? serveFile(desktopFolder, rest, 'no-store', undefined)
  }
  if (path.startsWith('/cdn/')) {
    const cacheControl = path.endsWith('.json') ? 'no-cache' : 'public, max-age=3600'
    const file = path.slice('/cdn/'.length)
    const { catalogueSize } = org.state().settings
    return org.serve(asked(''), async () =>
      file === 'catalogue.json' && catalogueSize !== null
        ? json(catalogueOf(catalogueSize))
        : serveFile(cdnFolder, soundsLike(file), cacheControl, headers['if-none-match']),
    )
  }
  return missing(path)
}

function send(response: ServerResponse, method: string, { status, headers, body }: FileAnswer): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) })
  response.end(method === 'HEAD' ? undefined : body)
}

const plain = (status: number, sentence: string): FileAnswer => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  body: `${sentence}\n`,
})

const json = (body: string): FileAnswer => ({
  status: 200,
  headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-cache' },
  body,
})

/** The whole body as text, or null where it is longer than anything asked for here. */
async function readBody(
  request: IncomingMessage,
  limitBytes: number,
  encoding: BufferEncoding,
): Promise<string | null> {
  const chunks: Buffer[] = []
  let sizeBytes = 0
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk)
    sizeBytes += bytes.byteLength
    // Read on even when it is too long: the caller gets an answer instead of a torn connection.
    if (sizeBytes <= limitBytes) chunks.push(bytes)
  }
  return sizeBytes > limitBytes ? null : Buffer.concat(chunks).toString(encoding)
}

const singleHeaders = (headers: IncomingMessage['headers']): OrgRequest['headers'] =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  )
