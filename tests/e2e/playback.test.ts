// From click to sound in a real browser: the desktop page, the panel in its frame, and the customer's telephone.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { startAppUnderTest, type AppUnderTest } from '../support/app-under-test'
import { launchBrowser } from '../support/browser'
import { expectInOrder, openDesk, type Desk } from '../support/desk'

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

describe('an agent plays a prompt', () => {
  test('the customer hears it once and whole, and the panel shows each state in order', async () => {
    const panel = await desk.panel()
    await panel.play('Welcome')
    await panel.shows('completed')
    expectInOrder(await panel.seen(), ['requested', 'buffering', 'playing', 'completed'])
    const plays = await panel.plays()
    expect(plays).toHaveLength(1)
    await expect.poll(async () => (await panel.heard())[0]?.measuredBy).toBe('web-audio')
    const [heard, ...more] = await panel.heard()
    expect(more).toEqual([])
    expect(heard).toMatchObject({ outcome: 'completed', url: plays[0]?.url })
    expect(Math.abs((heard?.playedMs ?? 0) / (heard?.durationMs ?? 1) - 1)).toBeLessThan(0.05)
  })

  test('a click on a prepared prompt costs exactly one request; the notes to colleagues and its record follow', async () => {
    const panel = await desk.newCall()
    await panel.frame.locator('.prompt.ready', { hasText: 'Welcome' }).waitFor()
    const sent: string[] = []
    desk.page.on('request', (request) => {
      if (request.method() !== 'OPTIONS' && request.frame().url().includes(panel.interactionId))
        sent.push(request.url())
    })
    await panel.play('Welcome')
    await panel.shows('completed')
    await expect.poll(() => sent.length, { timeout: 5_000 }).toBe(4)
    const [click, ...followers] = sent.map((url) => new URL(url).pathname)
    expect(click).toBe('/api/v2/media/play')
    // That it plays, how it ended, and the record.
    for (const path of followers) expect(path).toMatch(/\/attributes$/)
  })

  test('hold in the middle interrupts the prompt, and the panel says after how long', async () => {
    const panel = await desk.newCall()
    await panel.play('Terms of sale')
    await panel.shows('playing')
    await app.postCall({ held: true }, panel.interactionId)
    await panel.shows('interrupted')
    const text = await panel.frame.getByRole('status').innerText()
    expect(text).toMatch(/put on hold after \d+\.\d s/)
    await expect.poll(async () => (await panel.heard())[0]?.outcome).toBe('cut')
  })

  test('a hang-up in the middle interrupts the prompt', async () => {
    const panel = await desk.newCall()
    await panel.play('Terms of sale')
    await panel.shows('playing')
    await app.postCall({ disconnected: true }, panel.interactionId)
    await panel.shows('interrupted')
  })
})

describe('the right file', () => {
  const fileOf = (url: string | undefined) => url?.split('/cdn/')[1]

  test('a German premium customer hears the German premium recording', async () => {
    const panel = await desk.newCall({ attributes: { language: 'de_AT', service_tier: 'premium' } })
    await panel.play('Welcome')
    await panel.shows('playing')
    expect(fileOf((await panel.plays())[0]?.url)).toBe('de/premium/welcome.mp3')
  })

  test('a hostile language attribute gives the default, and a note says so', async () => {
    const panel = await desk.newCall({ attributes: { language: '../../evil', service_tier: null } })
    await panel.frame.getByText("The customer's language is not readable").waitFor()
    await panel.play('Welcome')
    await panel.shows('playing')
    expect(fileOf((await panel.plays())[0]?.url)).toBe('en/standard/welcome.mp3')
  })

  test('a language without recordings falls back and says why', async () => {
    const panel = await desk.newCall({ attributes: { language: 'ja' } })
    await panel.frame.getByText('no Japanese recording: English instead').first().waitFor()
  })

  test('an endpoint that plays only opus gets the opus file', async () => {
    const panel = await desk.newCall({ supportedCodecs: ['opus'] })
    await panel.play('Welcome')
    await panel.shows('playing')
    expect(fileOf((await panel.plays())[0]?.url)).toBe('en/standard/welcome.opus')
  })

  test('an endpoint that plays only g722 gets a sentence, and nothing is sent', async () => {
    const panel = await desk.newCall({ supportedCodecs: 'g722' })
    await panel.play('Welcome')
    await panel.shows('rejected')
    expect(await panel.failureCode()).toBe('codec_unsupported')
    await panel.frame.getByText('Read this aloud:').waitFor()
    expect(await panel.plays()).toEqual([])
  })

  test('the order of the participants does not matter', async () => {
    const panel = await desk.newCall({
      attributes: { language: 'fr' },
      shuffleParticipants: true,
      customerName: 'Zoé Laurent',
    })
    await panel.frame.getByRole('heading', { name: 'Zoé Laurent' }).waitFor()
  })
})

describe('a faulty recording is rejected before it is played, with its own code', () => {
  const faulty: [string, string][] = [
    ['missing', 'asset_missing'],
    ['truncated', 'asset_truncated'],
    ['mislabelled', 'asset_corrupt'],
    ['html', 'asset_corrupt'],
    ['codec', 'codec_unsupported'],
  ]
  test.each(faulty)('faulty-%s: %s', async (key, code) => {
    const catalogue = (await (await fetch(`${app.sandboxUrl}/cdn/catalogue.json`)).json()) as {
      prompts: { key: string; title: string }[]
    }
    const title = catalogue.prompts.find((prompt) => prompt.key === `faulty-${key}`)?.title ?? ''
    const panel = await desk.newCall()
    await panel.play(title)
    await panel.shows('rejected')
    expect(await panel.failureCode()).toBe(code)
    expect(await panel.plays()).toEqual([])
  })
})
