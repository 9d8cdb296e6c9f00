// A histogram in constant memory: logarithmic buckets, so that a percentile is right within a known share.

const lowestMs = 1
const highestMs = 700_000 // about 11 minutes; what lasts longer is in the last bucket

/** Values in ms. `growth` 1.02: each bucket is 2 % wide, its middle is right within 1 %. */
export interface Histogram {
  readonly growth: number
  readonly counts: Uint32Array
  total: number
}

const fine = 1.02

function bucketsOf(growth: number): number {
  return Math.ceil(Math.log(highestMs / lowestMs) / Math.log(growth)) + 1
}

export function createHistogram(growth = fine): Histogram {
  return { growth, counts: new Uint32Array(bucketsOf(growth)), total: 0 }
}

/** Of a histogram with this growth. */
export function bucketOf(valueMs: number, growth = fine): number {
  const index = Math.floor(Math.log(Math.max(lowestMs, valueMs) / lowestMs) / Math.log(growth))
  return Math.min(bucketsOf(growth) - 1, index)
}

export function addTo(histogram: Histogram, valueMs: number, by: 1 | -1 = 1): void {
  addAt(histogram, bucketOf(valueMs, histogram.growth), by)
}

/** `by` -1 takes back what was added before; what is not there cannot be taken. */
export function addAt(histogram: Histogram, bucket: number, by: 1 | -1): void {
  const before = histogram.counts[bucket] ?? 0
  if (before + by < 0) return
  histogram.counts[bucket] = before + by
  histogram.total += by
}

/** Adds all that is in `other`, which has the same growth. */
export function merge(histogram: Histogram, other: Histogram): void {
  other.counts.forEach((count, bucket) => {
    histogram.counts[bucket] = (histogram.counts[bucket] ?? 0) + count
  })
  histogram.total += other.total
}

/** `share` in (0, 1]; the geometric middle of the bucket in ms, or null while nothing was added. */
export function percentile({ growth, counts, total }: Histogram, share: number): number | null {
  if (total === 0) return null
  const wanted = Math.max(1, Math.ceil(total * share))
  let seen = 0
  for (let i = 0; i < counts.length; i += 1) {
    seen += counts[i] ?? 0
    if (seen >= wanted) return lowestMs * growth ** (i + 0.5)
  }
  return null
}

/** The buckets that are not empty, as bucket, count, bucket, count, …: what is kept of a histogram. */
export function sparse({ counts }: Histogram): number[] {
  return [...counts].flatMap((count, bucket) => (count > 0 ? [bucket, count] : []))
}

/** Reads it back; what does not fit in is left out. */
export function fill(histogram: Histogram, pairs: readonly number[]): void {
  for (let i = 0; i + 1 < pairs.length; i += 2) {
    const [bucket = -1, count = 0] = [pairs[i], pairs[i + 1]]
    if (bucket < 0 || bucket >= histogram.counts.length || histogram.counts[bucket] !== 0) continue
    histogram.counts[bucket] = count
    histogram.total += count
  }
}
