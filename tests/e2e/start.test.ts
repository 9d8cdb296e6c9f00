// What a panel asks for before its first prompt can be clicked: how many files, and how few of the requests wait for another.
import type { BrowserContext, Route } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, inject, it } from 'vitest'
import { startAppUnderTest, type AppUnderTest } from '../support/app-under-test'
import { launchRealistic, type RealisticBrowser } from '../support/browser'
import { createHeld } from '../support/ports'

let browser: RealisticBrowser
let app: AppUnderTest

beforeAll(async () => {
  browser = await launchRealistic({ blocksThirdPartyCookies: false })
  app = await startAppUnderTest(inject('appFolder'))
})
afterEach(async () => {
  // Whoever is signed in would give the next one a token; the browser must not lose its last page.
  for (const page of ownContext().pages().slice(1)) await page.close()
})
afterAll(async () => {
  await browser.close()
  await app.close()
})

/** The browser's own: no other has its settings. */
function ownContext(): BrowserContext {
  const [context] = browser.browser.contexts()
  if (!context) throw new Error('The browser has no context')
  return context
}

interface Wave {
  /** Nothing of the wave is answered before each of these was asked for. */
  readonly needs: readonly RegExp[]
  readonly holds: (path: string) => boolean
}

const files = [
  /^\/assets\/index-[\w-]+\.js$/,
  /^\/assets\/main-panel-[\w-]+\.js$/,
  /^\/assets\/style-[\w-]+\.css$/,
  /^\/assets\/noto-sans-latin-wght-normal-[\w-]+\.woff2$/,
  /^\/config\.json$/,
]
/** The browser asks for it once a heading is shown. */
const headingFont = /^\/assets\/urbanist-latin-600-normal-[\w-]+\.woff2$/
const reads = [
  /^\/cdn\/catalogue\.json$/,
  /^\/api\/v2\/tokens\/me$/,
  /^\/api\/v2\/users\/me$/,
  /^\/api\/v2\/conversations\/calls\/[\w-]+$/,
]
const isOneOf = (patterns: readonly RegExp[]) => (path: string) => patterns.some((one) => one.test(path))
const isPromptFile = (path: string) => path.endsWith('.mp3')

/** The start after its page. No request of a wave needs the answer of another of the same wave. */
const waves: readonly Wave[] = [
  { needs: files, holds: isOneOf(files) },
  { needs: reads, holds: isOneOf(reads) },
  { needs: [/\/standard\/welcome\.mp3$/, /\/standard\/hold-notice\.mp3$/], holds: isPromptFile },
]
/** Asked for meanwhile, and waited for by no prompt. The icon is a browser's, for a tab: a frame has none. */
const isBeside = isOneOf([/^\/api\/v2\/notifications\/channels/, /^\/icon\.svg$/, headingFont])

/** Where a request of a wave waited for another of it, none would ever be answered. */
function createGates() {
  let seen: string[] = []
  let held: { route: Route; path: string }[] = []
  let beforePrompts: readonly string[] = []
  return {
    /** All that the page had asked for when the last wave was let go: until then, no prompt could be clicked. */
    beforePrompts: () => beforePrompts,
    async pass(route: Route): Promise<void> {
      const path = new URL(route.request().url()).pathname
      if (route.request().isNavigationRequest()) {
        seen = []
        // The page that asked for them is left.
        for (const old of held.splice(0)) void old.route.abort().catch(() => undefined)
        return route.continue()
      }
      seen.push(path)
      const wave = waves.find(({ holds }) => holds(path))
      if (wave === undefined) return route.continue()
      held.push({ route, path })
      if (!wave.needs.every((one) => seen.some((path) => one.test(path)))) return
      if (wave === waves.at(-1) && beforePrompts.length === 0) beforePrompts = [...seen]
      const now = held.filter((one) => wave.holds(one.path))
      held = held.filter((one) => !now.includes(one))
      await Promise.all(now.map((one) => one.route.continue()))
    },
  }
}

/** Signs in to the desktop, so that a panel comes back from the login by itself. Answers with the address of its first panel. */
async function visitDesktop(context: BrowserContext): Promise<string> {
  const page = await context.newPage()
  await page.goto(app.desktopUrl)
  const address = await page.locator('iframe[data-interaction-id]').first().getAttribute('src')
  await page.close()
  return address ?? ''
}

it.each([
  ['asking the login in a frame', false],
  ['going to the login itself', true],
])(
  'is usable after its page and three waves of requests, with eight files of its own at most, %s',
  async (_, isSeen) => {
    const context = ownContext()
    const address = await visitDesktop(context)
    const panel = await context.newPage()
    // The tab knows that this login has to be seen.
    if (isSeen) await panel.addInitScript(() => sessionStorage.setItem('cueline.signin.seen', ''))
    const gates = createGates()
    // With the one in the frame, where the login sends that back. Of two pages of its own the browser keeps all but the page.
    let pages = 0
    panel.on('request', (request) => {
      if (!request.isNavigationRequest() || !request.url().startsWith(app.appUrl)) return
      pages = request.frame() === panel.mainFrame() ? 1 : pages + 1
    })
    const isOurs = (url: URL) => url.href.startsWith(app.appUrl) || /^\/(api\/v2|cdn)\//.test(url.pathname)
    await panel.route(isOurs, (route) => gates.pass(route))
    await panel.goto(address, { waitUntil: 'commit' })
    await panel.locator('.prompt.ready').first().waitFor()

    const asked = gates.beforePrompts()
    const isExpected = (path: string) => isBeside(path) || waves.some(({ holds }) => holds(path))
    expect(asked.filter((path) => !isExpected(path))).toEqual([])
    // What was asked ahead is not asked again by the panel.
    const isTwice = (path: string, at: number) => isOneOf(reads)(path) && asked.indexOf(path) !== at
    expect(asked.filter(isTwice)).toEqual([])
    expect(pages).toBe(isSeen ? 1 : 2)
    const own = new Set(asked.filter((path) => /^\/(assets\/|config\.json)/.test(path)))
    expect(own.size + pages).toBeLessThanOrEqual(8)
    await panel.close()
  },
)

it('shows beside another panel what became of the call while its own code was on the way', async () => {
  const context = ownContext()
  const address = await visitDesktop(context)
  const callId = new URL(address).searchParams.get('gcConversationId') ?? ''
  const [leader, panel] = [await context.newPage(), await context.newPage()]
  await leader.goto(address)
  await leader.locator('.prompt.ready').first().waitFor()
  const code = createHeld<undefined>()
  await panel.route(/\/assets\/main-panel-/, async (route) => {
    await code.promise
    await route.continue()
  })
  // Asked for with the first that a panel asks the platform.
  const asked = panel.waitForResponse(/\/cdn\/catalogue\.json$/)
  await panel.goto(address, { waitUntil: 'commit' })
  await asked
  await app.postCall({ held: true }, callId)
  await leader.getByText('On hold').first().waitFor()
  code.release(undefined)
  await panel.locator('.prompt.ready').first().waitFor()
  await panel.getByText('On hold').first().waitFor()
  await app.postCall({ held: false }, callId)
})
