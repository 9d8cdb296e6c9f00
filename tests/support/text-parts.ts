// Which sentences each part of a dictionary needs: what the door to a view brings along beyond the panel.
import desired from '../../manifest/desired.json'
import permissions from '../../manifest/permissions.json'
import type { Import } from './import-graph'
import { readSentences, type Sentence } from './sentences'

export const parts = ['panel', 'team', 'records', 'metrics', 'setup', 'health'] as const
export type PartName = (typeof parts)[number]

const doorOf = (part: PartName): string => (part === 'panel' ? 'src/main.ts' : `src/main-${part}.ts`)
const doors = new Set(parts.map(doorOf))

/** The files that run once this door was opened, other doors closed. */
function filesBehind(imports: readonly Import[], door: string): Set<string> {
  const found = new Set<string>()
  const visit = (file: string): void => {
    if (found.has(file) || (doors.has(file) && file !== door)) return
    found.add(file)
    for (const { from, to, typeOnly } of imports) if (from === file && to && !typeOnly) visit(to)
  }
  visit(door)
  return found
}

/** What the manifest says to people is said by these views, through the dictionaries too. */
const manifestSentences: Readonly<Partial<Record<PartName, readonly string[]>>> = {
  setup: [
    ...Object.values(permissions.admin).map(({ why }) => why),
    ...desired.staysBehind.flatMap(({ what, why }) => [what, why]),
  ],
  health: desired.table.columns.map(({ description }) => description),
}

/** By part: each sentence once. What the panel says too is in its part only. */
export function sentencesByPart(root: string, imports: readonly Import[]): Map<PartName, Sentence[]> {
  const inPanel = filesBehind(imports, doorOf('panel'))
  const panelKeys = new Set<string>()
  return new Map(
    parts.map((part) => {
      const files = [...filesBehind(imports, doorOf(part))].filter(
        (file) => /\.(ts|vue)$/.test(file) && (part === 'panel' || !inPanel.has(file)),
      )
      const byKey = new Map<string, Sentence>()
      const inManifest = (manifestSentences[part] ?? []).map((key): Sentence => ({ key }))
      for (const sentence of [...[...readSentences(root, files).values()].flat(), ...inManifest]) {
        const known = byKey.get(sentence.key)
        if (part !== 'panel' && panelKeys.has(sentence.key)) continue
        if (known === undefined || known.one === undefined) byKey.set(sentence.key, sentence)
      }
      if (part === 'panel') for (const key of byKey.keys()) panelKeys.add(key)
      return [part, [...byKey.values()]]
    }),
  )
}
