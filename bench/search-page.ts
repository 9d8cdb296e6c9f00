// Runs in the page under measurement: when each key was pressed, when what it found was painted, and what was found.
export interface SearchSample {
  /** What stood in the search when it was painted, and the heading above the results. */
  query: string
  heading: string
  /** From the key event's own time stamp to the end of the frame that shows the results, ms. */
  paintedMs: number
  /** Of that: until the frame was begun, which a display of 60 Hz does every 16.7 ms. */
  begunMs: number
}

export interface SearchProbe {
  samples: SearchSample[]
  /** Of the browser's own Event Timing: from the key to the screen, in steps of 8 ms; only those of 16 ms and more. */
  slowKeysMs: number[]
  /** Layout shift of rows without input before it. */
  shift: number
}

declare global {
  interface Window {
    searchProbe: SearchProbe
  }
}

/** Put into the page before the app. Its own work counts as the page's. */
export function installSearchProbe(): void {
  const probe: SearchProbe = { samples: [], slowKeysMs: [], shift: 0 }
  window.searchProbe = probe
  window.addEventListener(
    'keydown',
    ({ timeStamp }) => {
      // The frame is drawn after these callbacks; the message comes behind it.
      requestAnimationFrame(() => {
        const begunMs = performance.now() - timeStamp
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => {
          port1.close()
          const paintedMs = performance.now() - timeStamp
          const query = document.querySelector<HTMLInputElement>('#prompt-search')?.value ?? ''
          const heading = document.querySelector('.prompts h3')?.textContent.trim() ?? ''
          probe.samples.push({ query, heading, paintedMs, begunMs })
        }
        port2.postMessage(null)
      })
    },
    true,
  )
  new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries())
      if (name === 'keydown') probe.slowKeysMs.push(duration)
  }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit)
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & {
      value: number
      hadRecentInput: boolean
    })[])
      if (!entry.hadRecentInput) probe.shift += entry.value
  }).observe({ type: 'layout-shift', buffered: true })
}
