// From an organisation that never heard of Cueline to an agent who plays a prompt, and back, by the setup in a real browser.
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { adminId } from '../../sandbox/org/people'
import { startAppUnderTest, type AppUnderTest } from '../support/app-under-test'
import { launchBrowser } from '../support/browser'
import { openDesk } from '../support/desk'
import { watchSecrets } from '../support/secrets'

let app: AppUnderTest
let browser: Browser
let context: BrowserContext

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())
beforeEach(async () => {
  app = await startAppUnderTest(inject('appFolder'))
  await app.set({ estate: 'empty' })
  context = await browser.newContext()
})
afterEach(async () => {
  await context?.close()
  await app?.close()
})

/** All that the organisation owns, but for the jobs of flows, which nobody can remove. */
async function estate(): Promise<unknown> {
  const response = await fetch(new URL('/sandbox/estate', app.sandboxUrl))
  return { ...((await response.json()) as object), jobs: 'not removable' }
}

/** The setup in a page of its own, with an administrator signed in. */
async function openSetup(): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`${app.appUrl}?view=setup&gcLangTag=en_gb`)
  await page.getByRole('button', { name: 'Noor de Vries' }).click()
  await page.getByRole('heading', { name: 'What you may do' }).waitFor()
  return page
}

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click()

/** A file of the page, by its text: a frame may download nothing, so the page shows each of them. */
async function textOf(page: Page, name: string): Promise<string> {
  await page.locator('.file', { hasText: name }).getByRole('button', { name: 'Show its text' }).click()
  return page.getByLabel(`Text of ${name}`).inputValue()
}

test('an admin sets Cueline up, an agent plays through it, and nothing of it is left when it is removed', async () => {
  const before = await estate()
  const secrets = watchSecrets(context)
  const page = await openSetup()
  await page.getByText('You have every permission and scope that the plan needs.').waitFor()
  expect(await estate()).toEqual(before)
  expect(await page.evaluate(tellOfSignIn)).not.toContain('cueline.signed-in')

  await press(page, 'Go on to the choices')
  await page.getByLabel('Find somebody by name').fill('morgan')
  await press(page, 'Add Alex Morgan')
  // Of the desktop's language config.json makes the one that prompts fall back to.
  expect(await page.getByLabel('Language of prompts where the call says none').inputValue()).toBe('en-GB')
  await press(page, 'See the plan')
  expect(await page.locator('[data-action=create]').count()).toBe(8)
  expect(await estate()).toEqual(before)

  await press(page, 'Set up Cueline: 8 steps')
  await page.getByRole('heading', { name: 'Cueline is set up' }).waitFor()
  // The heading has the focus: whoever cannot see the page hears that it has changed.
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Cueline is set up')
  const config = JSON.parse(await textOf(page, 'config.json')) as Record<string, unknown>
  expect(config).toMatchObject({
    backend: 'secure-flow',
    oauth: { grant: 'pkce' },
    defaults: { language: 'en-GB' },
  })
  expect(JSON.stringify(config).toLowerCase()).not.toContain('secret')
  expect(secrets.known().length).toBeGreaterThan(0)
  expect(await secrets.inSight()).toEqual([])

  // What the setup made is all that the desktop and the panel go by from here on.
  app.app.serve('/config.json', JSON.stringify(config))
  const agent = await browser.newContext()
  const desk = await openDesk(agent, app)
  const panel = await desk.panel()
  await panel.play('Welcome')
  await panel.shows('completed')
  expect(await panel.heard()).toMatchObject([{ outcome: 'completed' }])
  await agent.close()

  // The catalogue, by the config.json that the setup has just made: its flow plays what lies in Architect.
  await press(page, 'Catalogue')
  await press(page, 'Dry run')
  await page.getByLabel('Prompt (its key)', { exact: true }).fill('welcome')
  await press(page, 'Show the choice')
  await page.locator('[data-choice="welcome"]').getByText('architect:cueline_welcome/en').waitFor()
  await press(page, 'Installation')
  await page.getByRole('heading', { name: 'Cueline is set up' }).waitFor()

  // Whoever comes again finds it in place, and has nothing to do.
  await page.reload()
  await page.getByRole('heading', { name: 'Cueline is set up' }).waitFor()
  expect(await page.getByText('There is something to change').count()).toBe(0)

  await press(page, 'Remove Cueline…')
  await page.getByRole('heading', { name: 'Then, what goes' }).waitFor()
  expect(await page.getByRole('button', { name: 'Remove Cueline', exact: true }).isDisabled()).toBe(true)
  expect(await textOf(page, 'cueline-setup.json')).toContain('"product": "Cueline"')
  await page.getByRole('button', { name: 'Remove Cueline', exact: true }).click()
  await press(page, /^Yes, remove these/)
  await page.getByRole('heading', { name: 'Cueline is removed' }).waitFor()
  expect(await estate()).toEqual(before)
})

test('an admin who may do nothing sees exactly what is missing, and nothing is created', async () => {
  await app.post(`permissions/${adminId}`, { permissions: [] })
  const before = await estate()
  const asked = new Set<string>()
  context.on('request', (request) => {
    if (request.url().startsWith(`${app.sandboxUrl}/api/`)) asked.add(request.method())
  })
  const page = await openSetup()
  expect((await page.locator('[data-missing]').allTextContents()).sort()).toEqual(
    [
      'architect:datatable:add',
      'architect:datatable:view',
      'architect:flow:view',
      'architect:job:create',
      'architect:job:view',
      'authorization:grant:add',
      'authorization:grant:view',
      'authorization:role:add',
      'authorization:role:view',
      'directory:group:add',
      'directory:group:edit',
      'integrations:integration:add',
      'integrations:integration:edit',
      'integrations:integration:view',
      'oauth:client:add',
      'oauth:client:view',
    ].sort(),
  )
  await press(page, 'Go on to the choices')
  await press(page, 'See the plan')
  expect(await page.getByRole('button', { name: 'Nothing to do' }).isDisabled()).toBe(true)
  expect(await page.locator('[data-action=create], [data-action=update]').count()).toBe(0)
  expect(asked.delete('GET')).toBe(true)
  asked.delete('OPTIONS')
  expect([...asked]).toEqual([])
  expect(await estate()).toEqual(before)
})

/** Runs in the page: says what a panel says once it is signed in. Answers with the locks that are held when all have heard it. */
function tellOfSignIn(): Promise<readonly (string | undefined)[]> {
  const [mouth, ear] = [new BroadcastChannel('cueline'), new BroadcastChannel('cueline')]
  const identity = { userId: 'somebody', name: 'Somebody', scopes: null }
  const heard = new Promise((resolve) => ear.addEventListener('message', resolve, { once: true }))
  mouth.postMessage({ kind: 'signed-in', grant: { token: 'theirs', expiresAtMs: null, identity } })
  return heard.then(async () => {
    const { held = [] } = await navigator.locks.query()
    return held.map(({ name }) => name)
  })
}
