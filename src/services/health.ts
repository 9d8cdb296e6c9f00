// Catalogue health over time: reads the catalogue, and checks each file a few at a time.
import { mergeCatalogues, type Catalogue, type Prompt } from '../core/catalogue'
import { listAssets, type Finding, type HealthAsset } from '../core/health'
import type { AssetProbe } from '../core/health-ports'
import { problemsOf, reportHealth, type HealthProblem, type HealthReport } from '../core/health-report'
import type { CatalogueSource, Clock } from '../core/ports'
import { readRequired } from '../core/required-rules'
import type { PromptRules } from './prompts'
import { createSnapshot } from './snapshot'
import { t } from '../core/text'

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
  })
  let catalogue: Catalogue = { prompts: [], gaps: [] }
  let assets: readonly HealthAsset[] = []
  let findings = new Map<string, Finding>()
  let running: AbortController | null = null
  let mustRead = true
  let reading: Promise<boolean> | null = null

  /** One at a time: whoever needs the catalogue meanwhile gets the same. */
  function read(): Promise<boolean> {
    reading ??= readAll().finally(() => (reading = null))
    return reading
  }

  async function readAll(): Promise<boolean> {
    const answers = await Promise.all(catalogues.map((source) => source.fetchCatalogue()))
    const refused = answers.flatMap((answer) => (answer.ok ? [] : [answer.refusal.message]))
    const read = answers.flatMap((answer) => (answer.ok ? [answer.value] : []))
    if (read.length === 0) {
      snapshot.patch({ status: 'refused', problem: refused.join('; ') || t('there is no catalogue') })
      return false
    }
    const merged = mergeCatalogues(read)
    const missing = refused.map((reason) => ({
      place: t('(source)'),
      reason: t('could not be read: {reason}', { reason }),
    }))
    const required = readRequired(merged.required, new Set(merged.prompts.map(({ key }) => key)))
    catalogue = { ...merged, gaps: [...merged.gaps, ...required.gaps, ...missing] }
    mustRead = false
    assets = listAssets(catalogue.prompts, rules.cdnBase)
    findings = new Map(assets.flatMap(vouched))
    snapshot.patch({ prompts: catalogue.prompts, isStale: false, problem: null })
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

  async function current(): Promise<Catalogue | null> {
    // A check that is on its way goes on over the catalogue that it has read.
    if (!mustRead || (running && reading === null)) return catalogue
    return (await read()) ? catalogue : null
  }

  return {
    snapshot,
    check,
    stop: () => running?.abort(),
    /** The catalogue, read where it has not been or has changed; null: it cannot be read. */
    catalogue: current,
    /** What this file was found to be, looked into where it has not been; null: it is no file of the catalogue. */
    async finding(url: string): Promise<Finding | null> {
      const asset = assets.find((one) => one.url === url)
      if (!asset) return null
      const known = findings.get(asset.id)
      if (known) return known
      const finding = await probe.probe({ ...asset, url }, new AbortController().signal)
      findings.set(asset.id, finding)
      return finding
    },
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
