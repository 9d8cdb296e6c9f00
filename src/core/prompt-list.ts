// The order in which prompts are listed: the agent's own pins, those played last, then by category.
import type { Prompt } from './catalogue'
import { pickPrompts, pinnedPrompts } from './pins'

export interface PromptSection {
  readonly kind: 'pinned' | 'recent' | 'category' | 'found'
  /** Of a category: as the catalogue names it. */
  readonly name: string
  readonly prompts: readonly Prompt[]
}

/** What the list shows, section by section. */
export interface ShownPrompts {
  readonly sections: readonly PromptSection[]
  /** Of each row's title, in letters. */
  readonly widths: Readonly<Uint16Array>
  /** So many of the last rows were found by what is said. */
  readonly bySaid: number
  /** What is searched for, folded; empty while nothing is. */
  readonly words: readonly string[]
}

/** Each prompt stands once: where an agent would look for it first. Empty sections are left out. */
export function listPrompts(
  prompts: readonly Prompt[],
  pins: readonly string[] | null,
  recent: readonly string[],
): readonly PromptSection[] {
  const pinned = pinnedPrompts(prompts, pins)
  const taken = new Set(pinned)
  const late = pickPrompts(prompts, recent).filter((prompt) => !taken.has(prompt))
  for (const prompt of late) taken.add(prompt)
  const categories = new Map<string, Prompt[]>()
  for (const prompt of prompts) {
    if (taken.has(prompt)) continue
    const members = categories.get(prompt.category)
    if (members) members.push(prompt)
    else categories.set(prompt.category, [prompt])
  }
  const sections: PromptSection[] = [
    { kind: 'pinned', name: '', prompts: pinned },
    { kind: 'recent', name: '', prompts: late },
    ...[...categories].map(([name, members]) => ({ kind: 'category' as const, name, prompts: members })),
  ]
  return sections.filter((section) => section.prompts.length > 0)
}

const wideLetters = /[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7ff\uff00-\uff60]/g

/** How wide each title is, in letters: one of Chinese, Japanese or Korean counts twice. */
export function titleWidths(prompts: readonly Prompt[]): Uint16Array {
  const widths = new Uint16Array(prompts.length)
  for (const [place, { title }] of prompts.entries())
    widths[place] = title.length + (title.match(wideLetters)?.length ?? 0)
  return widths
}
