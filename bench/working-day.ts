// A day at one desk: calls that come and go with their panels, prompts, lost and renewed connections, a look at each view.
import { createFastClock, installFastClock } from './fast-clock'
import { callOf } from './plain-browser'
import { openRig, type PanelLine, type Rig } from './rig'
import { withShortPrompts } from './short-prompts'

const stepMs = 30_000
const hourMs = 3_600_000

export interface Hour {
  /** Plays in the panel that stays, plays in panels that come and go. */
  playsInCalls: number
  playsStaying: number
}

export interface Desk {
  readonly rig: Rig
  /** Its call and its panel last all day. */
  readonly staying: PanelLine
  /** One hour of work. */
  work(hour: Hour): Promise<void>
  /** Clicks of which the organisation heard nothing, and that were made once more. */
  repeatedClicks(): number
  /** Each view once and back, and the search. */
  lookAround(): Promise<void>
  close(): Promise<void>
}

const isReady = () =>
  document.querySelector('.prompt.ready') !== null &&
  !document.body.textContent.includes('Live connection lost')

export async function openWorkingDay(): Promise<Desk> {
  const clock = createFastClock()
  let repeatedClicks = 0
  const rig = await openRig({
    clock,
    configure: (config, app) => withShortPrompts(config, app, ['tone', 'other']),
    settings: { rateLimit: 1_000_000, bufferingMs: 0 },
    async attached({ line }) {
      const source = callOf(installFastClock, [clock.aheadMs()])
      await line.send('Page.addScriptToEvaluateOnNewDocument', { source })
    },
  })
  await rig.endCalls()
  await rig.openDesktop()
  const isShown = (id: string) =>
    document.querySelector(`iframe[data-interaction-id="${id}"]`)?.closest<HTMLElement>('.app-frame')
      ?.hidden === false
  const waitForShown = (interactionId: string) => rig.page.until(isShown, interactionId)

  const open = async (customerName: string): Promise<PanelLine> => {
    const panel = await rig.panel(await rig.newCall({ customerName }))
    await waitForShown(panel.interactionId)
    await panel.until(isReady)
    return panel
  }
  const staying = await open('Grace Hopper')

  async function pass(ms: number, panels: readonly PanelLine[]): Promise<void> {
    for (let passedMs = 0; passedMs < ms; passedMs += stepMs) {
      clock.advance(stepMs)
      await Promise.all(panels.map(({ run }) => run((step) => window.fastClock.advance(step), stepMs)))
    }
  }

  async function bringToFront({ interactionId }: PanelLine, name: string): Promise<void> {
    if (await rig.page.run(isShown, interactionId)) return
    await rig.page.run((wanted) => {
      const buttons = [...document.querySelectorAll<HTMLButtonElement>('.interactions button')]
      buttons.find((button) => button.textContent.includes(wanted))?.click()
    }, name)
    await waitForShown(interactionId)
  }

  async function play(panel: PanelLine): Promise<void> {
    const mine = () => rig.state().plays.filter(({ interactionId }) => interactionId === panel.interactionId)
    const before = mine().at(-1)?.id
    await rig.click(panel, '.prompt.ready')
    const isHeard = () => mine().at(-1)?.id !== before
    await waitFor(isHeard, 5_000).catch(async () => {
      repeatedClicks += 1
      await rig.click(panel, '.prompt.ready')
    })
    try {
      await waitFor(() => isHeard() && mine().at(-1)?.state === 'completed', 30_000)
      await panel.until(() => document.querySelector('[data-playback-state=completed]') !== null)
    } catch {
      const says = await panel.run(
        () => document.querySelector('[data-playback-state]')?.outerHTML ?? 'nothing',
      )
      const newest = mine().at(-1)
      const heard =
        newest?.id === before ? 'heard of no play' : `says ${newest?.state} ${newest?.error ?? ''}`
      throw new Error(`A prompt was not heard to its end: the organisation ${heard}, the panel shows ${says}`)
    }
  }

  /** A call with a panel of its own: comes, is held and taken back, hears a prompt, ends. */
  async function takeCall(number: number, plays: number, lastsMs: number): Promise<void> {
    const name = `Caller ${number}`
    const panel = await open(name)
    await rig.post(`calls/${panel.interactionId}`, { held: true })
    await rig.post(`calls/${panel.interactionId}`, { held: false })
    await panel.until(isReady)
    for (let count = 0; count < plays; count += 1) await play(panel)
    await pass(lastsMs, [staying, panel])
    await rig.endCall(panel.interactionId)
    await rig.page.until(
      (id) => document.querySelector(`iframe[data-interaction-id="${id}"]`) === null,
      panel.interactionId,
    )
  }

  /** The connection is announced to close, and is lost without a word. */
  async function reconnect(): Promise<void> {
    const [socket] = rig.state().sockets
    if (socket === undefined) throw new Error('The panel that stays has no connection.')
    await rig.post(`socket-closing/${socket.channelId}`)
    await pass(2 * stepMs, [staying])
    await rig.post('faults', { kind: 'cut' })
    // Until the attempt that follows has its turn.
    await pass(2 * stepMs, [staying])
    await staying.until(isReady)
  }

  /** Every tab once and back, and a word typed into the search and deleted. */
  async function lookAround(): Promise<void> {
    await bringToFront(staying, 'Grace Hopper')
    const tabs = await staying.run(() => document.querySelectorAll('nav[aria-label=Views] button').length)
    for (const tab of [...Array(tabs).keys(), 0]) {
      // By the mouse: the browser itself holds on to the element that was clicked last.
      await rig.click(staying, `nav[aria-label=Views] button:nth-of-type(${tab + 1})`)
      await staying.until(
        (place) => document.querySelectorAll('nav[aria-label=Views] button')[place]?.ariaCurrent === 'page',
        tab,
      )
      await pass(stepMs, [staying])
    }
    await staying.until(isReady)
    await staying.run(async () => {
      const field = document.querySelector<HTMLInputElement>('#prompt-search')
      for (const text of ['t', 'to', 'ton', 'tone', 'nothing', '']) {
        if (field) field.value = text
        field?.dispatchEvent(new Event('input'))
        await new Promise((resolve) => requestAnimationFrame(resolve))
      }
    })
    await staying.until(isReady)
  }

  let calls = 0
  return {
    repeatedClicks: () => repeatedClicks,
    rig,
    staying,
    async work({ playsInCalls, playsStaying }) {
      const startedAtMs = clock.now()
      const lastsMs = hourMs / (playsInCalls + 1) / 2
      for (let call = 0; call < playsInCalls; call += 1) {
        calls += 1
        await takeCall(calls, 1, lastsMs)
        await bringToFront(staying, 'Grace Hopper')
        for (let count = 0; count < playsStaying / playsInCalls; count += 1) {
          await play(staying)
          await pass(stepMs, [staying])
        }
      }
      await reconnect()
      await lookAround()
      await pass(Math.max(0, hourMs - (clock.now() - startedAtMs)), [staying])
    },
    lookAround,
    close: () => rig.close(),
  }
}

async function waitFor(holds: () => boolean, limitMs: number): Promise<void> {
  const givenUpAt = Date.now() + limitMs
  while (!holds()) {
    if (Date.now() > givenUpAt) throw new Error('Waited in vain.')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
