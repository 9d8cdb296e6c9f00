// The catalogue: all prompts on offer. Good entries work; each bad one is listed with its place and reason.
import * as v from 'valibot'

export const audioFormats = ['mp3', 'opus', 'wav'] as const
export type AudioFormat = (typeof audioFormats)[number]

export const text = (max: number) =>
  v.pipe(
    v.string('must be text'),
    v.trim(),
    v.minLength(1, 'must not be empty'),
    v.maxLength(max, `must be at most ${max} characters`),
  )
const formats = v.pipe(
  v.array(v.picklist(audioFormats, `must be one of ${audioFormats.join(', ')}`)),
  v.minLength(1, 'must name at least one format'),
)

const isoDate = v.pipe(
  v.string('must be a date such as 2027-03-31'),
  v.check(
    (value) => /^\d{4}-\d{2}-\d{2}(T|$)/.test(value) && !Number.isNaN(Date.parse(value)),
    'must be a date such as 2027-03-31',
  ),
)

const recordingSchema = v.object({
  language: v.pipe(
    v.string('must be a language tag'),
    v.regex(/^[a-zA-Z]{2,3}([-_][a-zA-Z0-9]{2,8})*$/, 'must be a language tag such as "en" or "pt-BR"'),
  ),
  tier: v.pipe(
    v.string('must be a tier'),
    v.regex(/^[a-z0-9-]{1,32}$/, 'must be lower-case letters, digits or -'),
  ),
  text: v.optional(text(4_000)),
  durationMs: v.optional(v.pipe(v.number('must be milliseconds'), v.minValue(1, 'must be at least 1'))),
  formats: v.optional(formats),
})

export const promptKey = v.pipe(
  v.string('must be text'),
  v.regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'must be lower-case letters, digits and -, at most 64'),
)

const promptSchema = v.object({
  key: promptKey,
  title: text(80),
  version: v.optional(text(32), '1'),
  category: v.optional(text(60), 'Other'),
  /** Rules that the guard keeps: the prompt has to be recorded; outbound calls need consent first. */
  requires: v.optional(
    v.object({ recording: v.optional(v.boolean(), false), consent: v.optional(v.boolean(), false) }),
    { recording: false, consent: false },
  ),
  validFrom: v.optional(v.nullable(isoDate), null),
  validUntil: v.optional(v.nullable(isoDate), null),
  pinned: v.optional(v.boolean('must be true or false'), false),
  formats: v.optional(formats),
  recordings: v.pipe(
    v.array(recordingSchema, 'must be a list'),
    v.minLength(1, 'must have at least one recording'),
  ),
})

/** Where a recording lies: on the CDN, or as a user prompt in Architect. */
export type Medium = 'cdn' | 'architect'
export type Recording = v.InferOutput<typeof recordingSchema> & { readonly medium: Medium }
export type Prompt = Omit<v.InferOutput<typeof promptSchema>, 'recordings'> & {
  readonly recordings: readonly Recording[]
}

/** One entry that was left out: `place` is where in the file it stands. */
export interface CatalogueGap {
  readonly place: string
  readonly reason: string
}

export interface Catalogue {
  readonly prompts: readonly Prompt[]
  readonly gaps: readonly CatalogueGap[]
  /** As it stands in the file: parsed by `readRequired` once it is needed. */
  readonly required?: unknown
}

/** Reads the parsed JSON of catalogue.json. Never throws: what cannot be used becomes a gap. */
export function readCatalogue(json: unknown): Catalogue {
  const entries = typeof json === 'object' && json !== null && 'prompts' in json ? json.prompts : null
  if (!Array.isArray(entries) || typeof json !== 'object' || json === null)
    return { prompts: [], gaps: [{ place: '(file)', reason: 'has no list "prompts"' }] }
  const prompts = new Map<string, Prompt>()
  const gaps: CatalogueGap[] = []
  entries.forEach((entry: unknown, index) => {
    const result = v.safeParse(promptSchema, entry)
    const place = `prompts.${index}`
    if (!result.success) gaps.push(...result.issues.map((issue) => toGap(place, issue)))
    else if (prompts.has(result.output.key))
      gaps.push({ place: `${place}.key`, reason: `"${result.output.key}" stands here a second time` })
    else prompts.set(result.output.key, onCdn(result.output))
  })
  const required = 'required' in json ? json.required : undefined
  return { prompts: [...prompts.values()], gaps, required }
}

function onCdn(prompt: v.InferOutput<typeof promptSchema>): Prompt {
  return { ...prompt, recordings: prompt.recordings.map((recording) => ({ ...recording, medium: 'cdn' })) }
}

/** Joined by key: the first catalogue that names a prompt gives its title and rules, all give recordings. */
export function mergeCatalogues(catalogues: readonly Catalogue[]): Catalogue {
  const prompts = new Map<string, Prompt>()
  for (const prompt of catalogues.flatMap((catalogue) => catalogue.prompts)) {
    const known = prompts.get(prompt.key)
    const recordings = known ? [...known.recordings, ...prompt.recordings] : prompt.recordings
    const formats = known?.formats ?? prompt.formats
    prompts.set(prompt.key, { ...(known ?? prompt), ...(formats ? { formats } : {}), recordings })
  }
  return {
    prompts: [...prompts.values()],
    gaps: catalogues.flatMap((catalogue) => catalogue.gaps),
    required: catalogues.map((catalogue) => catalogue.required).find((required) => required !== undefined),
  }
}

export function toGap(place: string, issue: v.BaseIssue<unknown>): CatalogueGap {
  const path = issue.path?.map((part) => String(part.key)) ?? []
  return {
    place: [place, ...path].join('.'),
    reason: issue.input === undefined ? 'is missing' : issue.message,
  }
}
