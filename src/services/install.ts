// Setting Cueline up, and taking it away: read -> plan -> apply -> read again. A run that broke off is completed by the next.
import { desiredState, setupScopes, type InstallChoices } from '../core/desired'
import type { EvidenceRecord } from '../core/evidence'
import { backendOutlooks } from '../core/install-backends'
import { foundOf, idsOf, type Actual } from '../core/install-found'
import { blockedSteps, isSettled, planInstall, planRemoval, type Plan, type Step } from '../core/install-plan'
import type { Provisioning, TableRow } from '../core/install-ports'
import { configWith, inventoryOf, keepsakeText } from '../core/install-result'
import type { MissingRights, Rights } from '../core/install-rights'
import { isDeed, type InstallState, type Preflight, type StepProgress } from '../core/install-run'
import { describeRefusal } from '../core/install-words'
import { missingScopes } from '../core/scopes'
import type { Answer } from '../core/errors'
import type { Chance, Clock } from '../core/ports'
import { createSteps } from './install-steps'
import { createSnapshot } from './snapshot'
import { t, tn } from '../core/text'

export interface InstallPorts {
  readonly provisioning: Provisioning
  readonly clock: Clock
  readonly chance: Chance
  /** Records of playbacks that wait in this browser still: they go into the file to keep. */
  records(): readonly EvidenceRecord[]
  /** config.json as the app was started with, with what the admin has decided since. */
  config(): Readonly<Record<string, unknown>>
}

