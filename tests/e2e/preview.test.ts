// A preview in the agent's own headset, in a real browser: it truly sounds, and neither the carrier nor the customer's telephone gets any of it.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { startAppUnderTest, type AppUnderTest } from '../support/app-under-test'
import { launchBrowser } from '../support/browser'
import { openDesk, type Desk, type Panel } from '../support/desk'

let app: AppUnderTest
let browser: Browser
let desk: Desk

beforeAll(async () => {
  app = await startAppUnderTest(inject('appFolder'))
  browser = await launchBrowser()
  desk = await openDesk(browser, app)
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

type Heard = { sounds: HTMLAudioElement[] }

/** The frame of a panel, and what its audio elements do: they are in no document, so each is noted when it is made. */
async function listen(page: Page, panel: Panel) {
  const frame = page.frames().find((one) => one.url().includes(panel.interactionId))
  if (!frame) throw new Error('the panel has no frame')
  await frame.evaluate(() => {
    const sounds: HTMLAudioElement[] = []
    Object.assign(window, { sounds })
    const { play } = HTMLMediaElement.prototype
    HTMLMediaElement.prototype.play = function (this: HTMLAudioElement) {
      sounds.push(this)
      return play.call(this)
    }
  })
  const last = () =>
    frame.evaluate(() => {
      const sound = (window as unknown as Heard).sounds.at(-1)
      return sound === undefined
        ? null
        : {
            atS: sound.currentTime,
            paused: sound.paused,
            ended: sound.ended,
            source: sound.src.split(':')[0],
          }
    })
  return { last }
}

const preview = (panel: Panel) => panel.frame.locator('[data-preview-state]')
const showsPreview = (panel: Panel, state: string) =>
  panel.frame.locator(`[data-preview-state="${state}"]`).waitFor()

test('a preview sounds whole and only for the agent', async () => {
  const panel = await desk.newCall()
  const { last } = await listen(desk.page, panel)
  await panel.frame.locator('.prompt.ready', { hasText: 'Welcome' }).hover()
  await panel.frame.getByRole('button', { name: 'Preview: only you hear it' }).click()
  await showsPreview(panel, 'sounding')
  await panel.frame.getByText('Only you hear this').waitFor()
  await expect.poll(async () => (await last())?.atS ?? 0).toBeGreaterThan(0.5)
  expect(await last()).toMatchObject({ paused: false, source: 'blob' })
  await showsPreview(panel, 'quiet')
  expect(await panel.seen()).toEqual(['idle'])
  expect(await panel.plays()).toEqual([])
  expect(await panel.heard()).toEqual([])
})

test('a prompt that is played to the customer silences the preview', async () => {
  const panel = await desk.newCall()
  const { last } = await listen(desk.page, panel)
  await panel.frame.locator('.prompt.ready', { hasText: 'Terms of sale' }).hover()
  await preview(panel).click()
  await showsPreview(panel, 'sounding')
  await panel.play('Welcome')
  await panel.shows('playing')
  expect((await last())?.paused).toBe(true)
  await panel.shows('completed')
  const plays = await panel.plays()
  expect(plays.map(({ url }) => url.split('/').at(-1))).toEqual(['welcome.mp3'])
})

test('the end of the call silences the preview', async () => {
  const panel = await desk.newCall()
  const { last } = await listen(desk.page, panel)
  await panel.frame.locator('.prompt.ready', { hasText: 'Terms of sale' }).hover()
  await preview(panel).click()
  await showsPreview(panel, 'sounding')
  await app.postCall({ disconnected: true }, panel.interactionId)
  await showsPreview(panel, 'quiet')
  expect((await last())?.paused).toBe(true)
})

test('a file that is no longer the one that was checked is not played, and the panel says so', async () => {
  const panel = await desk.newCall()
  const { last } = await listen(desk.page, panel)
  await panel.frame.locator('.prompt.ready', { hasText: 'Terms of sale' }).hover()
  await desk.page.route('**/terms-of-sale.mp3', async (route) => {
    const response = await route.fetch()
    const body = await response.body()
    body[body.length - 1] = (body[body.length - 1] ?? 0) ^ 1
    await route.fulfill({ response, body })
  })
  await preview(panel).click()
  await panel.frame.getByText('The recording is not the one that was checked').waitFor()
  expect(await last()).toBeNull()
  await desk.page.unroute('**/terms-of-sale.mp3')
})

test('nothing that comes and goes in a call moves a prompt', async () => {
  const panel = await desk.newCall()
  const first = panel.frame.locator('.prompt', { hasText: 'Recording notice' }).first()
  await panel.frame.locator('.prompt.ready', { hasText: 'Recording notice' }).waitFor()
  const places: number[] = []
  /** On the screen, but for what the list was scrolled to reach another prompt. */
  const measure = async () =>
    places.push(
      await first.evaluate(
        (prompt) => prompt.getBoundingClientRect().top + (prompt.closest('.scroll')?.scrollTop ?? Number.NaN),
      ),
    )
  await measure()
  await panel.play('Welcome')
  await panel.shows('playing')
  await measure()
  // More than can have been played by the time of the hold.
  for (const title of ['Recording notice', 'Terms of sale', 'Hold notice']) await panel.play(title)
  await panel.frame.getByRole('region', { name: 'Queue' }).getByText('Hold notice').waitFor()
  await measure()
  await app.postCall({ held: true }, panel.interactionId)
  await panel.shows('interrupted')
  await measure()
  await panel.frame.getByRole('button', { name: 'Clear' }).click()
  await panel.play('Welcome')
  await panel.shows('rejected')
  await panel.frame.getByText('Read this aloud:').waitFor()
  await measure()
  expect(new Set(places).size).toBe(1)
})
