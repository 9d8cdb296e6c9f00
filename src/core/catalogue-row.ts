// A row of the catalogue's data table: read by the rules of catalogue.json, whoever wrote it.
import * as v from 'valibot'
import { readCatalogue, type Catalogue, type CatalogueGap, type Prompt } from './catalogue'

/** An empty cell comes as an empty text or not at all. */
const cell = v.pipe(
  v.nullish(v.pipe(v.string('must be text'), v.trim())),
  v.transform((text) => text || undefined),
)
const rowBody = v.object({
  /** The table's own key, e.g. `welcome.de`; without a column for them it names prompt and language. */
  key: v.pipe(v.string('must be text'), v.minLength(1, 'must not be empty')),
  prompt: cell,
  language: cell,
  tier: cell,
  title: cell,
  category: cell,
  version: cell,
  text: cell,
  pinned: v.nullish(v.boolean('must be true or false')),
  durationMs: v.nullish(v.number('must be milliseconds')),
})
type Row = v.InferOutput<typeof rowBody>

/** Rows of one prompt are joined; its first row gives title and category. What cannot be used becomes a gap. */
export function readRows(rows: readonly unknown[]): Catalogue {
  const prompts = new Map<string, Prompt>()
  const gaps: CatalogueGap[] = []
  for (const [index, row] of rows.entries()) {
    const parsed = v.safeParse(rowBody, row)
    if (!parsed.success) {
      const key = v.is(v.object({ key: v.string() }), row) && row.key ? row.key : String(index)
      gaps.push(
        ...parsed.issues.map((issue) =>
          gapOf(key, issue.path?.map(({ key: part }) => String(part)).join('.') ?? null, issue),
        ),
      )
      continue
    }
    const { key } = parsed.output
    const reading = readCatalogue({ prompts: [entryOf(parsed.output)] })
    gaps.push(...reading.gaps.map(({ place, reason }) => ({ place: placeOf(key, place), reason })))
    const [read] = reading.prompts
    if (read) join(prompts, read, key, gaps)
  }
  return { prompts: [...prompts.values()], gaps }
}

/** The row as catalogue.json would say it, so that the same rules hold for both. */
function entryOf({ key, prompt, language, tier = 'standard', pinned, durationMs, ...words }: Row) {
  const dot = key.lastIndexOf('.')
  const { title, category, version, text } = words
  return {
    key: prompt ?? key.slice(0, Math.max(dot, 0)),
    title,
    category,
    version,
    pinned: pinned ?? false,
    // An empty number is 0 in a data table.
    recordings: [
      { language: language ?? key.slice(dot + 1), tier, text, durationMs: durationMs || undefined },
    ],
  }
}

function join(prompts: Map<string, Prompt>, read: Prompt, rowKey: string, gaps: CatalogueGap[]): void {
  const known = prompts.get(read.key)
  const [fresh] = read.recordings
  const isTwice = known?.recordings.some((r) => r.language === fresh?.language && r.tier === fresh.tier)
  if (isTwice)
    gaps.push({ place: `datatable.${rowKey}`, reason: `"${read.key}" has this language and tier already` })
  else
    prompts.set(read.key, known ? { ...known, recordings: [...known.recordings, ...read.recordings] } : read)
}

function gapOf(key: string, path: string | null, issue: v.BaseIssue<unknown>): CatalogueGap {
  const place = ['datatable', key, ...(path === null ? [] : [path])].join('.')
  return { place, reason: issue.input === undefined ? 'is missing' : issue.message }
}

/** Where the one entry of a row says `prompts.0.recordings.0.language`, the table has the column `language`. */
function placeOf(key: string, place: string): string {
  const column = place.replace(/^prompts\.0(\.recordings\.0)?\.?/, '').replace(/^key$/, 'prompt')
  return column === '' ? `datatable.${key}` : `datatable.${key}.${column}`
}
