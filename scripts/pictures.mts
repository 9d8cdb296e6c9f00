// Takes the pictures of the README from the production build in dist/: `npm run build && npx tsx scripts/pictures.mts`.
import { spawnSync } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { FrameLocator, Page } from 'playwright-core'
import { startAppUnderTest } from '../tests/support/app-under-test'
import { launchBrowser } from '../tests/support/browser'

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url))
const picture = (name: string): string => path(`../docs/pictures/${name}.png`)
/** Long enough into the prompt that the bar and the level meter show something. */
const wantedShare = 0.3

/** A third of the size where pngquant is installed; without it the pictures stay as they are. */
function shrink(file: string): void {
  const { status, error } = spawnSync('pngquant', ['--force', '--skip-if-larger', '--output', file, file])
  const isThere = !(error && 'code' in error && error.code === 'ENOENT')
  if (isThere && status !== 0 && status !== 98) throw new Error(`pngquant failed at ${file}: ${status}`)
}

async function take(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: picture(name) })
  shrink(picture(name))
}

async function playWelcome(panel: FrameLocator | Page): Promise<void> {
  await panel.locator('.prompt.ready').nth(3).waitFor()
  await panel.getByRole('button', { name: 'Welcome', exact: true }).click()
  await panel.locator('[data-playback-state="playing"]').waitFor()
  const bar = panel.getByRole('progressbar')
  for (let share = 0; share < wantedShare;)
    share = Number(await bar.getAttribute('aria-valuenow', { timeout: 2_000 })) / 100
}

await mkdir(path('../docs/pictures'), { recursive: true })
const app = await startAppUnderTest(path('../dist'))
const browser = await launchBrowser()
try {
  // One context: the desktop's sign-in holds for the panels that are opened by themselves.
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const page = await context.newPage()
  await page.goto(app.desktopUrl)
  const { calls } = await app.state()
  const interactionId = calls[0]?.id ?? ''
  const panel = page.locator(`iframe[data-interaction-id="${interactionId}"]`).contentFrame()
  await playWelcome(panel)
  await take(page, 'desk')
  await panel.locator('[data-playback-state="completed"]').waitFor()

  for (const width of [280, 360, 640]) {
    await page.setViewportSize({ width, height: 600 })
    await page.goto(`${app.appUrl}?gcConversationId=${interactionId}`)
    await playWelcome(page)
    await take(page, `panel-${width}`)
    await page.locator('[data-playback-state="completed"]').waitFor()
  }
} finally {
  await browser.close()
  await app.close()
}
