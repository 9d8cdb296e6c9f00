// Runs in the page under measurement: when each frame reached the page's socket, and when its badge was painted.
export interface TeamSample {
  /** Agent, state and playback that the frame tells. */
  key: string
  /** Epoch ms, fractions included. */
  arrivedAtMs: number
  paintedAtMs: number
}

export interface TeamProbe {
  samples: TeamSample[]
  /** Frames about calls that reached the page. */
  frames: number
  /** Not painted before the next frame about the same agent: their row left the screen, or the next one was faster. */
  overtaken: number
  /** Nothing is noted any more. */
  isOff: boolean
}

declare global {
  interface Window {
    teamProbe: TeamProbe
  }
}

/** Put into the page before the app. Its own work counts as the page's. */
export function installProbe(): void {
  const probe: TeamProbe = { samples: [], frames: 0, overtaken: 0, isOff: false }
  window.teamProbe = probe
  const waiting = new Map<string, { key: string; arrivedAtMs: number }>()
  const now = () => performance.timeOrigin + performance.now()
  const shown: Record<string, string> = { completed: 'done', playing: 'playing', unknown: 'unknown' }

  /** What the badge of an agent must say after this frame; null where the frame changes none. By pattern: parsing would cost the page what it costs the app. */
  const wantedOf = (text: string): [agent: string, state: string, playback: string] | null => {
    const leg = /"purpose":"agent"[^]*?"user":\{"id":"([^"]+)"/.exec(text)
    if (leg?.[1] === undefined || leg[0].includes('"endTime"')) return null
    const note = /"cueline\.badge":"v1\|([^|]*)\|([^|]*)/.exec(text)
    if (note === null) return [leg[1], 'on a call', '']
    return [leg[1], shown[note[2] ?? ''] ?? 'failed', note[1] ?? '']
  }
  const rowOf = (agent: string) => document.querySelector<HTMLElement>(`[data-agent="${agent}"]`)
  /** By its place in the list, without asking for a layout. */
  const isOnScreen = (row: HTMLElement): boolean => {
    const list = row.closest<HTMLElement>('.list')
    const place = /translateY\(([\d.]+)px\)/.exec(row.parentElement?.style.transform ?? '')?.[1]
    return list !== null && place !== undefined && Number(place) < window.innerHeight - 200
  }
  const arrived = (text: string): void => {
    const arrivedAtMs = now()
    if (probe.isOff) {
      waiting.clear()
      return
    }
    if (!text.slice(0, 120).includes('.conversations.calls"')) return
    probe.frames += 1
    const wanted = wantedOf(text)
    if (wanted === null) return
    const [agent, state, playback] = wanted
    const key = `${agent} ${state} ${playback}`
    const before = waiting.get(agent)
    if (before?.key === key) return
    if (before) probe.overtaken += 1
    waiting.delete(agent)
    const row = rowOf(agent)
    if (row && isOnScreen(row) && keyOf(row) !== key) waiting.set(agent, { key, arrivedAtMs })
  }
  const keyOf = ({ dataset }: HTMLElement) => `${dataset.agent} ${dataset.badge} ${dataset.playback ?? ''}`
  const changed = (): void => {
    const done: Omit<TeamSample, 'paintedAtMs'>[] = []
    for (const [agent, sample] of waiting) {
      const row = rowOf(agent)
      if (!row || keyOf(row) !== sample.key) continue
      done.push(sample)
      waiting.delete(agent)
    }
    if (done.length === 0) return
    // The frame is drawn after these callbacks; the message comes behind it.
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => {
        const paintedAtMs = now()
        for (const sample of done) probe.samples.push({ ...sample, paintedAtMs })
        port1.close()
      }
      port2.postMessage(null)
    })
  }
  window.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols)
      this.addEventListener('message', ({ data }) => arrived(String(data)))
    }
  }
  document.addEventListener('DOMContentLoaded', () =>
    new MutationObserver(changed).observe(document.body, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: ['data-badge', 'data-playback', 'data-agent'],
    }),
  )
}

/** Every row's badge, from the first to the last, by scrolling through the whole list. */
export async function readAllRows(): Promise<Record<string, string>> {
  const rows: Record<string, string> = {}
  const list = document.querySelector<HTMLElement>('.list')
  const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)))
  if (!list) return rows
  for (let top = 0; top <= list.scrollHeight; top += list.clientHeight) {
    list.scrollTop = top
    await frame()
    await frame()
    for (const row of list.querySelectorAll<HTMLElement>('[data-agent]'))
      rows[row.dataset.agent ?? ''] = `${row.dataset.badge} ${row.dataset.playback ?? ''}`
  }
  list.scrollTop = 0
  return rows
}
