// Architect's user prompts as a catalogue: GET /api/v2/architect/prompts, needs architect:userPrompt:view.
import * as v from 'valibot'
import type { Catalogue, CatalogueGap, Prompt, Recording } from '../../core/catalogue'
import { answered } from '../../core/errors'
import type { CatalogueSource, Platform } from '../../core/ports'
import { normaliseLanguage } from '../../core/prompt'
import { promptKeyOf } from '../../core/reach'
import { fetchAllPages } from './pages'

const resource = v.object({
  language: v.string(),
  text: v.nullish(v.string()),
  ttsString: v.nullish(v.string()),
  uploadStatus: v.nullish(v.string()),
  durationSeconds: v.nullish(v.number()),
})
const entry = v.object({
  name: v.string(),
  description: v.nullish(v.string()),
  resources: v.nullish(v.array(v.unknown())),
})
const path = '/api/v2/architect/prompts'

/** Only prompts whose name begins with `prefix` are ours. All of them lie in the tier "standard". */
export function createArchitectPrompts(platform: Platform, prefix: string): CatalogueSource {
  return {
    needsSignIn: true,
    async fetchCatalogue() {
      const prompts = await fetchAllPages(
        platform,
        { method: 'GET', path, query: { includeResources: true, name: `${prefix}*` } },
        'Architect sent no readable prompts',
      )
      return prompts.ok ? answered(readPrompts(prompts.value, prefix)) : prompts
    },
  }
}

function readPrompts(entities: readonly unknown[], prefix: string): Catalogue {
  const prompts: Prompt[] = []
  const gaps: CatalogueGap[] = []
  for (const [index, entity] of entities.entries()) {
    const parsed = v.safeParse(entry, entity)
    const key = parsed.success ? promptKeyOf(parsed.output.name, prefix) : null
    if (!parsed.success) gaps.push({ place: `architect.${index}`, reason: 'is not readable' })
    if (!parsed.success || key === null) continue
    const { name, description, resources } = parsed.output
    const recordings = (resources ?? []).flatMap((item) => readRecording(item, name, gaps))
    if (recordings.length > 0) prompts.push(promptOf(key, description ?? name, recordings))
  }
  return { prompts, gaps }
}

function readRecording(item: unknown, name: string, gaps: CatalogueGap[]): Recording[] {
  const parsed = v.safeParse(resource, item)
  const language = parsed.success ? normaliseLanguage(parsed.output.language) : null
  if (!parsed.success || language === null) {
    gaps.push({ place: `architect.${name}`, reason: 'has a recording without a readable language' })
    return []
  }
  const { uploadStatus, durationSeconds, text, ttsString } = parsed.output
  if (uploadStatus !== 'transcoded' || !durationSeconds) {
    gaps.push({
      place: `architect.${name}.${language}`,
      reason: `is not ready (${uploadStatus ?? 'no recording'})`,
    })
    return []
  }
  const words = text ?? ttsString ?? undefined
  return [
    {
      language,
      tier: 'standard',
      medium: 'architect',
      durationMs: Math.round(durationSeconds * 1000),
      ...(words ? { text: words } : {}),
    },
  ]
}

function promptOf(key: string, title: string, recordings: readonly Recording[]): Prompt {
  const requires = { recording: false, consent: false }
  const dates = { validFrom: null, validUntil: null }
  return { key, title, version: '1', category: 'Architect', pinned: false, requires, ...dates, recordings }
}
