// What benches make of their measurements: quantiles, a line through points, and the exponent of a growth. Pure.

/** The value below which this share of them lies (0 to 1), by nearest rank; NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? NaN
}

export interface Point {
  readonly x: number
  readonly y: number
}

/** The line through the points with the least squared distances: `y = start + slope * x`. NaN of fewer than two. */
export function fitLine(points: readonly Point[]): { start: number; slope: number } {
  const mean = (of: (point: Point) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length
  const [x, y] = [mean((point) => point.x), mean((point) => point.y)]
  const slope =
    points.reduce((sum, point) => sum + (point.x - x) * (point.y - y), 0) /
    points.reduce((sum, point) => sum + (point.x - x) ** 2, 0)
  return { start: y - slope * x, slope }
}

/** How y grows as x does: 0 not at all, 1 in step, 2 with its square. The slope of the line through the logarithms. */
export function exponentOf(points: readonly Point[]): number {
  return fitLine(points.map(({ x, y }) => ({ x: Math.log(x), y: Math.log(y) }))).slope
}

/**
 * The middle of the slopes between every two points (Theil and Sen): up to three points in ten may lie anywhere without
 * deciding it. `low` and `high`: half of all pairs lie between. NaN of fewer than two.
 */
export function medianSlope(points: readonly Point[]): { slope: number; low: number; high: number } {
  const slopes = points.flatMap((a, place) =>
    points
      .slice(place + 1)
      .filter((b) => b.x !== a.x)
      .map((b) => (b.y - a.y) / (b.x - a.x)),
  )
  return { slope: quantile(slopes, 0.5), low: quantile(slopes, 0.25), high: quantile(slopes, 0.75) }
}

/** Rounded for the eye: to so many places behind the point. */
export const rounded = (value: number, places = 1): number => Number(value.toFixed(places))
