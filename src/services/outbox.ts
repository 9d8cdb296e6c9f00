// Records that wait until the platform has confirmed them: kept over reload, crash and sign-out, never doubled.
import type { Interaction } from '../core/conversation'
import { readRecord, type EvidenceRecord } from '../core/evidence'
import { outboxPrefix as prefix } from '../core/evidence-record'
import { shortFormKey, shortFormPlace, toShortForm } from '../core/evidence-short'
import type { Chance, Clock, Conversations, KeptStorage, Locks } from '../core/ports'
import { reconnectDelayMs } from '../core/retry'
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
  readonly locks: Pick<Locks, 'tryHold'>
  readonly clock: Clock
  readonly chance: Chance
}

interface Letter {
  record: EvidenceRecord
  /** Made by this panel. Others were found in the storage, and another panel may know better by now. */
  readonly own: boolean
  attempts: number
  dueAtMs: number
  /** It stands on the platform, and is written once more: see `strayMs`. */
  confirmed: boolean
}

/** An unknown outcome often becomes known within a moment: one write instead of two. */
const settleMs = 1_500
/** Panels of one browser write one after the other, so that no older truth overtakes a newer one. */
const lockName = 'cueline.outbox'
const turnMs = 1_000
/**
 * A write of the page before a reload may still be under way and arrive last. After this no request lives any more
 * (the client gives up earlier): what was found is written once more then, so the newest truth has the last word.
 */
const strayMs = 20_000

/** The key of a record is its playback's id, on the platform too: sending it again overwrites it with itself. */
export function createOutbox(ports: OutboxPorts) {
  const { conversations, storage, locks, clock, chance } = ports
  const snapshot = createSnapshot<OutboxState>({ waiting: 0, kept: true, problem: null })
  const waiting = new Map<string, Letter>()
  /** Until when the write of an earlier page may come late and overwrite what is known by now. */
  const strayUntilMs = new Map<string, number>()
  /** Attributes that the customer on the line has, as seen and as written; a call gets no more of ours than it may. */
  let taken = { of: '', names: new Set<string>() }
  let agentId: string | null = null
  let flushing: Promise<void> | null = null
  let undoTimer: (() => void) | null = null
  let release: (() => void) | null = null
  let over = false

  function show(change: Partial<OutboxState> = {}): void {
    const unconfirmed = [...waiting.values()].filter(({ confirmed }) => !confirmed)
    snapshot.patch({ ...change, waiting: unconfirmed.length })
  }

  function load(): void {
    for (const [key, text] of storage.entries(prefix)) {
      const record = readRecord(text)
      if (record === null) storage.remove(key)
      else if (!waiting.has(record.playbackId)) {
        post(record, 0, false)
        strayUntilMs.set(record.playbackId, clock.now() + strayMs)
      }
    }
    show()
  }

  function post(record: EvidenceRecord, afterMs: number, own: boolean, confirmed = false): void {
    waiting.set(record.playbackId, { record, own, attempts: 0, dueAtMs: clock.now() + afterMs, confirmed })
  }

  /** A later truth about the same playback replaces the earlier record. */
  function add(record: EvidenceRecord): void {
    const key = prefix + record.playbackId
    const isFound = !waiting.has(record.playbackId) && storage.entries(key).some(([name]) => name === key)
    if (isFound) strayUntilMs.set(record.playbackId, clock.now() + strayMs)
    post(record, settleMs, true)
    show({ kept: storage.write(key, JSON.stringify(record)) })
    schedule()
  }

  /** One timer, for the letter that is due first. Only records of the agent who is signed in: another's wait for them. */
  function schedule(): void {
    undoTimer?.()
    undoTimer = null
    const first = Math.min(...mine().map((letter) => letter.dueAtMs))
    if (over || flushing !== null || !Number.isFinite(first)) return
    undoTimer = clock.after(Math.max(0, first - clock.now()), () => void flush(false))
  }

  function mine(): Letter[] {
    return [...waiting.values()].filter(({ record }) => agentId !== null && record.agentId === agentId)
  }

  /** Sends what is due, or all of it; resolves when each has been tried once. */
  function flush(all = true): Promise<void> {
    flushing ??= sendAll(all).finally(() => {
      flushing = null
      schedule()
    })
    return flushing
  }

  async function sendAll(all: boolean): Promise<void> {
    const now = clock.now()
    release = await locks.tryHold(lockName)
    if (release === null) {
      for (const letter of mine()) letter.dueAtMs = Math.max(letter.dueAtMs, now + turnMs)
      return
    }
    for (const letter of mine()) {
      if (!over && (all || letter.dueAtMs <= now)) await send(letter)
    }
    letGo()
  }

  function letGo(): void {
    release?.()
    release = null
  }

  /** False where another panel has had it confirmed meanwhile. */
  function renew(letter: Letter): boolean {
    if (letter.own) return true
    const key = prefix + letter.record.playbackId
    const text = storage.entries(key).find(([name]) => name === key)?.[1]
    const record = text === undefined ? null : readRecord(text)
    if (record !== null) letter.record = record
    return record !== null
  }

  async function send(letter: Letter): Promise<void> {
    if (!renew(letter)) return settle(letter, true)
    const { conversationId, participantId, playbackId } = letter.record
    if (participantId === null) return settle(letter)
    const { record } = letter
    const inView = taken.of === participantId
    const key = inView ? shortFormPlace(playbackId, taken.names) : shortFormKey(playbackId)
    const attributes = { [key]: toShortForm(record, key) }
    const answer = await conversations.writeAttributes(conversationId, participantId, attributes)
    if (answer.ok) {
      if (inView) taken.names.add(key)
      return settle(letter)
    }
    letter.attempts += 1
    letter.dueAtMs = clock.now() + reconnectDelayMs(letter.attempts, answer.refusal, false, chance.number())
    show({ problem: answer.refusal.message })
  }

  /** Confirmed: forgotten, unless a newer truth about the same playback came meanwhile. */
  function settle(letter: Letter, isGone = false): void {
    const { playbackId } = letter.record
    if (waiting.get(playbackId) !== letter) return
    const againMs = (strayUntilMs.get(playbackId) ?? 0) - clock.now()
    if (againMs > 0 && !isGone) post(letter.record, againMs, letter.own, true)
    else {
      strayUntilMs.delete(playbackId)
      waiting.delete(playbackId)
      storage.remove(prefix + playbackId)
    }
    show([...waiting.values()].every(({ confirmed }) => confirmed) ? { problem: null } : {})
  }

  /** What the customer's attributes hold already: see `taken`. */
  function look({ customer }: Interaction): void {
    if (customer === null) return
    const known = taken.of === customer.id ? taken.names : []
    taken = { of: customer.id, names: new Set([...known, ...Object.keys(customer.attributes)]) }
  }

  return {
    snapshot,
    add,
    look,
    flush,
    /** From now on records of this agent are sent; what earlier panels left behind first. */
    begin(ofAgentId: string): Promise<void> {
      agentId = ofAgentId
      load()
      return flush()
    },
    dispose(): void {
      over = true
      undoTimer?.()
      letGo()
    },
  }
}
