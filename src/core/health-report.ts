// The matrix of the catalogue's health: prompts by language and tier, a cell for each format, what is wrong first.
import type { CatalogueGap, Prompt } from './catalogue'
import {
  healthFormats,
  judgeDates,
  judgeSound,
  type Finding,
  type Findings,
  type HealthAsset,
  type HealthFormat,
  type HealthGrade,
  type HealthIssue,
  type Measured,
} from './health'

export interface HealthLimits {
  readonly nowMs: number
  readonly tiers: readonly string[]
}

export interface HealthCell {
  readonly asset: HealthAsset
  readonly grade: HealthGrade
  readonly issues: readonly HealthIssue[]
  readonly measured: Measured | null
}

/** The recordings of one language and tier, a cell for each format. */
export interface HealthRow {
  readonly language: string
  readonly tier: string
  readonly grade: HealthGrade
  readonly cells: Readonly<Partial<Record<HealthFormat, HealthCell>>>
}

export interface HealthPrompt {
  readonly key: string
  readonly title: string
  readonly grade: HealthGrade
  /** What concerns all of its files. */
  readonly issues: readonly HealthIssue[]
  readonly rows: readonly HealthRow[]
}

export interface HealthReport {
  /** Faults first, then notes, then the others; within these in the catalogue's order. */
  readonly prompts: readonly HealthPrompt[]
  /** The formats that have a column. */
  readonly formats: readonly HealthFormat[]
  readonly gaps: readonly CatalogueGap[]
  /** How many files are of each grade. */
  readonly counts: Readonly<Record<HealthGrade, number>>
}

const faults = new Set<HealthIssue['kind']>(['failure', 'expired', 'silent'])

/** The matrix, as far as the findings go. */
export function reportHealth(
  { prompts, gaps }: { readonly prompts: readonly Prompt[]; readonly gaps: readonly CatalogueGap[] },
  assets: readonly HealthAsset[],
  findings: Findings,
  limits: HealthLimits,
): HealthReport {
  const medianLufs = medianOf([...findings.values()])
  const twins = twinsOf(assets, findings)
  const cellOf = (asset: HealthAsset): HealthCell => {
    const finding = findings.get(asset.id)
    const issues = finding ? judgeFinding(asset, finding, medianLufs, twins) : []
    const measured = finding?.ok ? finding.measured : null
    return { asset, issues, measured, grade: gradeOf(asset, finding, issues, assets, findings) }
  }
  const judged = prompts.map((prompt) => {
    const cells = assets.filter(({ promptKey }) => promptKey === prompt.key).map(cellOf)
    return promptOf(prompt, rowsOf(cells, limits), judgeDates(prompt, limits.nowMs))
  })
  const all = judged.flatMap(({ rows }) => rows.flatMap(({ cells }) => Object.values(cells)))
  const count = (grade: HealthGrade) => all.filter((cell) => cell.grade === grade).length
  return {
    prompts: [...judged].sort((a, b) => severity(a.grade) - severity(b.grade)),
    formats: healthFormats.filter((format) => assets.some((asset) => asset.format === format)),
    gaps,
    counts: {
      fault: count('fault'),
      note: count('note'),
      unchecked: count('unchecked'),
      good: count('good'),
      absent: count('absent'),
    },
  }
}

const order: readonly HealthGrade[] = ['fault', 'note', 'unchecked', 'good', 'absent']
const severity = (grade: HealthGrade): number => order.indexOf(grade)
const worst = (grades: readonly HealthGrade[]): HealthGrade =>
  order.find((grade) => grades.includes(grade)) ?? 'absent'
const gradeOfIssues = (issues: readonly HealthIssue[]): HealthGrade =>
  issues.some(({ kind }) => faults.has(kind)) ? 'fault' : issues.length > 0 ? 'note' : 'good'

function promptOf(
  { key, title }: Prompt,
  rows: readonly HealthRow[],
  issues: readonly HealthIssue[],
): HealthPrompt {
  const own = issues.length > 0 ? [gradeOfIssues(issues)] : []
  return { key, title, rows, issues, grade: worst([...own, ...rows.map(({ grade }) => grade)]) }
}

