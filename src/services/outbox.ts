// Records that wait until the platform has confirmed them: kept over reload, crash and sign-out, never doubled.
import * as v from 'valibot'
import { recordSchema, shortFormKey, toShortForm, type EvidenceRecord } from '../core/evidence'
import type { Chance, Clock, Conversations, KeptStorage } from '../core/ports'
import { decideRetry } from '../core/retry'
import { createSnapshot } from './snapshot'

export interface OutboxState {
  /** Records that the platform has not confirmed yet. */
  readonly waiting: number
  /** False where the browser keeps nothing: then a closed panel would lose what waits. */
  readonly kept: boolean
  readonly problem: string | null
}

export interface OutboxPorts {
  readonly conversations: Pick<Conversations, 'writeAttributes'>
  readonly storage: KeptStorage
  readonly clock: Clock
  readonly chance: Chance
}

const prefix = 'cueline.outbox.'
/** An unknown outcome often becomes known within a moment: one write instead of two. */
const settleMs = 1_500

/** The key of a record is its playback's id, on the platform too: sending it again overwrites it with itself. */
export function createOutbox(ports: OutboxPorts) {
  const { conversations, storage, clock, chance } = ports
  const snapshot = createSnapshot<OutboxState>({ waiting: 0, kept: true, problem: null })
  const waiting = new Map<string, EvidenceRecord>()
  let agentId: string | null = null
  let flushing: Promise<void> | null = null
  let undoRetry: (() => void) | null = null
  let attempt = 0

  function show(change: Partial<OutboxState> = {}): void {
    snapshot.patch({ ...change, waiting: waiting.size })
  }

  function load(): void {
    for (const [key, text] of storage.entries(prefix)) {
      const record = parseRecord(text)
      if (record === null) storage.remove(key)
      else if (!waiting.has(record.playbackId)) waiting.set(record.playbackId, record)
    }
    show()
  }

  /** A later truth about the same playback replaces the earlier record. */
  function add(record: EvidenceRecord): void {
    waiting.set(record.playbackId, record)
    const kept = storage.write(prefix + record.playbackId, JSON.stringify(record))
    show({ kept })
    undoRetry?.()
    undoRetry = clock.after(settleMs, () => void flush())
  }

  function flush(): Promise<void> {
    flushing ??= sendAll().finally(() => {
      flushing = null
    })
    return flushing
  }

  async function sendAll(): Promise<void> {
    undoRetry?.()
    undoRetry = null
    for (let next = pick(); next !== null; next = pick()) {
      if (!(await send(next))) return
    }
  }

  /** Only records of the agent who is signed in: another's wait for them. */
  function pick(): EvidenceRecord | null {
    if (agentId === null) return null
    return [...waiting.values()].find((record) => record.agentId === agentId) ?? null
  }

  /** False: nothing more can be sent now. */
  async function send(record: EvidenceRecord): Promise<boolean> {
    const { conversationId, participantId, playbackId } = record
    if (participantId === null) {
      settle(record)
      return true
    }
    const answer = await conversations.writeAttributes(conversationId, participantId, {
      [shortFormKey(playbackId)]: toShortForm(record),
    })
    if (answer.ok) {
      attempt = 0
      settle(record)
      return true
    }
    const { refusal } = answer
    if (refusal.kind === 'not-found' || refusal.kind === 'rejected') {
      // The conversation is gone or takes no attributes: the long form stays with the panel's history.
      show({ problem: refusal.message })
      settle(record)
      return true
    }
    attempt += 1
    show({ problem: refusal.message })
    const again = decideRetry(refusal, 'write', Math.min(attempt, 4), chance.number())
    undoRetry = clock.after(again.again ? again.afterMs : 30_000, () => void flush())
    return false
  }

  /** Confirmed: forgotten, unless a newer truth about the same playback came meanwhile. */
  function settle(record: EvidenceRecord): void {
    if (waiting.get(record.playbackId) !== record) return
    waiting.delete(record.playbackId)
    storage.remove(prefix + record.playbackId)
    show(waiting.size === 0 ? { problem: null } : {})
  }

  return {
    snapshot,
    add,
    flush,
    /** From now on records of this agent are sent; what earlier panels left behind first. */
    begin(ofAgentId: string): Promise<void> {
      agentId = ofAgentId
      load()
      return flush()
    },
    dispose(): void {
      undoRetry?.()
    },
  }
}

export type Outbox = ReturnType<typeof createOutbox>

function parseRecord(text: string): EvidenceRecord | null {
  try {
    const parsed = v.safeParse(recordSchema, JSON.parse(text))
    return parsed.success ? parsed.output : null
  } catch {
    // Not ours or damaged: storage is shared with whatever else runs on this origin.
    return null
  }
}
