// Which labels are counted apart: a bounded number of each kind, so that no catalogue and no endpoint can fill the memory.

export const dimensions = ['prompt', 'language', 'format', 'codec', 'backend', 'outcome'] as const
export type Dimension = (typeof dimensions)[number]

/** How many of each. Those that come later share one: `otherLabel`. */
export const labelLimits: Readonly<Record<Dimension, number>> = {
  prompt: 40,
  language: 24,
  format: 6,
  codec: 12,
  backend: 6,
  outcome: 8,
}

/** No prompt's key and no language tag can be these: they have no brackets. */
export const otherLabel = '(other)'
const noLabel = '(none)'

const longest = 64

/** The label under which `wanted` counts, given those that are known. The same one every time: none is ever given up. */
export function labelFor(
  known: { readonly size: number; has(label: string): boolean },
  dimension: Dimension,
  wanted: string | null,
): string {
  const label = (wanted ?? noLabel).slice(0, longest)
  return known.has(label) || known.size < labelLimits[dimension] ? label : otherLabel
}
