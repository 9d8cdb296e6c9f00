// What a benchmark is: a name, a method in words, and a run that returns rows of measurements.
export interface BenchRow {
  what: string
  value: number
  /** Printed behind the value: `kB gzip`, `ms`. */
  unit: string
  /** The target, where there is one: the value has to stay below it. */
  below?: number
  /** Or it may be reached. */
  atMost?: number
  /** Or it has to be just that. */
  exactly?: number
}

export interface Bench {
  name: string
  /** How it is measured and what is not: printed beneath the table, a line each. */
  method?: readonly string[]
  run(): Promise<BenchRow[]>
}

export interface Verdict {
  /** `below 64`. */
  target: string
  isMet: boolean
}

/** Null where nothing is promised. A value that is no number meets nothing. */
export function judge({ value, below, atMost, exactly }: BenchRow): Verdict | null {
  if (below !== undefined) return { target: `below ${below}`, isMet: value < below }
  if (atMost !== undefined) return { target: `at most ${atMost}`, isMet: value <= atMost }
  return exactly === undefined ? null : { target: `exactly ${exactly}`, isMet: value === exactly }
}
