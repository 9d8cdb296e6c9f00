// The surroundings of a bench: production build, sandbox, a desktop in a real browser, and a line to each panel's frame.
import type { OrgState } from '../sandbox/org/world-state'
import { startSandbox, type Sandbox } from '../sandbox/server'
import { startDelayLine } from './delay-line'
import { openPlainPage, runOn, type PlainPage, type Runner } from './plain-browser'
import type { Answer, Line } from './devtools'
import { buildOnce } from './production-build'
import { startStaticHost, type StaticHost } from './static-host'

/** The frame of one panel: a process of its own, with a line of its own. */
export interface PanelLine extends Runner {
  readonly line: Line
  readonly interactionId: string
}

export interface Rig {
  readonly app: StaticHost
  readonly sandbox: Sandbox
  /** The desktop. */
  readonly page: PlainPage
  readonly desktopUrl: string
  /** Of all frames that were opened, also of those that are gone. */
  readonly panels: ReadonlyMap<string, PanelLine>
  state(): OrgState
  post<T = unknown>(path: string, body?: Answer): Promise<T>
  /** Opens the desktop and waits for its calls. */
  openDesktop(): Promise<void>
  /** Ends a call and its wrap-up: its panel goes. */
  endCall(interactionId: string): Promise<void>
  endCalls(): Promise<void>
  /** Starts a call; its id. */
  newCall(wish?: Answer): Promise<string>
  /** The line to the panel of this call; waits for its frame. */
  panel(interactionId: string): Promise<PanelLine>
  /** A real press and release in the middle of the first such element of a panel. */
  click(panel: PanelLine, selector: string): Promise<void>
  close(): Promise<void>
}

export interface RigWish {
  /** Of every connection, in both directions together. */
  roundTripMs?: () => number
  /** Of the panels' process: 4 makes it four times as slow. */
  cpuSlowdown?: number
  /** Then the login knows nobody in a frame of the panel, and the panel's page goes there itself. */
  blocksThirdPartyCookies?: boolean
  /** Runs in each panel's frame before the app. */
  scripts?: readonly string[]
  /** Called while a frame is held before its first script. */
  attached?(panel: PanelLine): Promise<void>
  configure?(config: Answer, app: StaticHost): Answer
  settings?: Answer
  clock?: Parameters<typeof startSandbox>[0]['clock']
}

