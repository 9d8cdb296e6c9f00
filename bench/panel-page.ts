// Runs in a panel's frame before the app: when prompts can be used, and when a click's requests leave.
export interface PanelProbe {
  /** Epoch ms, fractions included; null: not yet. */
  shownAtMs: number | null
  readyAtMs: number | null
  liveAtMs: number | null
  /** The pointer's own time of the last press. */
  pressedAtMs: number
  /** When the page's code heard of the press, and of the click that came of it. */
  pressHeardAtMs: number
  clickHeardAtMs: number
  /** When each request to play left the page's code. */
  playsAtMs: number[]
}

declare global {
  interface Window {
    panelProbe: PanelProbe
  }
}

/** A click is answered by a play only where the file is checked and the panel has, or hears, the live connection. */
export function installPanelProbe(): void {
  const probe: PanelProbe = {
    shownAtMs: null,
    readyAtMs: null,
    liveAtMs: null,
    pressedAtMs: 0,
    pressHeardAtMs: 0,
    clickHeardAtMs: 0,
    playsAtMs: [],
  }
  window.panelProbe = probe
  const now = () => performance.timeOrigin + performance.now()
  const look = (): void => {
    if (document.querySelector('.prompt') !== null) probe.shownAtMs ??= now()
    if (document.querySelector('.prompt.ready') === null) return
    probe.readyAtMs ??= now()
    observer.disconnect()
  }
  const observer = new MutationObserver(look)
  observer.observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['class'] })
  window.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols)
      this.addEventListener('open', () => (probe.liveAtMs ??= now()))
    }
  }
  // The panel that has no socket hears of it from the one that has.
  window.BroadcastChannel = class extends BroadcastChannel {
    constructor(name: string) {
      super(name)
      this.addEventListener(
        'message',
        ({ data }: MessageEvent<{ kind?: string; state?: { status?: string } }>) => {
          if (data.kind === 'status' && data.state?.status === 'live') probe.liveAtMs ??= now()
        },
      )
    }
  }
  new PerformanceObserver((list) => {
    for (const { name, startTime } of list.getEntries())
      if (name.endsWith('/api/v2/media/play')) probe.playsAtMs.push(performance.timeOrigin + startTime)
  }).observe({ type: 'resource' })
  window.addEventListener(
    'pointerdown',
    ({ timeStamp }) => {
      probe.pressHeardAtMs = now()
      probe.pressedAtMs = performance.timeOrigin + timeStamp
    },
    { capture: true },
  )
  window.addEventListener('click', () => (probe.clickHeardAtMs = now()), { capture: true })
}
