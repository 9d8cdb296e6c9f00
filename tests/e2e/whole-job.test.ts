// The whole job without a pointer: once by the keyboard alone, once by the accessibility tree alone.
import type { Browser, Frame } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { startAppUnderTest, type AppUnderTest, type CallWish } from '../support/app-under-test'
import { findViolations } from '../support/audit'
import { launchBrowser } from '../support/browser'
import { openDesk, type Desk } from '../support/desk'
import { hears, keyboardOf, treeOf, type Hands } from '../support/hands'

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

async function newCall(wish: CallWish = {}): Promise<Frame> {
  const { interactionId } = await desk.newCall(wish)
  const frame = desk.page.frames().find((one) => one.url().includes(interactionId))
  if (frame === undefined) throw new Error(`No frame for ${interactionId}`)
  return frame
}

const ways: readonly (readonly [string, (frame: Frame) => Promise<Hands>])[] = [
  ['the keyboard alone', (frame) => Promise.resolve(keyboardOf(desk.page, frame))],
  ['the accessibility tree alone', (frame) => treeOf(desk.page, frame)],
]

describe.each(ways)('the whole job by %s', (_way, handsOf) => {
  test('search, play, queue and clear it, hear of the end, take the records along', async () => {
    const frame = await newCall()
    const hands = await handsOf(frame)
    await hands.write(/search/i, 'terms')
    await hands.press('button', /^Terms of sale$/)
    await hears(hands, /Playing/)
    expect(await hands.said()).toContain('Terms of sale')
    await hands.write(/search/i, 'goodbye')
    await hands.press('button', /^Goodbye$/)
    await expect.poll(() => hands.region(/queue/i)).toMatch(/Goodbye/)
    await hands.press('button', /^Clear/)
    await expect.poll(() => hands.region(/queue/i)).toBeNull()
    await hears(hands, /Completed/)
    await hands.press('button', /^Records$/)
    await hands.press('button', /CSV/)
    await hears(hands, /lines? handed/)
    expect(await findViolations(frame)).toEqual([])
  })

  test('where the prompt cannot be played: its words, and the word that they were read aloud', async () => {
    const hands = await handsOf(await newCall({ supportedCodecs: 'g722' }))
    await hands.press('button', /^Welcome$/)
    await hears(hands, /Not played/)
    await hands.press('button', /read it aloud/i)
    await expect.poll(() => hands.region(/words of the prompt/i)).toMatch(/Recorded/)
  })

  test('stop, where the carrier can', async () => {
    await app.set({ backend: 'announcement-leg' })
    try {
      const hands = await handsOf(await newCall())
      await hands.press('button', /^Terms of sale$/)
      await hears(hands, /Playing/)
      await hands.press('button', /^Stop/)
      await hears(hands, /Stopped/)
    } finally {
      await app.set({ backend: 'media-api' })
    }
  })
})

describe('the keys of the panel', () => {
  test('one plays a pinned prompt, and none is taken while somebody types', async () => {
    const frame = await newCall()
    const keyboard = keyboardOf(desk.page, frame)
    const first = await frame.locator('[aria-keyshortcuts="1"]').getAttribute('aria-labelledby')
    const title = await frame.locator(`[id="${first}"]`).innerText()
    await keyboard.write(/search/i, '1')
    expect(await keyboard.said()).not.toContain(title)
    // Out of the search the keys are the panel's at once.
    await keyboard.key('Escape')
    await frame.getByRole('button', { name: title }).first().waitFor()
    const before = keyboard.pressed()
    await keyboard.key('1')
    await hears(keyboard, new RegExp(`Playing\\s+${title}`))
    expect(keyboard.pressed() - before).toBe(1)
    await hears(keyboard, /Completed/)
  })
})
