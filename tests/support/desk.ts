// The agent's desk for end-to-end tests: the desktop page in Chromium, a panel in its frame, and what both show.
import type { Browser, Frame, FrameLocator, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { OrgState } from '../../sandbox/org/world-state'
import type { AppUnderTest, CallWish } from './app-under-test'

/** A panel in its frame, or in a page of its own. */
type PanelFrame = Pick<FrameLocator, 'locator' | 'getByRole' | 'getByText'>

export interface Panel {
  interactionId: string
  frame: PanelFrame
  /** Every state that the status element has shown since the panel was ready. */
  seen(): Promise<string[]>
  play(title: string): Promise<void>
  /** Waits until the status element shows this state. */
  shows(state: string): Promise<void>
  failureCode(): Promise<string | null>
  plays(): Promise<OrgState['plays']>
  heard(): Promise<OrgState['heard']>
}

export interface Desk {
  page: Page
  /** The panel of a call that is there already; the first by default. */
  panel(interactionId?: string): Promise<Panel>
  /** Brings an interaction to the front, as the agent does. */
  select(interactionId: string): Promise<void>
  /** A new call, which comes to the front with a panel of its own. */
  newCall(wish?: CallWish): Promise<Panel>
  /** Reloads the frame of a panel, as a browser or a desktop may at any time. */
  reload(panel: Panel): Promise<void>
  /** A second panel on the same interaction, in the same desktop. */
  secondPanel(of: Panel): Promise<Panel & { close(): Promise<void> }>
  /** How often the panel's frame has come to its own page, the first time included. */
  visits(panel: Panel): number
  close(): Promise<void>
}

type Watched = Element & { seenStates: string[] }
const status = '[role=status][data-playback-state]'

/** `browser` may also be a context of one, as the only one that a browser with a profile has. */
export async function openDesk(browser: Pick<Browser, 'newPage'>, app: AppUnderTest): Promise<Desk> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  const visits = new Map<string, number>()
  page.on('framenavigated', (frame) => {
    const id = frame.url().startsWith(app.appUrl)
      ? new URL(frame.url()).searchParams.get('gcConversationId')
      : null
    if (id !== null) visits.set(id, (visits.get(id) ?? 0) + 1)
  })
  await page.goto(app.desktopUrl)
  // A call that is new before the desktop has shown its first ones does not come to the front.
  await page.locator('.interactions button').first().waitFor()
  const of = async (frame: PanelFrame, interactionId: string): Promise<Panel> => {
    await frame.locator('.prompt.ready, .prompt.unplayable').first().waitFor()
    await frame.locator(status).evaluate(watchStates)
    return {
      interactionId,
      frame,
      seen: () => frame.locator(status).evaluate((e) => (e as unknown as Watched).seenStates),
      play: (title) => frame.getByRole('button', { name: title }).first().click(),
      shows: (state) => frame.locator(`${status}[data-playback-state="${state}"]`).waitFor(),
      failureCode: () => frame.locator(status).getAttribute('data-failure-code'),
      plays: async () => (await app.state()).plays.filter((play) => play.interactionId === interactionId),
      heard: async () => (await app.state()).heard.filter((heard) => heard.interactionId === interactionId),
    }
  }
  const panel = async (wanted?: string): Promise<Panel> => {
    const interactionId = wanted ?? (await app.state()).calls[0]?.id ?? ''
    const element = page.locator(`iframe[data-interaction-id="${interactionId}"]`)
    await element.waitFor({ state: 'visible' })
    return of(element.contentFrame(), interactionId)
  }
  const frameOf = (interactionId: string): Frame => {
    const found = page.frames().find((frame) => frame.url().includes(interactionId))
    if (!found) throw new Error(`No frame for ${interactionId}`)
    return found
  }
  return {
    page,
    panel,
    async select(interactionId) {
      const call = (await app.state()).calls.find(({ id }) => id === interactionId)
      await page
        .locator('.interactions button', { hasText: call?.customerName ?? '' })
        .first()
        .click()
    },
    newCall: async (wish = {}) => panel(((await app.postCall(wish)) as { id: string }).id),
    reload: async ({ interactionId }) => {
      await Promise.all([
        page.waitForEvent('framenavigated', (frame) => frame.url().includes(interactionId)),
        frameOf(interactionId).evaluate(() => location.reload()),
      ])
    },
    async secondPanel({ interactionId }) {
      await page.evaluate((id) => {
        const first = document.querySelector(`iframe[data-interaction-id="${id}"]`)
        const second = document.createElement('iframe')
        for (const name of ['sandbox', 'allow', 'src'])
          second.setAttribute(name, first?.getAttribute(name) ?? '')
        second.id = 'second-panel'
        second.style.cssText =
          'position: fixed; left: 0; bottom: 0; width: 360px; height: 500px; background: white'
        document.body.append(second)
      }, interactionId)
      const second = page.locator('#second-panel')
      return {
        ...(await of(second.contentFrame(), interactionId)),
        close: () => second.evaluate((element) => element.remove()),
      }
    },
    visits: ({ interactionId }) => visits.get(interactionId) ?? 0,
    close: () => page.close(),
  }
}

/** Runs in the page. */
function watchStates(element: Element): void {
  const read = () => element.getAttribute('data-playback-state') ?? ''
  const seenStates = [read()]
  const observer = new MutationObserver(() => seenStates.push(read()))
  observer.observe(element, { attributes: true, attributeFilter: ['data-playback-state'] })
  Object.assign(element, { seenStates })
}

/** The wanted states in their order, whatever stands between them. */
export function expectInOrder(seen: readonly string[], wanted: readonly string[]): void {
  expect(seen.filter((state) => wanted.includes(state))).toEqual(wanted)
}