export function createInstall(ports: InstallPorts, choices: InstallChoices) {
  const { provisioning, clock } = ports
  const snapshot = createSnapshot<InstallState>({
    stage: 'idle',
    purpose: 'install',
    choices,
    preflight: null,
    plan: null,
    progress: [],
    inventory: [],
    kept: false,
    problem: null,
  })
  let over = false
  let actual: Actual | null = null
  let rows: readonly TableRow[] = []
  let rights: Rights = { permissions: null, scopes: null, carriers: [], types: null }
  const steps = createSteps({ ...ports, goesOn: () => !over })
  const now = () => snapshot.value

  const wanted = () => (now().purpose === 'install' ? desiredState(now().choices) : [])
  const planFor = (seen: Actual): Plan =>
    now().purpose === 'install'
      ? planInstall(wanted(), seen, rights, now().choices.leftovers)
      : planRemoval(seen, rights)

  function fail(problem: string): void {
    snapshot.patch({ stage: 'failed', problem })
  }

  /** Who is here, what exists; then the plan. Null where it could not even be begun. */
  async function look(): Promise<Plan | null> {
    const admin = await steps.persist(provisioning.fetchAdmin)
    if (over) return null
    if (!admin.ok) {
      fail(
        t('It is not known who is signed in: {why}. Sign in again, then look again.', {
          why: describeRefusal(admin.refusal),
        }),
      )
      return null
    }
    const types = await steps.persist(provisioning.fetchTypes)
    const products = await steps.persist(provisioning.fetchProducts)
    const seen = await steps.readAll()
    if (over) return null
    const { permissions, scopes } = admin.value
    const carriers = foundOf(seen, 'role').map(({ name, facts }) => ({
      role: name,
      policies: Array.isArray(facts.policies) ? (facts.policies as readonly string[]) : [],
    }))
    rights = { permissions, scopes, carriers, types: types.ok ? types.value : null }
    actual = seen
    const plan = planFor(seen)
    const preflight: Preflight = {
      admin: admin.value,
      missingScopes: setupScopes.filter(
        ({ scope }) => missingScopes([{ scope, without: '' }], scopes).length > 0,
      ),
      missingRights: missingIn(plan),
      products: products.ok ? products.value : null,
      types: rights.types,
      backends: backendOutlooks(rights, seen.flow.ok ? seen.flow.value : null),
    }
    snapshot.patch({ plan, preflight, inventory: inventoryOf(seen) })
    return plan
  }

  async function prepare(purpose: InstallState['purpose']): Promise<void> {
    if (now().stage === 'applying' || now().stage === 'preflight') return
    snapshot.patch({ stage: 'preflight', purpose, problem: null, progress: [], kept: false })
    if ((await look()) === null) return
    if (purpose === 'remove' && !(await readRows())) return
    if (!over) snapshot.patch({ stage: 'planned' })
  }

  /** Before the table goes, its rows go into the file to keep. */
  async function readRows(): Promise<boolean> {
    const tableId = actual === null ? undefined : idsOf(actual).get('table')
    const isGoing = now().plan?.steps.some(({ key, action }) => key === 'table' && action === 'remove')
    rows = []
    if (tableId === undefined || !isGoing) return true
    const read = await steps.persist(() => provisioning.rows.fetchRows(tableId))
    if (read.ok) rows = read.value
    else if (!over)
      fail(
        t('The rows of the data table cannot be read: {why}. Look again.', {
          why: describeRefusal(read.refusal),
        }),
      )
    return read.ok
  }

  function show(key: string, change: Partial<StepProgress>): void {
    const progress = now().progress.map((one) => (one.key === key ? { ...one, ...change } : one))
    snapshot.patch({ progress })
  }

  async function carryOut(step: Step): Promise<Answer<unknown>> {
    const want = wanted().find(({ key }) => key === step.key)
    const tells = (retries: number, refusal: { readonly message: string }) =>
      show(step.key, { retries, problem: refusal.message })
    if (step.action === 'remove' || want === undefined || actual === null) return steps.remove(step, tells)
    const made = await steps.make(want, actual, tells)
    if (made.ok) actual = made.value
    return made
  }

  async function applyAll(plan: Plan): Promise<string | null> {
    const undone = new Set<string>()
    for (const step of plan.steps.filter(isDeed)) {
      if (over) return null
      const waitsFor = step.needs.find((need) => undone.has(need))
      if (waitsFor !== undefined) {
        undone.add(step.key)
        show(step.key, {
          state: 'skipped',
          problem: t('Left out: it needs the part "{part}".', { part: waitsFor }),
        })
        continue
      }
      show(step.key, { state: 'running' })
      const done = await carryOut(step)
      if (over) return null
      if (done.ok) show(step.key, { state: 'done', problem: null })
      else {
        undone.add(step.key)
        show(step.key, { state: 'failed', problem: describeRefusal(done.refusal) })
        if (done.refusal.kind === 'signed-out')
          return t('You are signed out. Sign in again, then look again.')
      }
    }
    return undone.size === 0
      ? null
      : t('Not everything could be done. What was done stays; look again to go on from here.')
  }

  async function apply(): Promise<void> {
    const { stage, plan, purpose, kept } = now()
    if (stage !== 'planned' || plan === null) return
    if (purpose === 'remove' && !kept) {
      snapshot.patch({ problem: t('Take the file to keep first: it holds what is about to be removed.') })
      return
    }
    const progress = plan.steps
      .filter(isDeed)
      .map(({ key }): StepProgress => ({ key, state: 'waiting', retries: 0, problem: null }))
    snapshot.patch({ stage: 'applying', progress, problem: null })
    const problem = await applyAll(plan)
    if (over) return
    const after = await look()
    if (over || after === null) return
    if (problem !== null) return fail(problem)
    if (!isSettled(after))
      return fail(t('The organisation is not yet as planned: look again to go on from here.'))
    const blocked = blockedSteps(after).length
    if (blocked > 0)
      return fail(
        tn('One part cannot be done: each says why.', '{n} parts cannot be done: each says why.', blocked),
      )
    snapshot.patch({ stage: purpose === 'remove' ? 'removed' : 'done' })
  }

  return {
    snapshot,
    /** Reads the organisation and plans; once somebody is signed in. Again at any time: nothing is changed by it. */
    begin: (): Promise<void> => prepare('install'),
    /** Plans the removal of all that is ours. */
    planRemoval: (): Promise<void> => prepare('remove'),
    /** Other choices are another plan; nothing is read again. */
    choose(change: Partial<InstallChoices>): void {
      if (now().stage === 'applying' || now().stage === 'preflight') return
      snapshot.patch({ choices: { ...now().choices, ...change } })
      if (now().purpose !== 'install' || actual === null) return
      const plan = planFor(actual)
      const { preflight: before } = now()
      const preflight = before && { ...before, missingRights: missingIn(plan) }
      snapshot.patch({ plan, preflight, stage: 'planned', progress: [], problem: null })
    },
    apply,
    /** The file to keep, and its name. */
    keep(): { readonly name: string; readonly text: string } {
      const { choices: chosen, preflight, inventory } = now()
      snapshot.patch({ kept: true, problem: null })
      const config = actual === null ? ports.config() : configWith(ports.config(), chosen, actual)
      const text = keepsakeText({
        writtenAtMs: clock.now(),
        organisation: preflight?.admin.organisation ?? null,
        appUrl: chosen.appUrl,
        inventory,
        config,
        rows,
        records: ports.records(),
      })
      return { name: 'cueline-setup.json', text }
    },
    /** config.json for the static host, with what the setup made put in. */
    config(): string {
      const config = ports.config()
      return `${JSON.stringify(actual === null ? config : configWith(config, now().choices, actual), null, 2)}\n`
    },
    /** Leaves the run where it is: nothing more is sent. */
    dispose(): void {
      over = true
    },
  }
}

const missingIn = (plan: Plan): readonly MissingRights[] =>
  blockedSteps(plan).flatMap(({ reason }) => (reason?.kind === 'missing' ? [reason] : []))

export type Install = ReturnType<typeof createInstall>
