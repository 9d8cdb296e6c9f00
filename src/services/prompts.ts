// The prompts on offer and, made ready ahead of the click, which checked file each of them would play now.
import type { AssetCheck, CheckedAsset } from '../core/asset'
import { mergeCatalogues, type Catalogue, type CatalogueGap, type Prompt } from '../core/catalogue'
import { mayPlayFormat, playsCodec } from '../core/codec'
import { attributeOf, type Interaction } from '../core/conversation'
import { failure, type Answer, type Failure } from '../core/errors'
import { pinnedPrompts } from '../core/pins'
import type { Assets, CatalogueSource } from '../core/ports'
import {
  readWish,
  resolveCarried,
  resolvePrompt,
  type Candidate,
  type ChoiceRules,
  type Wish,
} from '../core/prompt'
import { t } from '../core/text'
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
  /** What the catalogue says has to be played, unparsed. */
  readonly required?: unknown
  readonly problem: string | null
  readonly wish: Wish | null
  /** By key, of those that somebody asked for. The same record for as long as a choice holds: an answer costs no copy of all. */
  readonly readiness: Readonly<Record<string, Readiness>>
}

/** So many of those that were in view last are made ready again for another customer: more are on no screen. */
const keptInView = 60

/** What the carrier needs of a recording, and how it is told which one. */
export type CarrierReach =
  | { readonly medium: 'url' }
  | { readonly medium: 'prompt' | 'address'; reach(promptKey: string, language: string): string | null }

export interface PromptRules extends ChoiceRules {
  readonly carrier: CarrierReach
  readonly cdnBase: string
  readonly attributes: { readonly language: string; readonly tier: string }
}

export interface PromptsPorts {
  /** In the order in which they may name a prompt. */
  readonly catalogues: readonly CatalogueSource[]
  readonly assets: Assets
}

