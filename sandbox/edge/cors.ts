// Which pages of other origins may read the sandbox's answers.
const loopback = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/

const exposed = [
  'inin-correlation-id',
  'inin-ratelimit-count',
  'inin-ratelimit-allowed',
  'inin-ratelimit-reset',
  'Retry-After',
]

/** The API answers the app's own origin and pages on this machine; without a match no header, and the browser refuses. */
export function apiCors(origin: string | undefined, appUrl: string | null): Record<string, string> {
  const isApp = appUrl !== null && origin === new URL(appUrl).origin
  if (origin === undefined || !(isApp || loopback.test(origin))) return { vary: 'Origin' }
  return {
    'access-control-allow-origin': origin,
    'access-control-expose-headers': exposed.join(', '),
    vary: 'Origin',
  }
}

/** A CDN: anybody may read, nobody sends credentials. */
export const cdnCors: Record<string, string> = { 'access-control-allow-origin': '*' }

export const preflight = (requestedHeaders: string | undefined): Record<string, string> => ({
  'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
  'access-control-allow-headers': requestedHeaders ?? 'authorization, content-type',
  'access-control-max-age': '600',
})

/** A page of another origin must not open the desktop's feed; programs without an origin may. */
export const isOwnOrigin = (origin: string | undefined, own: string): boolean =>
  origin === undefined || origin === own

/** Refuses names that only resolve to this machine by a trick of DNS. */
export const isLoopbackHost = (host: string | undefined): boolean => loopback.test(`http://${host ?? ''}`)

export const isLoopbackAddress = (address: string | undefined): boolean =>
  address !== undefined && /^(127\.|::1$|::ffff:127\.)/.test(address)
