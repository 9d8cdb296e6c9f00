// Choosing what to play: the customer's attributes and a prompt give an ordered list of candidates, each with its reason.
import type { AudioFormat, Medium, Prompt, Recording } from './catalogue'
import { displayNames } from './formats'
import { inEnglish, m, spokenTag, t } from './text'

export interface Candidate {
  readonly promptKey: string
  readonly url: string
  readonly language: string
  readonly tier: string
  readonly format: AudioFormat
  /** What the catalogue claims; checked against the bytes. */
  readonly claimedDurationMs: number | null
  readonly words: string | null
  /** Why this one and not what was asked for; null where it is what was asked for. */
  readonly reason: string | null
  /** The same for the record, which has one language whatever the screen speaks. */
  readonly reasonInEnglish: string | null
}

export interface Wish {
  readonly language: string
  readonly tier: string
  /** Why an attribute was not followed, for the agent. */
  readonly notes: readonly string[]
}

export interface ChoiceRules {
  readonly defaults: { readonly language: string; readonly tier: string }
  readonly tiers: readonly string[]
}

/** BCP 47, or the same with underscores, in any case: `pt_BR`, `PT-br` and `pt-BR` are one. Null when not well-formed. */
export function normaliseLanguage(tag: string): string | null {
  if (tag.length > 35 || !/^[a-zA-Z]{2,3}([-_][a-zA-Z0-9]{2,8})*$/.test(tag)) return null
  try {
    return Intl.getCanonicalLocales(tag.replace(/_/g, '-'))[0] ?? null
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

/** Attributes are written by flows and callers: a value that is no tag or no known tier never gets past this line. */
export function readWish(
  attributes: { language: string | null; tier: string | null },
  rules: ChoiceRules,
): Wish {
  const notes: string[] = []
  let { language, tier } = rules.defaults
  if (attributes.language !== null && attributes.language.trim() !== '') {
    const normalised = normaliseLanguage(attributes.language.trim())
    if (normalised !== null) language = normalised
    else
      notes.push(
        t("The customer's language is not readable: {language} is used.", {
          language: languageName(language),
        }),
      )
  }
  if (attributes.tier !== null && attributes.tier.trim() !== '') {
    const asked = attributes.tier.trim().toLowerCase()
    if (rules.tiers.includes(asked)) tier = asked
    else notes.push(t("The customer's service tier is not known: {tier} is used.", { tier }))
  }
  return { language, tier, notes }
}

/**
 * Languages: as wished, its base, the default, the default's base. Tiers: as wished, the default, then any other.
 * Formats: as the catalogue orders them, else opus, mp3, wav. Language weighs more than tier, tier more than format.
 */
export function resolvePrompt(
  prompt: Prompt,
  wish: Wish,
  rules: ChoiceRules,
  cdnBase: string,
): readonly Candidate[] {
  return inOrder(prompt, wish, rules, 'cdn').flatMap((recording) =>
    formatsOf(prompt, recording).map((format) => ({
      ...candidateOf(prompt, recording, wish),
      url: `${cdnBase}/${recording.language}/${recording.tier}/${prompt.key}.${format}`,
      format,
    })),
  )
}

/**
 * For carriers that hold the audio themselves: an Architect prompt by name, or an address to dial. `reach` gives what
 * the carrier is told, or null where it has nothing for this prompt and language.
 */
export function resolveCarried(
  prompt: Prompt,
  wish: Wish,
  rules: ChoiceRules,
  medium: Medium,
  reach: (promptKey: string, language: string) => string | null,
): readonly Candidate[] {
  return inOrder(prompt, wish, rules, medium).flatMap((recording) => {
    const url = reach(prompt.key, recording.language)
    return url === null ? [] : [{ ...candidateOf(prompt, recording, wish), url, format: 'wav' as const }]
  })
}

function inOrder(prompt: Prompt, wish: Wish, rules: ChoiceRules, medium: Medium): readonly Recording[] {
  const { defaults } = rules
  const languages = unique([
    wish.language,
    baseOf(wish.language),
    defaults.language,
    baseOf(defaults.language),
  ])
  const tiers = unique([wish.tier, defaults.tier, ...rules.tiers])
  const recordings = prompt.recordings.filter((recording) => recording.medium === medium)
  return languages.flatMap((language) =>
    tiers.flatMap(
      (tier) => recordings.find((r) => sameLanguage(r.language, language) && r.tier === tier) ?? [],
    ),
  )
}

function candidateOf(prompt: Prompt, recording: Recording, wish: Wish) {
  const { language, tier, durationMs = null, text = null } = recording
  // Written as the CDN's folder is; compared as the tag that it means.
  const given = { language: normaliseLanguage(language) ?? language, tier }
  return {
    promptKey: prompt.key,
    language,
    tier,
    claimedDurationMs: durationMs,
    words: text,
    reason: reasonFor(wish, given, t, spokenTag()),
    reasonInEnglish: reasonFor(wish, given, inEnglish, 'en'),
  }
}

export function formatsOf(prompt: Prompt, recording: Recording): readonly AudioFormat[] {
  const asked = recording.formats ?? prompt.formats
  return asked ? unique(asked) : (['opus', 'mp3', 'wav'] satisfies AudioFormat[])
}

const missing = m({
  language: 'no {language} recording: {other} instead',
  tier: 'no {tier} recording: {other} instead',
})

function reasonFor(
  wish: Wish,
  given: Pick<Wish, 'language' | 'tier'>,
  say: typeof inEnglish,
  tag: string,
): string | null {
  if (!sameLanguage(baseOf(given.language), baseOf(wish.language)))
    return say(missing.language, {
      language: languageName(wish.language, tag),
      other: languageName(given.language, tag),
    })
  return given.tier === wish.tier ? null : say(missing.tier, { tier: wish.tier, other: given.tier })
}

function sameLanguage(a: string, b: string): boolean {
  return (normaliseLanguage(a) ?? a) === (normaliseLanguage(b) ?? b)
}

function baseOf(tag: string): string {
  return tag.split('-')[0] ?? tag
}

function unique<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)]
}

/** "German" for `de`, in the language of the interface; a tag that is none (an admin may write one) stays as it is. */
export function languageName(tag: string, interfaceLanguage = spokenTag()): string {
  const wellFormed = normaliseLanguage(tag)
  if (wellFormed === null) return tag
  return displayNames(interfaceLanguage, { type: 'language', fallback: 'code' }).of(wellFormed) ?? tag
}
