// Required prompts: which of them a call needs, by when, and what became of each.
import * as v from 'valibot'
import type { Prompt } from './catalogue'
import type { Interaction } from './conversation'
import type { Body, RequiredRecord } from './evidence-chain'
import { latestBodies } from './evidence-chain'
import { rulesFor, type RequiredRule } from './required-rules'

/** A prompt that this call needs. */
export interface Requirement {
  readonly conversationId: string
  readonly queueId: string | null
  readonly promptKey: string
  readonly title: string
  /** Epoch ms; null where it is not known since when the agent is in the call. */
  readonly dueAtMs: number | null
}

export type RequiredState = 'due' | 'done' | 'read-aloud' | 'missing'

export interface RequiredItem extends Requirement {
  readonly state: RequiredState
  /** When it was done or read aloud; null until then. */
  readonly settledAtMs: number | null
}

export function requirementsOf(
  rules: readonly RequiredRule[],
  { customer, agent, id: conversationId }: Interaction,
  prompts: readonly Pick<Prompt, 'key' | 'title'>[],
): readonly Requirement[] {
  const queueId = agent?.queueId ?? null
  const since = agent?.connectedAtMs ?? null
  return rulesFor(rules, { queueId, direction: customer?.direction ?? null }).map(
    ({ prompt: promptKey, withinS }) => {
      const title = prompts.find(({ key }) => key === promptKey)?.title ?? promptKey
      const dueAtMs = since === null ? null : since + withinS * 1000
      return { conversationId, queueId, promptKey, title, dueAtMs }
    },
  )
}

/** The agent was in the call and is not any more: what was not done until now is missing. */
export function isOver({ agent, callState }: Interaction): boolean {
  return callState === 'ended' && agent !== null && agent.connectedAtMs !== null
}

/** What the records say about a requirement. A playback that was heard whole does it; so does the agent's word. */
export function settle(requirement: Requirement, bodies: readonly Body[], over: boolean): RequiredItem {
  const { conversationId, promptKey } = requirement
  const latest = latestBodies(bodies)
  const known = latest.flatMap((body) =>
    body.kind === 'required' &&
    body.required.conversationId === conversationId &&
    body.required.promptKey === promptKey
      ? [body.required]
      : [],
  )[0]
  if (known !== undefined && known.outcome !== 'missing')
    return { ...requirement, state: known.outcome, settledAtMs: known.settledAtMs }
  const records = latest.flatMap((body) => (body.kind === 'playback' ? [body.record] : []))
  const mine = records.filter(
    (record) => record.conversationId === conversationId && record.promptKey === promptKey,
  )
  const heard = mine.find((record) => record.outcome === 'completed')
  if (heard !== undefined) return { ...requirement, state: 'done', settledAtMs: heard.endedAtMs }
  if (mine.some((record) => record.readAloud))
    return { ...requirement, state: 'read-aloud', settledAtMs: null }
  return { ...requirement, state: over || known !== undefined ? 'missing' : 'due', settledAtMs: null }
}

/** The record to write for an item, or null where nothing new is to be said. */
export function requiredRecordOf(
  item: RequiredItem,
  bodies: readonly Body[],
  of: Pick<RequiredRecord, 'organizationId' | 'agentId'>,
  nowMs: number,
): RequiredRecord | null {
  const { conversationId, promptKey, queueId, dueAtMs, state } = item
  if (state === 'due') return null
  const said = latestBodies(bodies).some(
    (body) =>
      body.kind === 'required' &&
      body.required.conversationId === conversationId &&
      body.required.promptKey === promptKey &&
      (body.required.outcome === state || body.required.outcome !== 'missing'),
  )
  if (said) return null
  const heard = bodies.flatMap((body) =>
    body.kind === 'playback' &&
    body.record.conversationId === conversationId &&
    body.record.promptKey === promptKey &&
    body.record.outcome === 'completed'
      ? [body.record.playbackId]
      : [],
  )
  return {
    ...of,
    conversationId,
    queueId,
    promptKey,
    dueAtMs,
    outcome: state,
    settledAtMs: item.settledAtMs ?? nowMs,
    playbackId: state === 'done' ? (heard[0] ?? null) : null,
  }
}

const requirementSchema = v.object({
  conversationId: v.string(),
  queueId: v.nullable(v.string()),
  promptKey: v.string(),
  title: v.string(),
  dueAtMs: v.nullable(v.number()),
})

/** What a call still needs, as it was noted for the case that its panel does not see its end. Empty for what is no note. */
export function readRequirements(text: string): readonly Requirement[] {
  try {
    const parsed = v.safeParse(v.array(requirementSchema), JSON.parse(text))
    return parsed.success ? parsed.output : []
  } catch {
    // Cut off or foreign: as if nothing had been noted.
    return []
  }
}