export function createPrompts(ports: PromptsPorts, rules: PromptRules) {
  const snapshot = createSnapshot<PromptsState>({
    status: 'loading',
    prompts: [],
    gaps: [],
    problem: null,
    wish: null,
    readiness: nothingKnown(),
  })
  let supported: readonly string[] | null = null
  let circumstances = ''
  const running = new Map<string, Promise<Readiness>>()
  const sources = new Map<CatalogueSource, Answer<Catalogue>>()
  const reading = new Map<CatalogueSource, Promise<void>>()
  let signedIn = false
  let byKey = new Map<string, Prompt>()
  let readiness = nothingKnown()
  /** Asked for last, the latest at the end. */
  const seen = new Set<string>()

  async function read(source: CatalogueSource): Promise<void> {
    try {
      sources.set(source, await source.fetchCatalogue())
    } finally {
      reading.delete(source)
    }
  }

  /** Reads what has not been read yet, as far as that is possible now; what is being read is not asked for again. */
  async function load(): Promise<void> {
    const due = ports.catalogues.filter(
      (source) => !sources.get(source)?.ok && (signedIn || source.needsSignIn !== true),
    )
    const fresh = due.filter((source) => !reading.has(source))
    for (const source of fresh) reading.set(source, read(source))
    await Promise.all(due.map((source) => reading.get(source)))
    if (fresh.length > 0) offer()
  }

  function offer(): void {
    const answers = ports.catalogues.flatMap((source) => sources.get(source) ?? [])
    const read = answers.flatMap((answer) => (answer.ok ? [answer.value] : []))
    const refused = answers.flatMap((answer) => (answer.ok ? [] : [answer.refusal.message]))
    if (read.length === 0) {
      const status = answers.length === ports.catalogues.length ? 'refused' : 'loading'
      return snapshot.patch({ status, problem: refused.join('; ') || null })
    }
    const { prompts, gaps, required } = mergeCatalogues(read)
    const missing = refused.map((reason) => ({ place: '(source)', reason: `could not be read: ${reason}` }))
    byKey = new Map(prompts.map((prompt) => [prompt.key, prompt]))
    chooseAgain({ status: 'ready', prompts, gaps: [...gaps, ...missing], required, problem: null })
  }

  /** What the likeliest customer would hear is checked while the platform says who is on the line; for another one it is in vain. */
  function checkAhead(): void {
    const { wish, prompts } = snapshot.value
    if (wish !== null || rules.carrier.medium !== 'url') return
    const likeliest = readWish({ language: null, tier: null }, rules)
    for (const prompt of pinnedPrompts(prompts)) {
      const [first] = resolvePrompt(prompt, likeliest, rules, rules.cdnBase)
      // What is wrong with it is said when it is chosen.
      if (first) ports.assets.check(first).catch(() => undefined)
    }
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
    chooseAgain({ wish: readWish({ language, tier }, rules) })
  }

  function complain(gaps: readonly CatalogueGap[]): void {
    snapshot.patch({ gaps: [...snapshot.value.gaps, ...gaps] })
  }

  function chooseAgain(change: Partial<PromptsState>): void {
    running.clear()
    readiness = nothingKnown()
    snapshot.patch({ ...change, readiness })
    prepareAhead()
    // What came into view stays there: nobody will ask for it again.
    for (const key of [...seen]) void prepare(key)
  }

  /** Pinned prompts first: they are the likeliest to be played. */
  function prepareAhead(): void {
    if (snapshot.value.wish === null) return
    for (const prompt of pinnedPrompts(snapshot.value.prompts)) void prepare(prompt.key)
  }

  /** One preparation per prompt and circumstances, shared by all who ask. */
  function prepare(key: string): Promise<Readiness> {
    see(key)
    // Nothing can be chosen for nobody; who is on the line is known soon, and what was seen is prepared then.
    if (snapshot.value.wish === null) return Promise.resolve(unplayable(failure('asset_missing', ''), null))
    const known = running.get(key)
    if (known) return known
    const started = choose(key).catch((error: unknown): Readiness => ({
      status: 'unplayable',
      failure: failure('fetch_timeout', error instanceof Error ? error.message : String(error)),
      words: null,
    }))
    running.set(key, started)
    show(key, { status: 'checking' })
    void started.then((readiness) => {
      if (running.get(key) === started) show(key, readiness)
      // A network hiccup must not stick: the next look tries again.
      const hiccup = readiness.status === 'unplayable' && readiness.failure.code === 'fetch_timeout'
      if (hiccup && running.get(key) === started) running.delete(key)
    })
    return started
  }

  function see(key: string): void {
    seen.delete(key)
    seen.add(key)
    const [oldest] = seen
    if (seen.size > keptInView && oldest !== undefined) seen.delete(oldest)
  }

  function show(key: string, shown: Readiness): void {
    readiness[key] = shown
    snapshot.patch({ readiness })
  }

  async function choose(key: string): Promise<Readiness> {
    const prompt = byKey.get(key)
    const { wish } = snapshot.value
    if (!prompt || !wish) return unplayable(failure('asset_missing', t('not in the catalogue')), null)
    const { carrier } = rules
    const all =
      carrier.medium === 'url'
        ? resolvePrompt(prompt, wish, rules, rules.cdnBase)
        : resolveCarried(
            prompt,
            wish,
            rules,
            carrier.medium === 'prompt' ? 'architect' : 'cdn',
            carrier.reach,
          )
    const words = all[0]?.words ?? prompt.recordings.find((r) => r.text)?.text ?? null
    if (all.length === 0)
      return unplayable(failure('asset_missing', t('no recording in a usable language')), words)
    return carrier.medium === 'url' ? firstChecked(all, supported, words) : vouchedFor(all, words)
  }

  /** The first candidate whose bytes hold what its name says and whose codec the line plays. */
  async function firstChecked(
    all: readonly Candidate[],
    codecs: readonly string[] | null,
    words: string | null,
  ): Promise<Readiness> {
    let first: Failure | null = null
    for (const candidate of all.filter(({ format }) => mayPlayFormat(codecs, format))) {
      const check: AssetCheck = await ports.assets.check(candidate)
      if (check.ok && playsCodec(codecs, check.asset.codec))
        return { status: 'ready', candidate, asset: check.asset }
      first ??= check.ok
        ? failure('codec_unsupported', t('the line does not play {codec}', { codec: check.asset.codec }))
        : check.failure
    }
    const offered = [...new Set(all.map((c) => c.format))].join(', ')
    const plays = codecs?.join(', ') ?? t('nothing known')
    return unplayable(
      first ??
        failure(
          'codec_unsupported',
          t('the line plays {plays}; the recording is {offered}', { plays, offered }),
        ),
      words,
    )
  }

  /** The same words as a file that the agent's own headset can play; null where the CDN has none. */
  function localCopy(key: string): string | null {
    const prompt = byKey.get(key)
    const { wish } = snapshot.value
    return prompt && wish ? (resolvePrompt(prompt, wish, rules, rules.cdnBase)[0]?.url ?? null) : null
  }

  return {
    complain,
    snapshot,
    load,
    /** What only a signed-in agent may read can be read from now on. */
    signedIn(): Promise<void> {
      signedIn = true
      return load()
    },
    follow,
    checkAhead,
    prepare,
    localCopy,
  }
}

/** Without the names that every object has: a prompt may be called like one of them. */
const nothingKnown = () => Object.create(null) as Record<string, Readiness>

/** The carrier holds the bytes: their length is what it says, and there is no hash. */
function vouchedFor(all: readonly Candidate[], words: string | null): Readiness {
  const candidate = all.find(({ claimedDurationMs }) => claimedDurationMs !== null)
  if (!candidate) return unplayable(failure('asset_missing', t('its length is not known')), words)
  const { url, format, claimedDurationMs } = candidate
  const asset = { url, format, codec: 'pcm', durationMs: claimedDurationMs ?? 0, sizeBytes: 0, sha256: null }
  return { status: 'ready', candidate, asset }
}

function unplayable(why: Failure, words: string | null): Readiness {
  return { status: 'unplayable', failure: why, words }
}
