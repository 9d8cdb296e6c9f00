// What agents set for themselves: how the panel looks and sounds, which prompts are pinned and which were played last.
import * as v from 'valibot'

export const themes = ['light', 'dark', 'contrast'] as const
export type Theme = (typeof themes)[number]
export const densities = ['comfortable', 'compact'] as const
export type Density = (typeof densities)[number]

export interface Preferences {
  /** Keys of pinned prompts in the agent's order; null as long as the catalogue's own pins hold. */
  readonly pins: readonly string[] | null
  /** Keys of the prompts played last, the newest first. */
  readonly recent: readonly string[]
  readonly theme: Theme
  readonly density: Density
  /** Of what the agent hears in their own headset, 0 to 1; never of what the customer hears. */
  readonly previewVolume: number
  /** The browser's id of the device for that; null is the browser's choice. */
  readonly previewOutput: string | null
}

export const defaultPreferences: Preferences = {
  pins: null,
  recent: [],
  theme: 'light',
  density: 'comfortable',
  previewVolume: 0.8,
  previewOutput: null,
}

const pinsLimit = 50
const recentLimit = 5
const key = v.pipe(v.string(), v.maxLength(64))
const keys = (limit: number) =>
  v.pipe(
    v.array(key),
    v.transform((all) => [...new Set(all)].slice(0, limit)),
  )
const schema = v.object({
  pins: v.fallback(v.nullable(keys(pinsLimit)), defaultPreferences.pins as null),
  recent: v.fallback(keys(recentLimit), []),
  theme: v.fallback(v.picklist(themes), defaultPreferences.theme),
  density: v.fallback(v.picklist(densities), defaultPreferences.density),
  previewVolume: v.fallback(
    v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
    defaultPreferences.previewVolume,
  ),
  previewOutput: v.fallback(v.nullable(v.pipe(v.string(), v.maxLength(256))), null),
})

/** Field by field: one that is damaged, or of a version to come, is the default. Never throws. */
export function readPreferences(text: string | null): Preferences {
  try {
    const parsed = v.safeParse(schema, JSON.parse(text ?? '{}'))
    return parsed.success ? parsed.output : defaultPreferences
  } catch {
    // Storage is shared with all that runs on this origin: what is no JSON is not ours.
    return defaultPreferences
  }
}

/** The newest first, each once, no more than are of use. */
export function withRecent(recent: readonly string[], promptKey: string): readonly string[] {
  return [promptKey, ...recent.filter((one) => one !== promptKey)].slice(0, recentLimit)
}
