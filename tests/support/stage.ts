// The stage of the gallery in a browser: one page on which a test shows scene after scene, without loading it anew.
import type { Browser, Page } from 'playwright-core'
import { startStaticServer } from './static-server'

/** Noon, UTC: what a scene says of times is the same in every run. */
const nowMs = Date.UTC(2026, 5, 15, 12)

export interface StageLook {
  readonly width: number
  readonly height?: number
  readonly theme?: 'light' | 'dark' | 'contrast'
  readonly language?: string
  readonly reducedMotion?: boolean
}

export interface Stage {
  readonly page: Page
  /** The names of all scenes, read from the gallery itself. */
  names(): Promise<readonly string[]>
  show(name: string): Promise<void>
  close(): Promise<void>
}

/** Serves the built gallery: `inject('galleryFolder')`. */
export async function startGallery(folder: string) {
  const server = await startStaticServer(folder)
  return {
    close: () => server.close(),
    async open(browser: Browser, look: StageLook): Promise<Stage> {
      const context = await browser.newContext({
        viewport: { width: look.width, height: look.height ?? 600 },
        deviceScaleFactor: 1,
        locale: 'en-GB',
        timezoneId: 'UTC',
        reducedMotion: look.reducedMotion ? 'reduce' : 'no-preference',
      })
      const page = await context.newPage()
      await page.clock.setFixedTime(nowMs)
      const query = new URLSearchParams({ theme: look.theme ?? 'light', language: look.language ?? 'en' })
      await page.goto(`${server.url}stage.html?${query.toString()}`)
      await page.locator('html[data-names]').waitFor()
      return {
        page,
        names: async () =>
          JSON.parse((await page.locator('html').getAttribute('data-names')) ?? '[]') as string[],
        async show(name) {
          await page.evaluate((wanted) => (location.hash = encodeURIComponent(wanted)), name)
          const isThere = (wanted: string) => document.documentElement.dataset.scene === wanted
          await page.waitForFunction(isThere, name)
        },
        close: () => context.close(),
      }
    },
  }
}
