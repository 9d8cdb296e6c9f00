// Ten frames in one desktop, in a browser with real storage partitioning: one login, one channel, one socket.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { startAppUnderTest, type AppUnderTest } from '../support/app-under-test'
import { launchRealistic, type RealisticBrowser } from '../support/browser'
import { openDesk, type Desk } from '../support/desk'

let app: AppUnderTest
let real: RealisticBrowser
let desk: Desk
let logins = 0

beforeAll(async () => {
  app = await startAppUnderTest(inject('appFolder'))
  // The first three calls are there already.
  for (let call = 3; call < 10; call += 1) await app.postCall({ customerName: `Caller ${call}` })
  real = await launchRealistic()
  const [context] = real.browser.contexts()
  if (!context) throw new Error('The browser has no context')
  const newPage = async () => {
    const page = await context.newPage()
    page.on('request', (request) => {
      if (new URL(request.url()).pathname === '/oauth/authorize') logins += 1
    })
    return page
  }
  desk = await openDesk({ newPage }, app)
})
afterAll(async () => {
  await real?.close()
  await app?.close()
})

const panelFrames = (page: Page) => page.frames().filter((frame) => frame.url().startsWith(app.appUrl))

test('ten panels take one way through the login, one channel and one socket', async () => {
  await desk.panel()
  await expect.poll(() => panelFrames(desk.page).length).toBe(10)
  for (const frame of panelFrames(desk.page))
    await frame.locator('[role=status][data-playback-state]').waitFor({ state: 'attached' })
  const { channels, sockets } = await app.state()
  expect({ channels: channels.length, sockets: sockets.length }).toEqual({ channels: 1, sockets: 1 })
  expect(logins).toBe(1)
})

test('the frame that holds the channel is killed in the middle of a playback in another: no event is lost', async () => {
  const ids = (await app.state()).calls.map((call) => call.id ?? '')
  const leader = await findLeader()
  const other = ids.find((id) => id !== leader) ?? ''
  await desk.select(other)
  const panel = await desk.panel(other)
  await panel.play('Terms of sale')
  await panel.shows('playing')
  const killedAt = Date.now()
  await desk.page.evaluate(
    (id) => document.querySelector(`iframe[data-interaction-id="${id}"]`)?.remove(),
    leader,
  )
  await expect.poll(async () => (await app.state()).sockets.length, { interval: 20 }).toBe(1)
  expect(Date.now() - killedAt).toBeLessThan(1_000)
  await panel.shows('completed')
  expect(await panel.plays()).toHaveLength(1)
})

/** The frame in which the lock of the channel is held, by its interaction. */
async function findLeader(): Promise<string> {
  for (const frame of panelFrames(desk.page)) {
    const leads = await frame.evaluate(async () => {
      const { held = [] } = await navigator.locks.query()
      const mine = await navigator.locks.request('who-am-i', () => navigator.locks.query())
      const self = mine.held?.find(({ name }) => name === 'who-am-i')?.clientId
      return held.some(({ name, clientId }) => name === 'cueline.channel' && clientId === self)
    })
    if (leads) return new URL(frame.url()).searchParams.get('gcConversationId') ?? ''
  }
  throw new Error('No frame holds the channel')
}
