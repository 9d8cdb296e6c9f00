// What a benchmark is: a name, and a run that returns rows of measurements.
export interface BenchRow {
  what: string
  value: number
  /** Printed behind the value: `kB gzip`, `ms`. */
  unit: string
  /** The target, where there is one: the value has to stay below it. */
  below?: number
}

export interface Bench {
  name: string
  run(): Promise<BenchRow[]>
}
