// One step of a plan, carried out safely: repeated where that is right, looked up before it is repeated, never doubled.
import { resolveFact, idsOf, oursFor, type Actual, type Found } from '../core/install-found'
import { differences, type Step } from '../core/install-plan'
import type { Keeper, Provisioning, Wish } from '../core/install-ports'
import { kinds, type Fact, type Kind, type Wanted } from '../core/desired'
import { answered, refused, type Answer, type Refusal } from '../core/errors'
import type { Chance, Clock } from '../core/ports'
import { backoffMs, decideRetry } from '../core/retry'
import { t } from '../core/text'

export interface StepPorts {
  readonly provisioning: Provisioning
  readonly clock: Clock
  readonly chance: Chance
  /** False: the run was left; nothing more is sent. */
  goesOn(): boolean
}

const conflicts = 4
const left = () => refused({ kind: 'rejected', message: t('the run was left') })
const several = () => refused({ kind: 'rejected', message: t('there are several of it now') })
/** Lists of the platform may lag behind: what was taken is looked for again, and never made twice. */
const notShown = () =>
  refused({
    kind: 'server-error',
    message: t('the platform took the change, and does not show it yet'),
    mayHaveArrived: true,
  })

export function createSteps({ provisioning, clock, chance, goesOn }: StepPorts) {
  const { keepers } = provisioning
  const pause = (ms: number): Promise<void> => new Promise((over) => clock.after(ms, over))

  /** Again as core/retry.ts decides. A conflict goes again at once: whoever sends reads anew each time. */
  async function persist<T>(
    send: () => Promise<Answer<T>>,
    tells: (attempt: number, refusal: Refusal) => void = () => undefined,
  ): Promise<Answer<T>> {
    for (let attempt = 1; ; attempt += 1) {
      if (!goesOn()) return left()
      const answer = await send()
      if (answer.ok) return answer
      const decision = decideRetry(answer.refusal, 'write', attempt, chance.number())
      const isConflict = answer.refusal.kind === 'conflict' && attempt <= conflicts
      if (!decision.again && !isConflict) return answer
      tells(attempt, answer.refusal)
      await pause(decision.again ? decision.afterMs : backoffMs(1, chance.number()))
    }
  }

  const readKind = (kind: Kind, groupId: string | null) => persist(() => keepers[kind].list(groupId))

  /** Everything, kind by kind; grants and members once it is known which group is ours. */
  async function readAll(): Promise<Actual> {
    const nothing: Answer<readonly Found[]> = answered([])
    let actual: Actual = Object.fromEntries(kinds.map((kind) => [kind, nothing])) as unknown as Actual
    for (const kind of kinds) {
      const groupId = idsOf(actual).get('group') ?? null
      actual = { ...actual, [kind]: await readKind(kind, groupId) }
    }
    return actual
  }

  function wishFor(want: Wanted, one: Found | null, actual: Actual): Wish {
    const ids = idsOf(actual)
    const facts: Record<string, Fact> = {}
    for (const [fact, { value }] of Object.entries(want.facts)) facts[fact] = resolveFact(value, ids)
    return {
      name: want.name,
      note: want.note,
      facts,
      changes: one === null ? [] : differences(want, one, ids),
      groupId: ids.get('group') ?? null,
    }
  }

  type Tells = (attempt: number, refusal: Refusal) => void

  /**
   * Until the thing is there as it is wanted: what is looked at decides whether it is created or changed. So a creation
   * whose answer was lost is found by its marker before anything is created again.
   */
  async function make(want: Wanted, start: Actual, tells: Tells): Promise<Answer<Actual>> {
    const keeper: Keeper = keepers[want.kind]
    let actual = start
    let isCreated = false
    let isStale = false
    return persist<Actual>(async () => {
      for (let round = 0; round < 3; round += 1) {
        if (isStale) {
          const read = await keeper.list(idsOf(actual).get('group') ?? null)
          if (!read.ok) return read
          actual = { ...actual, [want.kind]: read }
        }
        isStale = true
        const ours = oursFor(want, actual, idsOf(actual))
        if (ours.length > 1) return several()
        const one = ours[0] ?? null
        const wish = wishFor(want, one, actual)
        if (one !== null && wish.changes.length === 0) return answered(actual)
        if (one === null && isCreated) return notShown()
        if (!goesOn()) return left()
        const answer = await (one === null ? keeper.create(wish) : keeper.update(one.id, wish))
        if (!answer.ok) return answer
        isCreated ||= one === null
      }
      return notShown()
    }, tells)
  }

  /** What is gone already is removed as well. */
  function remove(step: Step, tells: Tells): Promise<Answer<void>> {
    return persist(async () => {
      const answer = await keepers[step.kind].remove(step.id ?? '')
      return answer.ok || answer.refusal.kind === 'not-found' ? answered(undefined) : answer
    }, tells)
  }

  return { persist, readAll, make, remove }
}
