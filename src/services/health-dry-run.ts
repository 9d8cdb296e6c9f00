// Dry runs: what would be played in such a call, and what must be played in its queue. Nothing is played.
import type { Catalogue, Prompt } from '../core/catalogue'
import { readSupportedCodecs } from '../core/codec'
import {
  explainCarried,
  explainChoice,
  type DryRun,
  type DryRunChoice,
  type DryRunQuestion,
} from '../core/dry-run'
import { judgeDates, type Finding } from '../core/health'
import type { QueueDirectory, QueueName } from '../core/health-ports'
import { refusedSentence } from '../core/health-words'
import type { Clock } from '../core/ports'
import { readWish, resolveCarried, resolvePrompt, type Candidate, type Wish } from '../core/prompt'
import { readRequired, rulesFor, type RequiredRule } from '../core/required-rules'
import type { PromptRules } from './prompts'
import { createSnapshot } from './snapshot'
import { t } from '../core/text'

export interface DryRunPorts {
  readonly clock: Clock
  readonly queues: QueueDirectory
  /** The catalogue, read where it has not been or has changed; null: it cannot be read. */
  catalogue(): Promise<Catalogue | null>
  /** What this file was found to be, looked into where it has not been; null: it is no file of the catalogue. */
  finding(url: string): Promise<Finding | null>
}

export type DryRunAnswer =
  | { readonly status: 'running' }
  | { readonly status: 'unknown-prompt'; readonly promptKey: string }
  | {
      readonly status: 'answered'
      readonly queue: QueueName | null
      readonly direction: DryRunQuestion['direction']
      readonly wish: Wish
      readonly supported: readonly string[] | null
      /** Of the prompt that was asked for, if one was. */
      readonly asked: DryRunChoice | null
      /** Of all that the queue requires. */
      readonly required: readonly DryRunChoice[]
    }

export interface DryRunState {
  /** Those of the directory, and those that only the rules name. */
  readonly queues: readonly QueueName[]
  readonly queueStatus: 'idle' | 'reading' | 'ready' | 'refused'
  readonly queueProblem: string | null
  readonly answer: DryRunAnswer | null
}

export function createDryRun(ports: DryRunPorts, rules: PromptRules) {
  const snapshot = createSnapshot<DryRunState>({
    queues: [],
    queueStatus: 'idle',
    queueProblem: null,
    answer: null,
  })
  let asked = 0

  /** Once is enough, unless it was refused. A queue that only the rules name is offered by its id. */
  async function readQueues(): Promise<void> {
    const { queueStatus } = snapshot.value
    if (queueStatus === 'reading' || queueStatus === 'ready') return
    snapshot.patch({ queueStatus: 'reading', queueProblem: null })
    const [catalogue, answer] = await Promise.all([ports.catalogue(), ports.queues.fetchQueues()])
    const known = answer.ok ? answer.value : []
    const named = new Set(catalogue === null ? [] : rulesOf(catalogue).flatMap(({ queues }) => queues))
    const unknown = [...named].filter((id) => !known.some((queue) => queue.id === id))
    snapshot.patch({
      queues: [...known, ...unknown.map((id) => ({ id, name: id }))],
      queueStatus: answer.ok ? 'ready' : 'refused',
      queueProblem: answer.ok ? null : refusedSentence(t('The queues cannot be listed'), answer.refusal),
    })
  }

  function candidatesFor(prompt: Prompt, wish: Wish): readonly Candidate[] {
    const { carrier, cdnBase } = rules
    if (carrier.medium === 'url') return resolvePrompt(prompt, wish, rules, cdnBase)
    const medium = carrier.medium === 'prompt' ? 'architect' : 'cdn'
    return resolveCarried(prompt, wish, rules, medium, carrier.reach)
  }

  async function runFor(prompt: Prompt, wish: Wish, supported: readonly string[] | null): Promise<DryRun> {
    const candidates = candidatesFor(prompt, wish)
    if (rules.carrier.medium !== 'url') return explainCarried(candidates)
    const findings = new Map<string, Finding>()
    for (;;) {
      const answer = explainChoice(candidates, supported, findings)
      if ('run' in answer) return answer.run
      const finding = await ports.finding(answer.missing.url)
      if (finding === null) return { lines: [], chosen: null }
      findings.set(answer.missing.url, finding)
    }
  }

  /** Looks into what is needed for the answer and was not looked into yet. The newest question counts. */
  async function ask({
    queueId,
    direction,
    promptKey,
    codecs,
    ...attributes
  }: DryRunQuestion): Promise<void> {
    asked += 1
    const own = asked
    const show = (answer: DryRunAnswer | null): void => {
      if (own === asked) snapshot.patch({ answer })
    }
    show({ status: 'running' })
    const catalogue = await ports.catalogue()
    if (catalogue === null) return show(null)
    const find = (key: string) => catalogue.prompts.find((prompt) => prompt.key === key)
    const prompt = find(promptKey)
    if (prompt === undefined && promptKey !== '') return show({ status: 'unknown-prompt', promptKey })
    const wish = readWish(attributes, rules)
    const supported = readSupportedCodecs(codecs)
    const call = { queueId: queueId === '' ? null : queueId, direction }
    const due = queueId === '' ? [] : rulesFor(rulesOf(catalogue), call)
    const choose = async (of: Prompt): Promise<DryRunChoice> => ({
      promptKey: of.key,
      title: of.title,
      run: await runFor(of, wish, supported),
      dates: judgeDates(of, ports.clock.now()),
      withinS: due.find((rule) => rule.prompt === of.key)?.withinS ?? null,
    })
    const required: DryRunChoice[] = []
    for (const rule of due) {
      const needed = find(rule.prompt)
      if (needed && needed !== prompt) required.push(await choose(needed))
    }
    const choice = prompt ? await choose(prompt) : null
    const queue = snapshot.value.queues.find(({ id }) => id === queueId) ?? null
    show({ status: 'answered', queue, direction, wish, supported, asked: choice, required })
  }

  return { snapshot, readQueues, ask }
}

function rulesOf({ required, prompts }: Catalogue): readonly RequiredRule[] {
  return readRequired(required, new Set(prompts.map(({ key }) => key))).rules
}

export type DryRunService = ReturnType<typeof createDryRun>
