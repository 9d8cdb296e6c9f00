// Types of budget.mjs for the benchmarks, which are TypeScript.
/** When a chunk is loaded: by the page itself, before the first click, where it is configured, after the first screen, … */
type When = 'start' | 'usable' | 'configured' | 'backend' | 'language' | 'later' | 'collector' | 'other view'

/** Gzip bytes of the JavaScript in dist/, and where it is loaded. Throws when nothing was built. */
export function measureDist(): {
  scripts: { file: string; gzipBytes: number; when: When }[]
  /** Before the first paint. */
  startBytes: number
  /** Before the first prompt can be clicked, with the implicit grant and the CDN's catalogue. */
  usableBytes: number
  /** More than that, where config.json asks for the code grant, both further catalogues and another backend. */
  configuredBytes: number
  /** All but the chunks of other views and of the collector. */
  panelBytes: number
  /** Loaded only where config.json names a collector. */
  collectorBytes: number
  sandboxFiles: string[]
}
