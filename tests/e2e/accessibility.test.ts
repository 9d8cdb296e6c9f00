// Every component and view in every state, in a real browser: WCAG 2.2 AA by axe, contrast in each theme, targets, width, motion.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { findMotion, findSideways, findSmallTargets, findViolations } from '../support/audit'
import { launchBrowser } from '../support/browser'
import { startGallery, type Stage, type StageLook } from '../support/stage'

let browser: Browser
let gallery: Awaited<ReturnType<typeof startGallery>>

beforeAll(async () => {
  gallery = await startGallery(inject('galleryFolder'))
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await gallery?.close()
})

/** Shows each scene once, and lists what is wrong with it. */
async function inEachScene(
  look: StageLook,
  judge: (stage: Stage) => Promise<readonly string[]>,
): Promise<string[]> {
  const stage = await gallery.open(browser, look)
  const found: string[] = []
  const names = await stage.names()
  expect(names.length).toBeGreaterThan(100)
  for (const name of names) {
    await stage.show(name)
    for (const problem of await judge(stage)) found.push(`${name}: ${problem}`)
  }
  await stage.close()
  return found
}

/** Some 170 scenes each: more than one test usually takes on a busy machine. */
const longMs = 240_000

describe('every state of every view and component', () => {
  test(
    'breaks no rule of WCAG 2.2 at A and AA, has contrast in each theme, and targets of at least 24 by 24 px',
    async () => {
      const found = await inEachScene({ width: 360 }, async ({ page }) => {
        const problems = [...(await findViolations(page)), ...(await findSmallTargets(page))]
        for (const theme of ['dark', 'contrast', 'light']) {
          await page.evaluate((next) => (document.documentElement.dataset.theme = next), theme)
          if (theme === 'light') continue
          for (const problem of await findViolations(page, 'colours')) problems.push(`${theme}: ${problem}`)
        }
        return problems
      })
      expect(found).toEqual([])
    },
    longMs,
  )

  test(
    'fits into the narrowest panel, 280 px, and stands still for those who asked for reduced motion',
    async () => {
      const found = await inEachScene({ width: 280, reducedMotion: true }, async ({ page }) => [
        ...(await findSideways(page)),
        ...(await findMotion(page)),
      ])
      expect(found).toEqual([])
    },
    longMs,
  )

  // Zoomed to 200 %, a page has half of its CSS pixels: 360 are 180. The widest panel, 640, is wider then than the narrowest.
  test(
    'fits into a panel of 360 px that is zoomed to 200 %',
    async () => {
      expect(await inEachScene({ width: 180 }, ({ page }) => findSideways(page))).toEqual([])
    },
    longMs,
  )
})

describe('the measures themselves', () => {
  test('see what they are there to see', async () => {
    const stage = await gallery.open(browser, { width: 360 })
    const { page } = stage
    await stage.show('PushButton / plain')
    await page.evaluate(() => {
      // As an adopted sheet: the page's policy lets no style element in.
      const style = new CSSStyleSheet()
      style.replaceSync(
        '.bad { width: 500px; height: 10px; border: 0; transition: width 1s } .pale { color: #ddd }',
      )
      document.adoptedStyleSheets.push(style)
      const button = document.createElement('button')
      button.className = 'bad'
      const words = document.createElement('p')
      words.className = 'pale'
      words.textContent = 'Pale'
      document.querySelector('#app')?.append(button, words)
    })
    const violations = (await findViolations(page)).map((sentence) => sentence.split(':')[0])
    expect(violations).toEqual(expect.arrayContaining(['button-name', 'color-contrast']))
    expect(await findViolations(page, 'colours')).toHaveLength(1)
    expect(await findSmallTargets(page)).toContain('button "" is 500.0 by 10.0 px')
    expect((await findSideways(page))[0]).toMatch(/^5\d\d px in 360 px: button\.bad/)
    expect(await findMotion(page)).toContain('button.bad would move')
    await stage.close()
  })
})
