// Both browsers of browser.ts behind one door, started once, for tests that must hold in both.
import type { BrowserContext } from 'playwright-core'
import { launchBrowser, launchRealistic } from './browser'

export const browserKinds = ['storage refused to frames', 'storage partitioned'] as const
export type BrowserKind = (typeof browserKinds)[number]

export interface EitherBrowser {
  /** Without pages and cookies of an earlier test. */
  fresh(kind: BrowserKind): Promise<BrowserContext>
  close(): Promise<void>
}

export async function launchBoth(): Promise<EitherBrowser> {
  const plain = await launchBrowser()
  const real = await launchRealistic()
  return {
    async fresh(kind) {
      if (kind === 'storage refused to frames') {
        for (const old of plain.contexts()) await old.close()
        return plain.newContext()
      }
      // The only context with the browser's own defaults is the one it came with; it must not lose its last page.
      const context = real.browser.contexts()[0]
      if (!context) throw new Error('The browser has no context')
      const old = context.pages()
      await context.newPage()
      for (const page of old) await page.close()
      await context.clearCookies()
      return context
    },
    async close() {
      await plain.close()
      await real.close()
    },
  }
}
