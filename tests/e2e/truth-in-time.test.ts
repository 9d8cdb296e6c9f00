// The truth where it takes its time, in a real browser: a cut network, an ended sign-in. Each has a desktop of its own, so that they wait side by side.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, inject, test } from 'vitest'
import { startAppUnderTest, type AppUnderTest } from '../support/app-under-test'
import { launchBrowser } from '../support/browser'
import { openDesk } from '../support/desk'

let browser: Browser
const apps: AppUnderTest[] = []

async function startApp(): Promise<AppUnderTest> {
  const app = await startAppUnderTest(inject('appFolder'))
  apps.push(app)
  return app
}

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  for (const app of apps) await app.close()
})

describe.concurrent('the network is cut in the middle of playing', () => {
  test('the panel says unknown, and the true outcome within 2 s of the return', async ({ expect }) => {
    const app = await startApp()
    const desk = await openDesk(browser, app)
    const panel = await desk.newCall()
    await panel.play('Welcome')
    await panel.shows('playing')
    const downMs = 20_000
    const cutAt = Date.now()
    await app.post('faults', { kind: 'network', forMs: downMs })
    await panel.shows('unknown')
    await panel.shows('completed')
    expect(Date.now() - cutAt - downMs).toBeLessThan(2_000)
    expect(await panel.plays()).toHaveLength(1)
  })
})

describe.concurrent('the sign-in ends', () => {
  test('it is renewed between playbacks, and the agent is where they were', async ({ expect }) => {
    // Panels share the longest-lived sign-in of all, so every one of this desktop has to be short.
    const brief = await startApp()
    await brief.post('settings', { tokenLifetimeS: 40 })
    const own = await openDesk(browser, brief)
    const panel = await own.panel()
    await brief.post('settings', { tokenLifetimeS: 86_400 })
    const before = own.visits(panel)
    await panel.frame.getByRole('searchbox').fill('Terms')
    await panel.play('Terms of sale')
    await panel.shows('completed')
    await expect.poll(() => own.visits(panel), { timeout: 40_000 }).toBeGreaterThan(before)
    await panel.frame.getByText('✓ played').waitFor()
    expect(await panel.frame.getByRole('searchbox').inputValue()).toBe('Terms')
    expect(await panel.plays()).toHaveLength(1)
  })
})
