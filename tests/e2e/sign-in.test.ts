// Sign-in in the frame, in a browser as people have it: storage partitioned, the token nowhere but in memory.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { startAppUnderTest, type AppUnderTest } from '../support/app-under-test'
import { launchBrowser, launchRealistic } from '../support/browser'
import { openDesk } from '../support/desk'

let app: AppUnderTest
let browser: Browser

beforeAll(async () => {
  app = await startAppUnderTest(inject('appFolder'))
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

async function tokensInSight(page: Page): Promise<string[]> {
  const places = await Promise.all(
    page.frames().map((frame) =>
      frame.evaluate(() => {
        const read = (kind: 'localStorage' | 'sessionStorage') => {
          try {
            return JSON.stringify({ ...window[kind] })
          } catch {
            return ''
          }
        }
        return [
          location.href,
          window.name,
          read('localStorage'),
          read('sessionStorage'),
          document.documentElement.outerHTML,
        ].join('\n')
      }),
    ),
  )
  return places.filter((text) => text.includes('access_token'))
}

describe('sign-in by redirect inside the frame', () => {
  test('works with the browser set up as people have it, and leaves no token behind', async () => {
    const real = await launchRealistic()
    try {
      const context = real.browser.contexts()[0]
      if (!context) throw new Error('The browser has no context')
      const desk = await openDesk({ newPage: () => context.newPage() } as unknown as Browser, app)
      const panel = await desk.panel()
      await panel.play('Welcome')
      await panel.shows('completed')
      expect(await tokensInSight(desk.page)).toEqual([])
    } finally {
      await real.close()
    }
  })

  test('an answer with a foreign state is refused, and its token is not used', async () => {
    const page = await browser.newPage()
    const used: string[] = []
    page.on('request', (request) => {
      if (request.headers()['authorization']) used.push(request.url())
    })
    const foreign = Buffer.from(JSON.stringify(['not-ours', ''])).toString('base64url')
    await page.goto(`${app.appUrl}#access_token=stolen&token_type=bearer&expires_in=86400&state=${foreign}`)
    await page.getByRole('alert').getByText('Sign-in was not ours').waitFor()
    expect(page.url()).toBe(app.appUrl)
    expect(used).toEqual([])
    await page.close()
  })

  test('uninterpolated launch tokens count as missing, and the panel says which', async () => {
    const page = await browser.newPage()
    // The desktop page sets the sandbox's own cookie, so that the login needs nobody.
    await page.goto(app.desktopUrl)
    await page.goto(`${app.appUrl}?gcConversationId={{gcConversationId}}&gcHostOrigin={{gcHostOrigin}}`)
    await page.getByText('The launch address lacks gcConversationId, gcHostOrigin').waitFor()
    // Without an interaction in the address the panel finds the agent's call by itself.
    await page.getByRole('button', { name: 'Welcome' }).waitFor()
    await page.close()
  })
})

describe('a configuration that cannot be used', () => {
  test('is explained by field, value and rule', async () => {
    const broken = await startAppUnderTest(inject('appFolder'), (config) => ({
      ...config,
      cdn: { base: 'http://cdn.example.org' },
    }))
    const page = await browser.newPage()
    await page.goto(broken.appUrl)
    const complaint = page.getByRole('alert')
    await complaint.getByText('cdn.base').waitFor()
    expect(await complaint.innerText()).toMatch(/"http:\/\/cdn\.example\.org": it must be an https URL/)
    await page.close()
    await broken.close()
  })
})
