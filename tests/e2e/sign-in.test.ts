// Both grants, by redirect in the frame and by a window, in both browsers: it plays, nothing leaks, and nobody else gets in.
import type { BrowserContext, Frame, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { startAppUnderTest, type AppUnderTest } from '../support/app-under-test'
import { openDesk, type Desk } from '../support/desk'
import { browserKinds, launchBoth, type BrowserKind, type EitherBrowser } from '../support/either-browser'
import { watchSecrets, type Secrets } from '../support/secrets'

const grants = ['implicit', 'pkce'] as const
const ways = grants.flatMap((grant) => browserKinds.map((kind) => ({ grant, kind })))

let app: AppUnderTest
let browser: EitherBrowser
let context: BrowserContext
let secrets: Secrets

async function open(kind: BrowserKind): Promise<void> {
  context = await browser.fresh(kind)
  secrets = watchSecrets(context)
}

beforeAll(async () => {
  browser = await launchBoth()
})
afterAll(() => browser?.close())
beforeEach(async () => {
  app = await startAppUnderTest(inject('appFolder'))
})
afterEach(async () => {
  for (const page of context.pages().slice(1)) await page.close()
  await app?.close()
})

/** Plays to the end, then looks into every corner. */
async function playsWithoutTrace(desk: Desk): Promise<void> {
  const panel = await desk.panel()
  await panel.play('Welcome')
  await panel.shows('completed')
  expect(secrets.known().length).toBeGreaterThan(0)
  expect(await secrets.inSight()).toEqual([])
}

/** The first panel's frame in the desktop. */
async function panelFrame(desk: Page): Promise<Frame> {
  const element = await desk.waitForSelector('iframe[data-interaction-id]')
  const frame = await element.contentFrame()
  if (!frame) throw new Error('The panel has no frame')
  return frame
}

describe.each(ways)('$grant by redirect, $kind', ({ grant, kind }) => {
  test('signs in, plays, and leaves no token and no code in sight', async () => {
    await app.set({ grant })
    await open(kind)
    const desk = await openDesk(context, app)
    await playsWithoutTrace(desk)
    expect(secrets.redeemed() > 0).toBe(grant === 'pkce')
  })

  test('an answer that was used once is refused the second time', async () => {
    await app.set({ grant })
    await open(kind)
    const page = await context.newPage()
    await page.goto(app.desktopUrl)
    await page.goto(app.appUrl)
    await page.getByRole('button', { name: 'Welcome' }).waitFor()
    await page.goto('about:blank')
    // The last one is this page's: the desktop's frames came before it.
    const answer = secrets.returns.at(-1) ?? ''
    const [redeemed, asked] = [secrets.redeemed(), secrets.asked().length]
    await page.goto(answer)
    await page.getByRole('alert').getByText('Sign-in was not ours').waitFor()
    expect([secrets.redeemed(), secrets.asked().length]).toEqual([redeemed, asked])
    expect(page.url()).toBe(app.appUrl)
  })
})

describe.each(grants)('%s, an answer that nobody here asked for', (grant) => {
  const state = (popup: boolean) => Buffer.from(JSON.stringify(['not-ours', '', popup])).toString('base64url')
  const stolen = (stateText: string) =>
    grant === 'pkce'
      ? `?code=stolen&state=${stateText}`
      : `#access_token=stolen&token_type=bearer&expires_in=86400&state=${stateText}`

  test.each([
    ['a state of our form with a nonce that is not ours', state(false)],
    ['a state of another form', 'somebody'],
    ['no state', ''],
  ])('with %s is not used', async (_, stateText) => {
    await app.set({ grant })
    await open('storage refused to frames')
    const page = await context.newPage()
    await page.goto(app.appUrl + stolen(stateText))
    await page.getByRole('alert').getByText('Sign-in was not ours').waitFor()
    expect(page.url()).toBe(app.appUrl)
    expect([secrets.asked(), secrets.redeemed()]).toEqual([[], 0])
  })

  test('in a window without an opener is not used either, and says what to do', async () => {
    await app.set({ grant })
    await open('storage refused to frames')
    const page = await context.newPage()
    await page.goto(app.appUrl + stolen(state(true)))
    await page.getByRole('alert').getByText('has lost the panel that opened it').waitFor()
    expect([secrets.asked(), secrets.redeemed()]).toEqual([[], 0])
  })
})

describe.each(grants)('%s in a window of its own', (grant) => {
  /** The login stays open until somebody chooses who they are. */
  async function openSignIn(
    kind: BrowserKind = 'storage refused to frames',
  ): Promise<{ desk: Desk; frame: Frame; window: Page }> {
    await app.set({ grant, frameLogin: 'refused' })
    await open(kind)
    const desk = await openDesk(context, app)
    const frame = await panelFrame(desk.page)
    await frame.getByText('Please sign in').waitFor()
    await context.clearCookies()
    const [window] = await Promise.all([
      context.waitForEvent('page'),
      frame.getByRole('button', { name: 'Sign in' }).click(),
    ])
    await window.getByRole('heading', { name: 'Sign in' }).waitFor()
    return { desk, frame, window }
  }
  const chooseSomebody = async (window: Page): Promise<void> => {
    const closed = window.waitForEvent('close')
    await window.locator('button[name=user]').first().click()
    await closed
  }

  test.each(browserKinds)('comes back by itself and plays, and leaves no trace, %s', async (kind) => {
    const { desk, window } = await openSignIn(kind)
    await chooseSomebody(window)
    await playsWithoutTrace(desk)
  })

  test('a message from another origin or another window of ours is not heard', async () => {
    const { desk, frame, window } = await openSignIn()
    // Right to the letter, state included: only where it comes from is wrong.
    const own = new URL(window.url()).searchParams.get('state') ?? ''
    expect(own).not.toBe('')
    const query = grant === 'pkce' ? `?code=stolen&state=${own}` : ''
    const hash =
      grant === 'pkce' ? '' : `#access_token=stolen&token_type=bearer&expires_in=86400&state=${own}`
    const message = { kind: 'cueline.sign-in', hash, search: query }
    await frame.evaluate(countAnswers)

    // The desktop around the panel is another origin; a second frame of ours is another window.
    await desk.page.evaluate(postToPanel, message)
    await desk.page.evaluate(addFrame, `${app.appUrl}config.json`)
    const second = desk.page.frames().find((one) => one.url().endsWith('config.json'))
    if (!second) throw new Error('The second frame is not there')
    await second.evaluate(postToSibling, message)
    await frame.waitForFunction('window.answersSeen === 2')
    await frame.getByText('Please sign in').waitFor()

    await chooseSomebody(window)
    await desk.panel()
    expect(secrets.asked('stolen')).toEqual([])
    expect(secrets.redeemed()).toBe(grant === 'pkce' ? 1 : 0)
  })

  test('a window that was closed is told, and the next click opens another', async () => {
    const { desk, frame, window } = await openSignIn()
    await window.close()
    await frame.getByText('The sign-in window was closed').waitFor()
    const [next] = await Promise.all([
      context.waitForEvent('page'),
      frame.getByRole('button', { name: 'Sign in' }).click(),
    ])
    await chooseSomebody(next)
    await desk.panel()
  })
})

// These run in the page.
function countAnswers(): void {
  const counted = Object.assign(window, { answersSeen: 0 })
  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (typeof data === 'object' && data !== null && 'kind' in data) counted.answersSeen += 1
  })
}

function postToPanel(message: unknown): void {
  document
    .querySelector<HTMLIFrameElement>('iframe[data-interaction-id]')
    ?.contentWindow?.postMessage(message, '*')
}

function addFrame(src: string): Promise<void> {
  const frame = document.createElement('iframe')
  frame.src = src
  document.body.append(frame)
  return new Promise((resolve) => frame.addEventListener('load', () => resolve(), { once: true }))
}

function postToSibling(message: unknown): void {
  window.parent.frames[0]?.postMessage(message, '*')
}
