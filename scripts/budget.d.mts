// Types of budget.mjs for the benchmarks, which are TypeScript.
/** Gzip bytes of the JavaScript in dist/, and where it is loaded. Throws when nothing was built. */
export function measureDist(): {
  scripts: { file: string; gzipBytes: number; when: 'start' | 'later' | 'collector' | 'other view' }[]
  /** What the page needs before its first use. */
  startBytes: number
  /** All but the chunks of other views and of the collector. */
  panelBytes: number
  /** Loaded only where config.json names a collector. */
  collectorBytes: number
  sandboxFiles: string[]
}