export async function openRig(wish: RigWish = {}): Promise<Rig> {
  const app = await startStaticHost(await buildOnce())
  const sandbox = await startSandbox({ port: 0, appUrl: app.url, ...(wish.clock && { clock: wish.clock }) })
  const post: Rig['post'] = async (path, body = {}) => {
    const answer = await fetch(`${sandbox.url}/sandbox/${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text}`)
    return (text === '' ? undefined : JSON.parse(text)) as never
  }
  if (wish.settings) await post('settings', wish.settings)
  const config = (await (await fetch(`${sandbox.url}/sandbox/config.json`)).json()) as Answer
  app.serve('/config.json', JSON.stringify(wish.configure?.(config, app) ?? config))
  const { roundTripMs } = wish
  const lines = roundTripMs
    ? await Promise.all([app.port, sandbox.port].map((port) => startDelayLine(port, roundTripMs)))
    : []
  const rules = lines.map(({ rule }) => rule).join(', ')
  const page = await openPlainPage(1_280, 800, {
    switches: rules === '' ? [] : [`--host-resolver-rules=${rules}`],
    blocksThirdPartyCookies: wish.blocksThirdPartyCookies ?? false,
  })
  const panels = new Map<string, PanelLine>()
  const waiting = new Map<string, (panel: PanelLine) => void>()

  async function attach({ sessionId, targetInfo }: Answer): Promise<void> {
    const line = page.devtools.line(String(sessionId))
    const { targetId, type } = targetInfo as { targetId: string; type: string }
    if (type === 'iframe') {
      const interactionId = await interactionOf(targetId)
      const panel = { line, interactionId, ...runOn(line) }
      if (wish.cpuSlowdown !== undefined)
        await line.send('Emulation.setCPUThrottlingRate', { rate: wish.cpuSlowdown })
      await line.send('Page.enable')
      for (const source of wish.scripts ?? [])
        await line.send('Page.addScriptToEvaluateOnNewDocument', { source })
      await wish.attached?.(panel)
      panels.set(interactionId, panel)
      waiting.get(interactionId)?.(panel)
    }
    await line.send('Runtime.runIfWaitingForDebugger')
  }

  /** A frame's target has the frame's id; the desktop says on the frame's element whose it is. */
  async function interactionOf(frameId: string): Promise<string> {
    const { backendNodeId } = await page.send('DOM.getFrameOwner', { frameId })
    const { node } = await page.send('DOM.describeNode', { backendNodeId })
    const { attributes } = node as { attributes: string[] }
    return attributes[attributes.indexOf('data-interaction-id') + 1] ?? ''
  }

  await page.send('DOM.enable')
  page.line.on('Target.attachedToTarget', (params) => {
    attach(params).catch((error: unknown) => console.error('A frame was lost while it was attached:', error))
  })
  await page.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true })

  const state = () => sandbox.org.state()
  async function endCall(interactionId: string): Promise<void> {
    await post(`calls/${interactionId}`, { disconnected: true })
    const { conversation } = sandbox.org.calls.get(interactionId)
    const agent = conversation.participants.find(({ purpose }) => purpose === 'agent')
    sandbox.org.calls.changeParticipant(interactionId, agent?.id ?? '', { wrappedUp: true })
  }

  return {
    app,
    sandbox,
    page,
    desktopUrl: `${sandbox.url}/`,
    panels,
    state,
    post,
    async openDesktop() {
      await page.send('Page.navigate', { url: `${sandbox.url}/` })
      await page.until(() => document.readyState === 'complete')
    },
    endCall,
    async endCalls() {
      for (const { id = '' } of state().calls) await endCall(id)
    },
    newCall: async (of = {}) => (await post<{ id: string }>('calls', of)).id,
    panel(interactionId) {
      const there = panels.get(interactionId)
      if (there) return Promise.resolve(there)
      return new Promise((resolve, reject) => {
        const limit = setTimeout(() => reject(new Error(`No frame for the call ${interactionId}`)), 30_000)
        waiting.set(interactionId, (panel) => {
          clearTimeout(limit)
          waiting.delete(interactionId)
          resolve(panel)
        })
      })
    },
    async click(panel, selector) {
      // What has just come to the front is hit only once the browser has drawn it there.
      await Promise.all([page.run(twoFrames), panel.run(twoFrames)])
      const [outer, inner] = await Promise.all([
        page.run((id) => {
          const frame = document.querySelector(`iframe[data-interaction-id="${id}"]`)
          const { x, y } = frame?.getBoundingClientRect() ?? { x: NaN, y: NaN }
          return { x, y }
        }, panel.interactionId),
        panel.run((wanted) => {
          const element = document.querySelector(wanted)
          element?.scrollIntoView({ block: 'nearest' })
          const { x, y, width, height } = element?.getBoundingClientRect() ?? new DOMRect(NaN)
          return { x: x + width / 2, y: y + height / 2 }
        }, selector),
      ])
      const at = { x: outer.x + inner.x, y: outer.y + inner.y, button: 'left', clickCount: 1 }
      await page.send('Input.dispatchMouseEvent', { ...at, type: 'mouseMoved' })
      // Not one after the other: a release that waits for the answer to the press would be a slow finger.
      await Promise.all([
        page.send('Input.dispatchMouseEvent', { ...at, type: 'mousePressed' }),
        page.send('Input.dispatchMouseEvent', { ...at, type: 'mouseReleased' }),
      ])
    },
    async close() {
      await page.close()
      for (const line of lines) await line.close()
      await sandbox.close()
      await app.close()
    },
  }
}

/** A frame that is not shown draws nothing: it is not waited for without end. */
const twoFrames = (): Promise<unknown> =>
  Promise.race([
    new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    new Promise((resolve) => setTimeout(resolve, 1_000)),
  ])
