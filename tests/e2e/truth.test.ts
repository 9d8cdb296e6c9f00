// The truth under faults, in a real browser: a cut network, a reload in the middle, two panels, an ended sign-in.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { startAppUnderTest, type AppUnderTest } from '../support/app-under-test'
import { launchBrowser } from '../support/browser'
import { openDesk, type Desk } from '../support/desk'

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

describe('the network is cut in the middle of playing', () => {
  test('the panel says unknown, and the true outcome within 2 s of the return', async () => {
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

describe('the panel is reloaded in the middle of playing', () => {
  test('it shows the same playback again, to its end, and the record is written once', async () => {
    const panel = await desk.newCall()
    await panel.play('Terms of sale')
    await panel.shows('playing')
    await desk.reload(panel)
    await panel.shows('playing')
    await panel.shows('completed')
    expect(await panel.plays()).toHaveLength(1)
    const records = async () => {
      const call = (await app.state()).calls.find(({ id }) => id === panel.interactionId)
      return Object.entries(call?.attributes ?? {}).filter(([name]) => name.startsWith('cueline.'))
    }
    await expect.poll(async () => (await records())[0]?.[1], { timeout: 5_000 }).toMatch(/\|completed\|/)
    expect(await records()).toHaveLength(1)
  })
})

describe('two panels of one interaction', () => {
  test('clicked at the same moment play the prompt once', async () => {
    const panel = await desk.newCall()
    const other = await desk.secondPanel(panel)
    await Promise.all([panel.play('Welcome'), other.play('Welcome')])
    await expect
      .poll(async () => (await panel.heard()).map(({ outcome }) => outcome), { timeout: 10_000 })
      .toEqual(['completed'])
    expect(await panel.plays()).toHaveLength(1)
    const shown = [(await panel.seen()).at(-1), (await other.seen()).at(-1)].sort()
    expect(shown).toEqual(['completed', 'rejected'])
    await other.close()
  })

  test('play by turns, whichever is clicked: the one that plays nothing gives the call to the other', async () => {
    const panel = await desk.newCall()
    const other = await desk.secondPanel(panel)
    for (const [place, { play, shows, frame }] of [other, panel, other].entries()) {
      await play(place === 1 ? 'Goodbye' : 'Welcome')
      await shows('completed')
      expect(await panel.plays()).toHaveLength(place + 1)
      expect(await frame.locator('[role=status]').getAttribute('data-failure-code')).toBeNull()
    }
    await other.close()
  })
})

describe('a click while something plays', () => {
  test('waits its turn and plays next; after a failure the queue waits for the agent', async () => {
    const panel = await desk.newCall()
    await panel.play('Welcome')
    await panel.shows('playing')
    await panel.play('Recording notice')
    await panel.frame.getByRole('region', { name: 'Queue' }).getByText('Recording notice').waitFor()
    await expect.poll(async () => (await panel.plays()).length, { timeout: 10_000 }).toBe(2)
    await panel.shows('playing')
    await panel.play('Goodbye')
    await app.postCall({ held: true }, panel.interactionId)
    await panel.shows('interrupted')
    await app.postCall({ held: false }, panel.interactionId)
    await panel.frame.getByRole('button', { name: 'Go on' }).click()
    await expect.poll(async () => (await panel.plays()).length).toBe(3)
  })
})

describe('an answer that says wait', () => {
  test('is obeyed with a countdown, and the prompt is played once', async () => {
    const panel = await desk.newCall()
    const match = { method: 'POST', path: '/api/v2/media/play', interactionId: panel.interactionId }
    await app.post('faults', { kind: 'status', match, status: 429, retryAfterS: 2 })
    await panel.play('Welcome')
    await panel.frame.getByText(/Sent again in \d s/).waitFor()
    await panel.shows('completed')
    expect(await panel.plays()).toHaveLength(1)
  })

  test('403 names the missing permission', async () => {
    const panel = await desk.newCall()
    const match = { method: 'POST', path: '/api/v2/media/play', interactionId: panel.interactionId }
    await app.post('faults', {
      kind: 'status',
      match,
      status: 403,
      missingPermissions: ['media:playback:add'],
    })
    await panel.play('Welcome')
    await panel.shows('rejected')
    expect(await panel.failureCode()).toBe('not_permitted')
    await panel.frame.getByText('media:playback:add').waitFor()
  })
})

describe('the sign-in ends', () => {
  test('it is renewed between playbacks, and the agent is where they were', async () => {
    // A desktop of its own: panels share the longest-lived sign-in of all, so every one here has to be short.
    const brief = await startAppUnderTest(inject('appFolder'))
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
    await own.close()
    await brief.close()
  })
})
