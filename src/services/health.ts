// Catalogue health over time: reads the catalogue, checks each file a few at a time, answers dry runs.
import { mergeCatalogues, type Catalogue, type Prompt } from '../core/catalogue'
import { readSupportedCodecs } from '../core/codec'
import { explainCarried, explainChoice, type DryRun } from '../core/dry-run'
import { listAssets, type Finding, type HealthAsset } from '../core/health'
import type { AssetProbe } from '../core/health-ports'
import { problemsOf, reportHealth, type HealthProblem, type HealthReport } from '../core/health-report'
import type { CatalogueSource, Clock } from '../core/ports'
import { readWish, resolveCarried, resolvePrompt, type Candidate, type Wish } from '../core/prompt'
import type { PromptRules } from './prompts'
import { createSnapshot } from './snapshot'

/** So many files are fetched and decoded at once: enough to hide the network, few enough to keep the page awake. */
const atOnce = 4

export interface HealthPorts {
  readonly clock: Clock
  readonly catalogues: readonly CatalogueSource[]
  readonly probe: AssetProbe
}

export interface HealthState {
  /** `partly`: stopped by the admin, what was found stands. */
  readonly status: 'idle' | 'reading' | 'checking' | 'partly' | 'done' | 'refused'
  readonly problem: string | null
  /** The catalogue has been changed from here since it was checked. */
  readonly isStale: boolean
  readonly done: number
  readonly total: number
  readonly report: HealthReport | null
  readonly problems: readonly HealthProblem[]
  /** For the forms: what can be asked about. */
  readonly prompts: readonly Prompt[]
  readonly dryRun: DryRunAnswer | null
}

export interface DryRunQuestion {
  readonly promptKey: string
  readonly language: string
  readonly tier: string
  /** As an endpoint would say it, e.g. "opus, mp3"; empty: it says nothing. */
  readonly codecs: string
}

export type DryRunAnswer =
  | { readonly status: 'running' }
  | { readonly status: 'unknown-prompt'; readonly promptKey: string }
  | {
      readonly status: 'answered'
      readonly wish: Wish
      readonly supported: readonly string[] | null
      readonly run: DryRun
    }

export function createHealth({ clock, catalogues, probe }: HealthPorts, rules: PromptRules) {
  const snapshot = createSnapshot<HealthState>({
    status: 'idle',
    problem: null,
    isStale: false,
    done: 0,
    total: 0,
    report: null,
    problems: [],
    prompts: [],
    dryRun: null,
  })
  let catalogue: Catalogue = { prompts: [], gaps: [] }
  let assets: readonly HealthAsset[] = []
  let findings = new Map<string, Finding>()
  let running: AbortController | null = null
  let asked = 0
  let mustRead = true

  async function read(): Promise<boolean> {
    const answers = await Promise.all(catalogues.map((source) => source.fetchCatalogue()))
    const refused = answers.flatMap((answer) => (answer.ok ? [] : [answer.refusal.message]))
    const read = answers.flatMap((answer) => (answer.ok ? [answer.value] : []))
    if (read.length === 0) {
      snapshot.patch({ status: 'refused', problem: refused.join('; ') || 'there is no catalogue' })
      return false
    }
    const merged = mergeCatalogues(read)
    const missing = refused.map((reason) => ({ place: '(source)', reason: `could not be read: ${reason}` }))
    catalogue = { prompts: merged.prompts, gaps: [...merged.gaps, ...missing] }
    mustRead = false
    assets = listAssets(catalogue.prompts, rules.cdnBase)
    findings = new Map(assets.flatMap(vouched))
    snapshot.patch({ prompts: catalogue.prompts, isStale: false })
    return true
  }

  function reported() {
    const report = reportHealth(catalogue, assets, findings, { nowMs: clock.now(), tiers: rules.tiers })
    return { report, problems: problemsOf(report) }
  }

  /** All over again, from the catalogue on. A second call while one runs does nothing. */
  async function check(): Promise<void> {
    if (running) return
    const stopped = new AbortController()
    running = stopped
    snapshot.patch({ status: 'reading', problem: null, done: 0, total: 0 })
    try {
      if (!(await read())) return
      const due = assets.flatMap((asset) => (asset.url === null ? [] : [{ ...asset, url: asset.url }]))
      snapshot.patch({ status: 'checking', total: due.length, ...reported() })
      const queue = due.values()
      const work = async (): Promise<void> => {
        for (const asset of queue) {
          if (stopped.signal.aborted) return
          const finding = await probe.probe(asset, stopped.signal)
          // What was given up on the way is not known: it is no fault of the file.
          if (stopped.signal.aborted) return
          findings.set(asset.id, finding)
          snapshot.patch({ done: snapshot.value.done + 1, ...reported() })
        }
      }
      await Promise.all(Array.from({ length: atOnce }, work))
      snapshot.patch({ status: stopped.signal.aborted ? 'partly' : 'done' })
    } finally {
      running = null
    }
  }

  function candidatesFor(prompt: Prompt, wish: Wish): readonly Candidate[] {
    const { carrier, cdnBase } = rules
    if (carrier.medium === 'url') return resolvePrompt(prompt, wish, rules, cdnBase)
    const medium = carrier.medium === 'prompt' ? 'architect' : 'cdn'
    return resolveCarried(prompt, wish, rules, medium, carrier.reach)
  }

  /** Checks what is needed for the answer and has not been checked yet. The newest question counts. */
  async function ask({ promptKey, language, tier, codecs }: DryRunQuestion): Promise<void> {
    asked += 1
    const own = asked
    const show = (dryRun: DryRunAnswer) => own === asked && snapshot.patch({ dryRun })
    show({ status: 'running' })
    if (mustRead && !running && !(await read())) return
    const prompt = catalogue.prompts.find(({ key }) => key === promptKey)
    if (!prompt) return void show({ status: 'unknown-prompt', promptKey })
    const wish = readWish({ language, tier }, rules)
    const supported = readSupportedCodecs(codecs)
    const candidates = candidatesFor(prompt, wish)
    if (rules.carrier.medium !== 'url')
      return void show({ status: 'answered', wish, supported, run: explainCarried(candidates) })
    for (;;) {
      const answer = explainChoice(candidates, supported, findingsByUrl())
      if ('run' in answer) return void show({ status: 'answered', wish, supported, run: answer.run })
      const { missing } = answer
      const asset = assets.find(({ url }) => url === missing.url)
      if (!asset) return
      findings.set(asset.id, await probe.probe({ ...asset, url: missing.url }, new AbortController().signal))
    }
  }

  const findingsByUrl = (): ReadonlyMap<string, Finding> =>
    new Map(
      assets.flatMap(({ id, url }) => {
        const finding = findings.get(id)
        return url === null || !finding ? [] : [[url, finding] as const]
      }),
    )

  return {
    snapshot,
    check,
    stop: () => running?.abort(),
    ask,
    /** The catalogue was changed from here: what is shown is of before, and the next question reads it again. */
    stale(): void {
      mustRead = true
      snapshot.patch({ isStale: true })
    },
  }
}

/** What lies in Architect is ready by the platform's own word: nobody here can listen to it. */
function vouched({ id, url, claimedDurationMs }: HealthAsset): (readonly [string, Finding])[] {
  if (url !== null || claimedDurationMs === null) return []
  const sound = { lufs: null, peakDbfs: null, leadingSilenceMs: null }
  const measured = { durationMs: claimedDurationMs, sizeBytes: 0, codec: 'architect', sha256: '', ...sound }
  return [[id, { ok: true, measured }]]
}

export type Health = ReturnType<typeof createHealth>
