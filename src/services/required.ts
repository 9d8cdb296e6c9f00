// Required prompts over time: what each call still needs, and a record of what became of it, also where nobody saw the end.
import type { CatalogueGap, Prompt } from '../core/catalogue'
import { toInteraction, type Interaction } from '../core/conversation'
import {
  isOver,
  readRequirements,
  requiredRecordOf,
  requirementsOf,
  settle,
  type Requirement,
  type RequiredItem,
} from '../core/required'
import { readRequired, type RequiredRule } from '../core/required-rules'
import type { Recorder } from '../core/evidence'
import type { Body, RequiredRecord } from '../core/evidence-chain'
import type { Clock, Conversations, KeptStorage } from '../core/ports'
import type { LiveState } from './live'
import type { PromptsState } from './prompts'
import { createSnapshot, type Snapshot } from './snapshot'

export interface RequiredPorts {
  readonly storage: KeptStorage
  readonly clock: Pick<Clock, 'now'>
  readonly conversations: Pick<Conversations, 'fetchCall'>
  readonly live: Snapshot<LiveState>
  readonly prompts: Snapshot<PromptsState>
  /** Faults of the catalogue. */
  complain(gaps: readonly CatalogueGap[]): void
  /** What has been recorded so far, by all panels. */
  bodies(): readonly Body[]
  record(required: RequiredRecord): void
}

interface Call {
  readonly requirements: readonly Requirement[]
  readonly over: boolean
}

/** Calls of late, of which a truth may still come. */
const callLimit = 10

export function createRequired(ports: RequiredPorts, of: Recorder) {
  const { storage, clock, conversations, live, prompts } = ports
  const snapshot = createSnapshot<{ readonly items: readonly RequiredItem[] }>({ items: [] })
  const notes = `cueline.required.${of.agentId}.`
  const calls = new Map<string, Call>()
  let read: readonly RequiredRule[] = []
  let readFor: readonly Prompt[] | null = null
  let shown: string | null = null
  let noted = ''
  let updating = false
  let over = false

  /** Parsed once per catalogue; its faults stand beside those of the prompts. */
  function rules(): readonly RequiredRule[] {
    const { prompts: offered, required } = prompts.value
    if (offered === readFor) return read
    readFor = offered
    const { rules: good, gaps } = readRequired(required, new Set(offered.map(({ key }) => key)))
    read = good
    if (gaps.length > 0) ports.complain(gaps)
    return read
  }

  function look(): void {
    const { interaction } = live.value
    if (interaction !== null) note(interaction)
    if ((interaction?.id ?? null) !== shown) {
      shown = interaction?.id ?? null
      void settleAbsent()
    }
    update()
  }

  function note(interaction: Interaction): void {
    const requirements = requirementsOf(rules(), interaction, prompts.value.prompts)
    const { id } = interaction
    // Before the catalogue is there nothing is known, and what was noted by an earlier panel stands.
    if (requirements.length === 0) return void calls.delete(id)
    remember(id, { requirements, over: isOver(interaction) })
    const text = JSON.stringify(requirements)
    if (isOver(interaction)) storage.remove(notes + id)
    else if (noted !== text) storage.write(notes + id, text)
    noted = text
  }

  function remember(id: string, call: Call): void {
    calls.set(id, call)
    const [oldest] = calls.keys()
    if (calls.size > callLimit && oldest !== undefined) calls.delete(oldest)
  }

  /** What is recorded here brings it here again: then there is nothing more to say. */
  function update(): void {
    if (updating || over) return
    updating = true
    for (const { requirements, over: callOver } of calls.values())
      for (const requirement of requirements) {
        const bodies = ports.bodies()
        const said = requiredRecordOf(settle(requirement, bodies, callOver), bodies, of, clock.now())
        if (said !== null) ports.record(said)
      }
    updating = false
    const { requirements = [], over: callOver = false } = calls.get(shown ?? '') ?? {}
    snapshot.set({ items: requirements.map((one) => settle(one, ports.bodies(), callOver)) })
  }

  /** Calls that ended while no panel looked: what they lacked is said now. */
  async function settleAbsent(): Promise<void> {
    for (const [key, text] of storage.entries(notes)) {
      const id = key.slice(notes.length)
      if (over || id === shown) continue
      const answer = await conversations.fetchCall(id)
      const gone = answer.ok
        ? isOver(toInteraction(answer.value, of.agentId))
        : answer.refusal.kind === 'not-found'
      if (over || !gone || id === shown) continue
      remember(id, { requirements: readRequirements(text), over: true })
      storage.remove(key)
      update()
    }
  }

  const undo = [live.subscribe(look), prompts.subscribe(look)]
  return {
    snapshot,
    look,
    update,
    /** The agent says that they have read these words aloud. */
    readAloud(promptKey: string): void {
      const item = snapshot.value.items.find((one) => one.promptKey === promptKey)
      if (item === undefined || item.state === 'done' || item.state === 'read-aloud') return
      const said = { ...item, state: 'read-aloud' as const, settledAtMs: clock.now() }
      const record = requiredRecordOf(said, ports.bodies(), of, clock.now())
      if (record !== null) ports.record(record)
      update()
    },
    dispose(): void {
      over = true
      for (const off of undo) off()
    },
  }
}