function rowsOf(cells: readonly HealthCell[], { tiers }: HealthLimits): readonly HealthRow[] {
  const rows = new Map<string, HealthCell[]>()
  for (const cell of cells) {
    const { language, tier } = cell.asset
    rows.set(`${language}/${tier}`, [...(rows.get(`${language}/${tier}`) ?? []), cell])
  }
  return [...rows.values()].flatMap((members) => {
    const [first] = members
    if (!first) return []
    const { language, tier } = first.asset
    const known = tiers.includes(tier) ? members : members.map(neverChosen)
    const byFormat = Object.fromEntries(known.map((cell) => [cell.asset.format, cell]))
    return [{ language, tier, cells: byFormat, grade: worst(known.map(({ grade }) => grade)) }]
  })
}

function neverChosen(cell: HealthCell): HealthCell {
  const issues = [...cell.issues, { kind: 'tier-never-chosen' as const }]
  return { ...cell, issues, grade: cell.grade === 'fault' ? 'fault' : 'note' }
}

/** A file that nobody promised may be missing, as long as one of the same recording is there. */
function gradeOf(
  asset: HealthAsset,
  finding: Finding | undefined,
  issues: readonly HealthIssue[],
  assets: readonly HealthAsset[],
  findings: Findings,
): HealthGrade {
  if (!finding) return 'unchecked'
  const isMissing = !finding.ok && finding.failure.code === 'asset_missing'
  if (!isMissing || asset.named) return gradeOfIssues(issues)
  const siblings = assets.filter(
    ({ promptKey, language, tier, format }) =>
      promptKey === asset.promptKey &&
      language === asset.language &&
      tier === asset.tier &&
      format !== 'architect',
  )
  return siblings.some(({ id }) => findings.get(id)?.ok !== false) ? 'absent' : 'fault'
}

function judgeFinding(
  asset: HealthAsset,
  finding: Finding,
  medianLufs: number | null,
  twins: ReadonlyMap<string, string>,
): readonly HealthIssue[] {
  if (!finding.ok) return [{ kind: 'failure', failure: finding.failure }]
  if (asset.format === 'architect') return []
  const twin = twins.get(asset.id)
  return [
    ...judgeSound(finding.measured, medianLufs),
    ...(twin === undefined ? [] : [{ kind: 'duplicate' as const, of: twin }]),
  ]
}

function medianOf(findings: readonly Finding[]): number | null {
  const all = findings
    .flatMap((finding) => (finding.ok && finding.measured.lufs !== null ? [finding.measured.lufs] : []))
    .sort((a, b) => a - b)
  // Two or three files have no middle that means anything.
  return all.length < 5 ? null : (all[Math.floor(all.length / 2)] ?? null)
}

/** Each file with the bytes of an earlier or later one: which one. */
function twinsOf(assets: readonly HealthAsset[], findings: Findings): ReadonlyMap<string, string> {
  const byHash = new Map<string, string[]>()
  for (const { id, url } of assets) {
    const finding = findings.get(id)
    if (url === null || !finding?.ok) continue
    const { sha256 } = finding.measured
    byHash.set(sha256, [...(byHash.get(sha256) ?? []), id])
  }
  const twins = new Map<string, string>()
  for (const ids of byHash.values())
    for (const id of ids) {
      const other = ids.find((candidate) => candidate !== id)
      if (other !== undefined) twins.set(id, other)
    }
  return twins
}

/** What is wrong with one file, or (place null) with the whole prompt. */
export interface HealthProblem {
  readonly grade: 'fault' | 'note'
  readonly title: string
  readonly place: Pick<HealthAsset, 'language' | 'tier' | 'format'> | null
  readonly issues: readonly HealthIssue[]
}

/** Faults first, in the order of the matrix within them. */
export function problemsOf({ prompts }: HealthReport): readonly HealthProblem[] {
  const all = prompts.flatMap(({ title, issues, rows }): HealthProblem[] => [
    ...(issues.length === 0
      ? []
      : [
          {
            grade: gradeOfIssues(issues) === 'fault' ? 'fault' : 'note',
            title,
            place: null,
            issues,
          } as const,
        ]),
    ...rows.flatMap(({ cells }) =>
      Object.values(cells).flatMap(({ grade, asset, issues: own }) =>
        grade === 'fault' || grade === 'note' ? [{ grade, title, place: asset, issues: own }] : [],
      ),
    ),
  ])
  return [...all.filter(({ grade }) => grade === 'fault'), ...all.filter(({ grade }) => grade === 'note')]
}
