// How many keystrokes it takes from the focus to a prompt that plays, in a real browser with real keys.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
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

/** A new call; the agent has clicked into its panel, where nothing can be pressed. Counts the keys from then on. */
async function focused(): Promise<{ panel: Panel; press(key: string): Promise<void>; pressed: string[] }> {
  const panel = await desk.newCall()
  await panel.frame.locator('.prompt.ready', { hasText: 'Hold notice' }).waitFor()
  await panel.frame.locator('.prompts h3').first().click()
  const pressed: string[] = []
  return {
    panel,
    pressed,
    async press(key) {
      pressed.push(key)
      await desk.page.keyboard.press(key)
    },
  }
}
const search = (panel: Panel) => panel.frame.locator('#prompt-search')
const titleOf = async (panel: Panel) =>
  (await panel.frame.locator('[role=status] .title').textContent())?.trim()

describe('from the focus to playing', () => {
  test('a pinned prompt takes one keystroke', async () => {
    const { panel, press, pressed } = await focused()
    await press('4')
    await panel.shows('playing')
    expect(await titleOf(panel)).toBe('Hold notice')
    expect(pressed).toHaveLength(1)
  })

  test('its neighbour, which has no key, takes two: a letter and Enter', async () => {
    const { panel, press, pressed } = await focused()
    const keys = await panel.frame.locator('.prompt', { hasText: 'Callback offer' }).locator('kbd').count()
    expect(keys).toBe(0)
    await press('c')
    await press('Enter')
    await panel.shows('playing')
    expect(await titleOf(panel)).toBe('Callback offer')
    expect(pressed).toHaveLength(2)
  })

  test('and once it plays, the next pinned one takes one keystroke again', async () => {
    const { panel, press } = await focused()
    await press('o')
    await press('Enter')
    await panel.shows('playing')
    await press('1')
    await panel.frame.locator('[data-playback-state]', { hasText: 'Welcome' }).waitFor()
    expect((await panel.plays()).map((play) => play.url.split('/').at(-1))).toEqual([
      'opening-hours.mp3',
      'welcome.mp3',
    ])
  })
})

describe('the search', () => {
  test('takes the letters that are typed anywhere in the panel, marks them and shows where they are said', async () => {
    const { panel, press } = await focused()
    for (const key of 'agree') await press(key)
    expect(await search(panel).inputValue()).toBe('agree')
    const row = panel.frame.locator('.prompt', { hasText: 'Recording notice' })
    await row.locator('mark', { hasText: 'agree' }).waitFor()
    expect((await panel.plays()).length).toBe(0)
    await press('Escape')
    expect(await search(panel).inputValue()).toBe('')
  })

  test('leads with the arrows to what it found, and Enter plays that', async () => {
    const { panel, press } = await focused()
    for (const key of 'notice') await press(key)
    await press('ArrowDown')
    await press('ArrowDown')
    const focusedTitle = panel.frame.locator('.prompt:focus .title')
    await focusedTitle.waitFor()
    const title = (await focusedTitle.textContent())?.trim()
    expect(title).toBe('Hold notice')
    await press('Enter')
    await panel.shows('playing')
    expect(await titleOf(panel)).toBe(title)
  })

  test('the keys are shown by ?, and Escape gives the focus back', async () => {
    const { panel, press } = await focused()
    await press('ArrowDown')
    await press('?')
    await panel.frame.getByRole('dialog', { name: 'Keys' }).waitFor()
    await press('1')
    await press('Escape')
    await panel.frame.locator('.prompt:focus', { hasText: 'Welcome' }).waitFor()
    expect(await panel.plays()).toEqual([])
  })
})

test("an agent's pins are there again after a reload", async () => {
  const panel = await desk.newCall()
  await panel.frame.getByRole('button', { name: 'Change the pins' }).click()
  await panel.frame.getByRole('button', { name: 'Pin Opening hours' }).click()
  const up = panel.frame.getByRole('button', { name: 'Move Opening hours up' })
  while (await up.isEnabled()) await up.click()
  await panel.frame.getByRole('button', { name: 'Close' }).click()
  await desk.reload(panel)
  await panel.frame.locator('.prompt[aria-keyshortcuts="1"]', { hasText: 'Opening hours' }).waitFor()
})

describe('a search whose code does not come at first', () => {
  test('is said, comes with a later key, and Enter plays what it found', async () => {
    const lost = /\/assets\/panel-parts-/
    await desk.page.route(lost, (route) => route.abort())
    const { panel, press } = await focused()
    await press('c')
    await panel.frame.getByText('The search did not arrive').waitFor()
    expect(await panel.frame.locator('.prompt', { hasText: 'Hold notice' }).count()).toBe(1)
    await desk.page.unroute(lost)
    await press('a')
    await panel.frame.locator('.prompt mark').first().waitFor()
    expect(await search(panel).inputValue()).toBe('ca')
    expect(await panel.frame.getByText('The search did not arrive').count()).toBe(0)
    await press('Enter')
    await panel.shows('playing')
    expect(await titleOf(panel)).toBe('Callback offer')
  })
})
