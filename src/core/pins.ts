// Pinned prompts: the agent's own in their own order, else those that the catalogue pins. The keys 1 to 9 play the first.
import type { Prompt } from './catalogue'

/** The keys 1 to 9. */
export const pinKeys = 9

/** In the agent's order, else as the catalogue pins them. Pins of prompts that are no more are passed over. */
export function pinnedPrompts(
  prompts: readonly Prompt[],
  pins: readonly string[] | null = null,
): readonly Prompt[] {
  if (pins === null) return prompts.filter((prompt) => prompt.pinned)
  return pickPrompts(prompts, pins)
}

/** The prompts with these keys, in the order of the keys, each once. */
export function pickPrompts(prompts: readonly Prompt[], keys: readonly string[]): readonly Prompt[] {
  if (keys.length === 0) return []
  const wanted = new Set(keys)
  const found = new Map(prompts.filter(({ key }) => wanted.has(key)).map((prompt) => [prompt.key, prompt]))
  return [...wanted].flatMap((key) => found.get(key) ?? [])
}

/** Pins it behind the others, or takes the pin away. `pins`: as they stand now, keys. */
export function togglePin(pins: readonly string[], key: string): readonly string[] {
  return pins.includes(key) ? pins.filter((one) => one !== key) : [...pins, key]
}

/** One place up (-1) or down (1); at the end it stays. */
export function movePin(pins: readonly string[], key: string, by: -1 | 1): readonly string[] {
  const from = pins.indexOf(key)
  const to = from + by
  if (from === -1 || to < 0 || to >= pins.length) return pins
  const moved = pins.filter((one) => one !== key)
  moved.splice(to, 0, key)
  return moved
}
