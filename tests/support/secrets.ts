// Follows a sign-in from outside: which tokens and codes there were, and every place in which they can be seen afterwards.
import type { BrowserContext, Page } from 'playwright-core'

export interface Secrets {
  /** Tokens that went out in an Authorization header, and codes and tokens that the login sent back. */
  known(): readonly string[]
  /** Addresses to which the login sent a browser back, with all that they carry. */
  returns: readonly string[]
  /** Addresses that were asked with an Authorization header; with `token`, with just that one. */
  asked(token?: string): readonly string[]
  /** How often a code was brought to the token endpoint. */
  redeemed(): number
  /** Places in which a known token or code stands: addresses, storage, names of windows, pages, the console. */
  inSight(): Promise<readonly string[]>
}

/** From now on, for all pages of the context. */
export function watchSecrets(context: BrowserContext): Secrets {
  const asked: { url: string; token: string }[] = []
  const returns: string[] = []
  const said: string[] = []
  let redeemed = 0
  context.on('request', (request) => {
    const authorization = request.headers()['authorization']
    if (authorization !== undefined)
      asked.push({ url: request.url(), token: authorization.replace(/^bearer /i, '') })
    if (request.method() === 'POST' && new URL(request.url()).pathname === '/oauth/token') redeemed += 1
  })
  context.on('response', (response) => {
    const to = response.headers()['location']
    if (to !== undefined && /[#?&](access_token|code)=/.test(to)) returns.push(to)
  })
  context.on('console', (message) => said.push(message.text()))
  const known = () => {
    const returned = returns
      .map((to) => new URL(to))
      .flatMap(({ hash, searchParams }) => [
        new URLSearchParams(hash.slice(1)).get('access_token'),
        searchParams.get('code'),
      ])
    const all = [...asked.map(({ token }) => token), ...returned]
    return [...new Set(all.filter((secret): secret is string => secret !== null && secret !== ''))]
  }
  return {
    known,
    returns,
    asked: (token) => asked.filter((one) => token === undefined || one.token === token).map(({ url }) => url),
    redeemed: () => redeemed,
    async inSight() {
      const places = await Promise.all(context.pages().map(readPlaces))
      const all = [...places.flat(), ...said.map((text) => `console: ${text}`)]
      return all.filter((text) => text.includes('access_token') || known().some((one) => text.includes(one)))
    },
  }
}

function readPlaces(page: Page): Promise<string[]> {
  return Promise.all(
    page.frames().map((frame) =>
      frame.evaluate(() => {
        const read = (kind: 'localStorage' | 'sessionStorage') => {
          try {
            return JSON.stringify({ ...window[kind] })
          } catch {
            // A refused storage holds nothing.
            return ''
          }
        }
        const texts = [location.href, window.name, read('localStorage'), read('sessionStorage')]
        return [...texts, document.documentElement.outerHTML].join('\n')
      }),
    ),
  )
}
