// The catalogue from the CDN: one JSON file below the configured base.
import { readCatalogue } from '../core/catalogue'
import { answered, refused } from '../core/errors'
import type { CatalogueSource } from '../core/ports'

/** `fetch` comes in: what was asked ahead is taken from there. */
export function createCdnCatalogue(
  cdnBase: string,
  path: string,
  timeoutMs: number,
  fetch: (url: string, init: RequestInit) => Promise<Response> = (url, init) => globalThis.fetch(url, init),
): CatalogueSource {
  return {
    async fetchCatalogue() {
      try {
        const response = await fetch(`${cdnBase}/${path}`, {
          credentials: 'omit',
          signal: AbortSignal.timeout(timeoutMs),
        })
        if (!response.ok)
          return refused({ kind: 'rejected', status: response.status, message: `HTTP ${response.status}` })
        return answered(readCatalogue(await response.json()))
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error)
        return refused({ kind: error instanceof SyntaxError ? 'malformed' : 'offline', message })
      }
    },
  }
}
