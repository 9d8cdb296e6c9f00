// Real clicks on a prompt, one after the other, and what each of them sets off at the organisation.
import { installPanelProbe } from './panel-page'
import { callOf } from './plain-browser'
import { openRig, type PanelLine, type Rig } from './rig'
import { withShortPrompts } from './short-prompts'

export interface ClickDesk {
  readonly rig: Rig
  readonly panel: PanelLine
  /** Requests to the platform's API in the order in which they came, epoch ms. */
  readonly requests: { path: string; method: string; atMs: number }[]
  /** When the customer's telephone said that it sounds, by the id of the play, epoch ms. */
  readonly soundedAtMs: Map<string, number>
  /** When the media server told the telephone to sound. */
  readonly orderedAtMs: Map<string, number>
  /** Presses and releases, and waits until the prompt was heard to its end. */
  play(selector?: string): Promise<Clicked>
  /** A second call with a panel, in front of the first. */
  open(customerName: string): Promise<PanelLine>
  close(): Promise<void>
}

export interface Clicked {
  pressedAtMs: number
  pressHeardAtMs: number
  clickHeardAtMs: number
  /** By the page's Resource Timing: the moment at which the request was handed to the network. */
  leftAtMs: number
  playId: string
}

const now = (): number => performance.timeOrigin + performance.now()

/** The limit of requests a minute is lifted: nobody clicks as fast as this. */
export async function openClickDesk(bufferingMs: number): Promise<ClickDesk> {
  const rig = await openRig({
    scripts: [callOf(installPanelProbe, [])],
    configure: (config, app) => withShortPrompts(config, app, ['tone', 'other']),
    settings: { rateLimit: 1_000_000, bufferingMs },
  })
  const requests: ClickDesk['requests'] = []
  const soundedAtMs = new Map<string, number>()
  const orderedAtMs = new Map<string, number>()
  const { org } = rig.sandbox
  const { http, connectDesktop } = org
  org.http = (request) => {
    const { path, method } = request
    if (path.startsWith('/api/')) requests.push({ path, method, atMs: now() })
    return http(request)
  }
  org.connectDesktop = (page) => {
    const connection = connectDesktop({
      ...page,
      send(text) {
        if (text.startsWith('{"type":"phone.play"'))
          orderedAtMs.set((JSON.parse(text) as { playId: string }).playId, now())
        page.send(text)
      },
    })
    return {
      ...connection,
      receive(text) {
        const { type, event, playId } = JSON.parse(text) as Record<string, string>
        if (type === 'phone.report' && event === 'started') soundedAtMs.set(playId ?? '', now())
        connection.receive(text)
      },
    }
  }
  await rig.endCalls()
  await rig.openDesktop()

  const open = async (customerName: string): Promise<PanelLine> => {
    const panel = await rig.panel(await rig.newCall({ customerName }))
    await panel.until(() => {
      const { readyAtMs, liveAtMs } = window.panelProbe
      return readyAtMs !== null && liveAtMs !== null
    })
    // Loading what comes after the first prompt is over by then.
    await panel.run(() => new Promise((resolve) => setTimeout(resolve, 1_000)))
    return panel
  }
  const panel = await open('Grace Hopper')

  return {
    rig,
    panel,
    requests,
    soundedAtMs,
    orderedAtMs,
    open,
    async play(selector = '.prompt.ready') {
      const before = rig.state().plays.length
      const sent = (await panel.run(() => window.panelProbe.playsAtMs)).length
      await rig.click(panel, selector)
      await panel.until((count) => window.panelProbe.playsAtMs.length > count, sent)
      await panel.until(() => document.querySelector('[data-playback-state=completed]') !== null)
      const { pressedAtMs, pressHeardAtMs, clickHeardAtMs, playsAtMs } = await panel.run(
        () => window.panelProbe,
      )
      const plays = rig.state().plays.slice(before)
      const leftAtMs = playsAtMs[sent] ?? NaN
      return { pressedAtMs, pressHeardAtMs, clickHeardAtMs, leftAtMs, playId: plays[0]?.id ?? '' }
    },
    close: () => rig.close(),
  }
}
