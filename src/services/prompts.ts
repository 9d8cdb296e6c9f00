// The prompts on offer and, made ready ahead of the click, which checked file each of them would play now.
import type { AssetCheck, CheckedAsset } from '../core/asset'
import { pinnedPrompts, type CatalogueGap, type Prompt } from '../core/catalogue'
import { mayPlayFormat, playsCodec } from '../core/codec'
import { attributeOf, type Interaction } from '../core/conversation'
import { failure, type Failure } from '../core/errors'
import type { Assets, CatalogueSource } from '../core/ports'
import { readWish, resolvePrompt, type Candidate, type ChoiceRules, type Wish } from '../core/prompt'
import { createSnapshot } from './snapshot'

/** What a click on the prompt would do. */
export type Readiness =
  | { readonly status: 'checking' }
  | { readonly status: 'ready'; readonly candidate: Candidate; readonly asset: CheckedAsset }
  | { readonly status: 'unplayable'; readonly failure: Failure; readonly words: string | null }

export interface PromptsState {
  readonly status: 'loading' | 'ready' | 'refused'
  readonly prompts: readonly Prompt[]
  readonly gaps: readonly CatalogueGap[]
  readonly problem: string | null
  readonly wish: Wish | null
  readonly readiness: Readonly<Record<string, Readiness>>
}

export interface PromptRules extends ChoiceRules {
  readonly cdnBase: string
  readonly attributes: { readonly language: string; readonly tier: string }
}

export interface PromptsPorts {
  readonly catalogue: CatalogueSource
  readonly assets: Assets
}

export function createPrompts(ports: PromptsPorts, rules: PromptRules) {
  const snapshot = createSnapshot<PromptsState>({
    status: 'loading',
    prompts: [],
    gaps: [],
    problem: null,
    wish: null,
    readiness: {},
  })
  let supported: readonly string[] | null = null
  let circumstances = ''
  const running = new Map<string, Promise<Readiness>>()

  async function load(): Promise<void> {
    const answer = await ports.catalogue.fetchCatalogue()
    if (!answer.ok) return snapshot.patch({ status: 'refused', problem: answer.refusal.message })
    snapshot.patch({ status: 'ready', prompts: answer.value.prompts, gaps: answer.value.gaps, problem: null })
    prepareAhead()
  }

  /** A change of language, tier or codecs makes every earlier choice void. */
  function follow(interaction: Interaction | null): void {
    const language = attributeOf(interaction?.customer ?? null, rules.attributes.language)
    const tier = attributeOf(interaction?.customer ?? null, rules.attributes.tier)
    const codecs = interaction?.customer?.supportedCodecs ?? null
    const now = JSON.stringify([interaction?.id, language, tier, codecs])
    if (now === circumstances) return
    circumstances = now
    supported = codecs
    const seen = Object.keys(snapshot.value.readiness)
    running.clear()
    snapshot.patch({ wish: readWish({ language, tier }, rules), readiness: {} })
    prepareAhead()
    // What came into view stays there: nobody will ask for it again.
    for (const key of seen) void prepare(key)
  }

  /** Pinned prompts first: they are the likeliest to be played. */
  function prepareAhead(): void {
    if (snapshot.value.wish === null) return
    for (const prompt of pinnedPrompts(snapshot.value.prompts)) void prepare(prompt.key)
  }

  /** One preparation per prompt and circumstances, shared by all who ask. */
  function prepare(key: string): Promise<Readiness> {
    const known = running.get(key)
    if (known) return known
    const started = choose(key).catch((error: unknown): Readiness => ({
      status: 'unplayable',
      failure: failure('fetch_timeout', error instanceof Error ? error.message : String(error)),
      words: null,
    }))
    running.set(key, started)
    const asked = circumstances
    show(key, { status: 'checking' })
    void started.then((readiness) => {
      if (asked === circumstances) show(key, readiness)
      // A network hiccup must not stick: the next look tries again.
      const hiccup = readiness.status === 'unplayable' && readiness.failure.code === 'fetch_timeout'
      if (hiccup && running.get(key) === started) running.delete(key)
    })
    return started
  }

  function show(key: string, readiness: Readiness): void {
    snapshot.patch({ readiness: { ...snapshot.value.readiness, [key]: readiness } })
  }

  async function choose(key: string): Promise<Readiness> {
    const prompt = snapshot.value.prompts.find((p) => p.key === key)
    const { wish } = snapshot.value
    const codecs = supported
    if (!prompt || !wish)
      return { status: 'unplayable', failure: failure('asset_missing', 'not in the catalogue'), words: null }
    const all = resolvePrompt(prompt, wish, rules, rules.cdnBase)
    const words = all[0]?.words ?? null
    if (all.length === 0)
      return {
        status: 'unplayable',
        failure: failure('asset_missing', 'no recording in a usable language'),
        words,
      }
    const candidates = all.filter((candidate) => mayPlayFormat(codecs, candidate.format))
    let first: Failure | null = null
    for (const candidate of candidates) {
      const check: AssetCheck = await ports.assets.check(candidate)
      if (check.ok && playsCodec(codecs, check.asset.codec))
        return { status: 'ready', candidate, asset: check.asset }
      first ??= check.ok
        ? failure('codec_unsupported', `the line does not play ${check.asset.codec}`)
        : check.failure
    }
    const offered = [...new Set(all.map((c) => c.format))].join(', ')
    const none = failure(
      'codec_unsupported',
      `the line plays ${codecs?.join(', ') ?? 'nothing known'}; the recording is ${offered}`,
    )
    return { status: 'unplayable', failure: first ?? none, words }
  }

  return { snapshot, load, follow, prepare }
}

export type Prompts = ReturnType<typeof createPrompts>
