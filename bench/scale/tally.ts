// The arithmetic of many desktops: requests by the second, the fullest minute, percentiles of all agent-minutes.

/** What one desktop sent in its day. */
export interface DesktopDay {
  /** Requests to the platform, ms from the start of the shift, in any order. */
  readonly sentMs: number[]
  readonly refused: number
  readonly logins: number
  /** Channels that were made, and how many were connected at once. */
  readonly channelsMade: number
  readonly channelsAtOnce: number
  readonly topicsMost: number
  readonly cdn: { readonly atMs: number; readonly bytes: number }[]
  /** Of each call, when it ended: what Cueline has written into it. */
  readonly attributeBytes: number[]
}

const minuteMs = 60_000

/** Requests in the fullest 60 seconds, wherever they begin. */
export function fullestMinute(sentMs: readonly number[]): number {
  const sorted = [...sentMs].sort((a, b) => a - b)
  let most = 0
  let first = 0
  for (const [index, atMs] of sorted.entries()) {
    while (atMs - (sorted[first] ?? 0) >= minuteMs) first += 1
    most = Math.max(most, index - first + 1)
  }
  return most
}

/** Whole numbers, counted: 24 million of them take no more room than their largest. */
export function createCounts() {
  const counts: number[] = []
  let total = 0
  let sum = 0
  return {
    add(value: number, times = 1): void {
      counts[value] = (counts[value] ?? 0) + times
      total += times
      sum += value * times
    },
    /** The smallest value that so much of all (0 to 1) does not exceed; 0 where nothing was counted. */
    percentile(part: number): number {
      const wanted = Math.max(1, Math.ceil(total * part))
      let seen = 0
      for (const [value, times] of counts.entries()) {
        seen += times ?? 0
        if (seen >= wanted) return value
      }
      return 0
    },
    most: (): number => Math.max(0, counts.length - 1),
    sum: (): number => sum,
    total: (): number => total,
  }
}

/** Of all desktops together: what arrives in each second. */
export function createSeconds(forMs: number) {
  const seconds = new Float64Array(Math.ceil(forMs / 1000) + 1)
  return {
    add(atMs: number, amount = 1): void {
      const at = Math.min(seconds.length - 1, Math.max(0, Math.floor(atMs / 1000)))
      seconds[at] = (seconds[at] ?? 0) + amount
    },
    most: (): number => seconds.reduce((most, value) => Math.max(most, value), 0),
  }
}

/** Adds the requests of each whole minute of the shift in which the agent was there, the empty ones too. */
export function countMinutes(
  sentMs: readonly number[],
  fromMs: number,
  untilMs: number,
  add: (requests: number, minutes: number) => void,
): void {
  const first = Math.floor(fromMs / minuteMs)
  const minutes = Math.ceil(untilMs / minuteMs) - first
  const counted = new Map<number, number>()
  for (const atMs of sentMs) {
    const minute = Math.floor(atMs / minuteMs)
    counted.set(minute, (counted.get(minute) ?? 0) + 1)
  }
  for (const requests of counted.values()) add(requests, 1)
  add(0, Math.max(0, minutes - counted.size))
}
