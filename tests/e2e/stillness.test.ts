// Nothing jumps: the browser's own layout-shift entries, from the first paint of a panel to the outcome of a playback.
import type { Browser, Frame } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { startAppUnderTest, type AppUnderTest } from '../support/app-under-test'
import { launchBrowser } from '../support/browser'
import { openDesk, type Desk } from '../support/desk'

let app: AppUnderTest
let browser: Browser
let desk: Desk

interface Shift {
  readonly value: number
  /** What moved, from which height to which. */
  readonly moved: readonly string[]
}
type Watched = Window & { shifts: Shift[] }

beforeAll(async () => {
  app = await startAppUnderTest(inject('appFolder'))
  browser = await launchBrowser()
  const context = await browser.newContext()
  await context.addInitScript(watchShifts)
  desk = await openDesk(context, app)
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

/** Runs in each frame before anything else does. Shifts that follow a click count too: a list must not move under the pointer. */
function watchShifts(): void {
  const shifts: Shift[] = []
  Object.assign(window, { shifts })
  interface Entry extends PerformanceEntry {
    value: number
    sources: { node: Node | null; previousRect: DOMRect; currentRect: DOMRect }[]
  }
  new PerformanceObserver((list) => {
    for (const { value, sources } of list.getEntries() as Entry[])
      shifts.push({
        value,
        moved: sources.map(({ node, previousRect, currentRect }) => {
          const element = node instanceof Element ? node : node?.parentElement
          const from = `${previousRect.y} + ${previousRect.height}`
          return `${element?.localName}.${element?.className} from ${from} to ${currentRect.y} + ${currentRect.height}`
        }),
      })
  }).observe({ type: 'layout-shift', buffered: true })
}

const shiftsOf = (frame: Frame): Promise<Shift[]> =>
  frame.evaluate(() => (window as unknown as Watched).shifts)

async function openPanel() {
  const panel = await desk.newCall()
  const frame = desk.page.frames().find((one) => one.url().includes(panel.interactionId))
  if (frame === undefined) throw new Error('The panel has no frame.')
  return { panel, frame }
}

test('nothing moves from the first paint to the end of a playback', async () => {
  const { panel, frame } = await openPanel()
  expect(await shiftsOf(frame)).toEqual([])
  await panel.play('Terms of sale')
  await panel.shows('completed')
  expect(await shiftsOf(frame)).toEqual([])
})

test('and what would move is seen', async () => {
  const { frame } = await openPanel()
  await frame.evaluate(() => {
    const block = document.createElement('div')
    block.style.height = '60px'
    document.querySelector('main')?.prepend(block)
  })
  await expect.poll(() => shiftsOf(frame)).not.toEqual([])
})
