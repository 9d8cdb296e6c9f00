// Colleagues see each other in real browsers: one plays, another's team view tells of it from start to outcome.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { agentId } from '../../sandbox/org/people'
import type { FloorState } from '../../sandbox/org/floor'
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

/** Another person's panel, in a browser context of its own. */
async function openPanel(name: string, query = ''): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 360, height: 640 } })
  const page = await context.newPage()
  await page.goto(app.appUrl + query)
  await page.getByRole('button', { name }).click()
  return page
}

const badgeOf = (page: Page, userId: string, state: string) =>
  page.locator(`[data-agent="${userId}"][data-badge="${state}"]`)

test('a colleague sees a playback within a second of its start and to its outcome, also through a reload', async () => {
  const colleague = await openPanel('Amina Okafor')
  await colleague.getByRole('button', { name: 'Team' }).click()
  await colleague.locator(`[data-agent="${agentId}"]`).waitFor()
  const panel = await desk.panel()

  await panel.play('Welcome')
  await panel.shows('playing')
  const startedAt = Date.now()
  await badgeOf(colleague, agentId, 'playing').waitFor()
  expect(Date.now() - startedAt).toBeLessThan(1_000)
  expect(await badgeOf(colleague, agentId, 'playing').innerText()).toMatch(
    /"Welcome" \(English\) plays, about \d/,
  )
  await panel.shows('completed')
  await badgeOf(colleague, agentId, 'done').waitFor()
  const first = await badgeOf(colleague, agentId, 'done').getAttribute('data-playback')

  await panel.play('Terms of sale')
  await panel.shows('playing')
  await badgeOf(colleague, agentId, 'playing').waitFor()
  await desk.reload(panel)
  const again = await desk.panel(panel.interactionId)
  await again.shows('completed')
  await badgeOf(colleague, agentId, 'done').waitFor()
  expect(await badgeOf(colleague, agentId, 'done').getAttribute('data-playback')).not.toBe(first)
  await colleague.context().close()
})

test('a look at the team and back ends neither the playback nor the channel', async () => {
  const panel = await desk.newCall()
  await panel.play('Terms of sale')
  await panel.shows('playing')
  const { channels } = await app.state()
  await panel.frame.getByRole('button', { name: 'Team' }).click()
  await panel.frame.locator('[data-own-playback="playing"]').click()
  await panel.shows('completed')
  const kept = (await app.state()).channels.map(({ id }) => id)
  expect(kept).toEqual(expect.arrayContaining(channels.map(({ id }) => id)))
  expect((await panel.heard())[0]?.outcome).toBe('completed')
})

test('where the calls of half the agents are refused, the others stay live and the view says what would help', async () => {
  await app.set({ hiddenColleagues: 50, queueTopics: 'refused' })
  await app.post('floor', { agents: 20, eventsPerSecond: 20, seed: 5 })
  const lead = await openPanel('Linda Berger', '?view=team')
  await lead.locator('#team-circle option', { hasText: 'Queue Busy floor' }).waitFor({ state: 'attached' })
  await lead.locator('#team-circle').selectOption({ label: 'Queue Busy floor' })
  const gaps = lead.getByRole('list', { name: 'What cannot be seen' })
  await expect.poll(() => gaps.innerText()).toContain('The calls of 11 agents cannot be followed')
  expect(await gaps.innerText()).toContain('conversation:communication:view')

  await lead.setViewportSize({ width: 640, height: 1_600 })
  const { members } = (await (await fetch(`${app.sandboxUrl}/sandbox/floor`)).json()) as FloorState
  const isHidden = ({ userId }: { userId: string }): boolean => Number(userId.slice(-4)) % 2 === 1
  const live = members.filter((member) => !isHidden(member))
  const told = () =>
    lead.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('[data-playback]')].map(
        ({ dataset }) => dataset.agent ?? '',
      ),
    )
  await expect
    .poll(async () => (await told()).sort(), { timeout: 20_000 })
    .toEqual(live.map(({ userId }) => userId).sort())
  expect(await lead.locator('[data-agent]').count()).toBe(22)
  await lead.context().close()
})
