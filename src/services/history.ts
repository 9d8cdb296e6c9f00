// The long form of the records: one chain per panel, kept in the browser over reloads, each line sealed with the one before.
import { canonicalJson, genesis, textToSeal, wellFormed, type Body, type Line } from '../core/evidence-chain'
import { readKeptLine, type KeptLine } from '../core/evidence-kept'
import type { Chance, KeptStorage, Locks, Sealing } from '../core/ports'
import { createSnapshot } from './snapshot'

export interface HistoryState {
  /** What this agent's panels of this browser have recorded, oldest first; of other panels as of the last look. */
  readonly bodies: readonly Body[]
  /** False where the browser keeps nothing: then the records are here only as long as the panel. */
  readonly kept: boolean
  /** Why lines cannot be sealed, and so not be exported. */
  readonly problem: string | null
}

export interface HistoryPorts {
  readonly storage: KeptStorage
  readonly locks: Pick<Locks, 'tryHold'>
  readonly sealing: Sealing
  readonly chance: Pick<Chance, 'id'>
}

const prefix = 'cueline.history.'
/** Chains that panels take turns to continue: as many as one desktop has panels. */
const slots = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']
/** Of one chain. About 1 kB each; a browser gives a site about 5 MB. */
const chainLimit = 300
/** Of all chains of all agents of this browser. */
const totalLimit = 2_000

export function createHistory(ports: HistoryPorts, agentId: string) {
  const { storage, locks, sealing, chance } = ports
  const snapshot = createSnapshot<HistoryState>({ bodies: [], kept: true, problem: null })
  const ofAgent = `${prefix}${agentId}.`
  let slot = ''
  let chain = ''
  /** Of this panel's chain, oldest first. */
  let lines: KeptLine[] = []
  /** Of other panels, as last read. */
  let others: readonly KeptLine[] = []
  let sealingNow: Promise<void> | null = null
  let release: (() => void) | null = null
  let over = false

  const keyOf = (seq: number) => `${ofAgent}${slot}.${String(seq).padStart(8, '0')}`

  function show(): void {
    const all = [...others, ...lines].map(({ body }) => body)
    snapshot.patch({ bodies: all.sort((a, b) => a.recordedAtMs - b.recordedAtMs) })
  }

  /** Chains that are begun come first: a chain that goes on proves more than many short ones. */
  async function takeSlot(): Promise<void> {
    const begun = new Set(storage.entries(ofAgent).map(([key]) => key.slice(ofAgent.length).split('.')[0]))
    for (const candidate of [...slots].sort((a, b) => Number(begun.has(b)) - Number(begun.has(a)))) {
      release = await locks.tryHold(`${ofAgent}${candidate}`)
      if (release === null) continue
      slot = candidate
      return
    }
    beginAnew()
  }

  /** A chain that nobody else can be writing. */
  function beginAnew(): void {
    slot = chance.id()
    chain = chance.id()
    others = [...others, ...lines]
    lines = []
  }

  function read(ofPrefix: string): KeptLine[] {
    return storage
      .entries(ofPrefix)
      .flatMap(([, text]) => readKeptLine(text) ?? [])
      .sort((a, b) => a.seq - b.seq)
  }

  /** The storage holds what the other panels have written since, too. */
  function refresh(): void {
    const own = new Set(lines.map(({ seq }) => `${chain} ${seq}`))
    others = read(ofAgent).filter((line) => !own.has(`${line.chain} ${line.seq}`))
    show()
  }

  /** Kept at once, before it is sealed: a panel that is gone the next moment has lost nothing. */
  function append(body: Body): void {
    const seq = (lines.at(-1)?.seq ?? 0) + 1
    // Without locks two panels may believe that a chain is theirs: the later one leaves it to the earlier.
    if (storage.entries(keyOf(seq)).length > 0) {
      beginAnew()
      return append(body)
    }
    const line: KeptLine = { chain, seq, body: wellFormed(body), seal: null }
    lines.push(line)
    if (lines.length > 2 * chainLimit) drop(1)
    keep(line)
    show()
    sealingNow ??= sealAll().finally(() => (sealingNow = null))
  }

  function drop(count: number): void {
    for (const { seq } of lines.splice(0, count)) storage.remove(keyOf(seq))
  }

  function keep(line: KeptLine): void {
    const write = () => storage.write(keyOf(line.seq), JSON.stringify(line))
    if (write()) return
    // Full, perhaps: the oldest lines make room.
    if (lines.length > 20) drop(10)
    if (write()) return
    storage.remove(keyOf(line.seq))
    if (snapshot.value.kept) snapshot.patch({ kept: false })
  }

  async function sealAll(): Promise<void> {
    try {
      for (let open = nextOpen(); open !== null && !over; open = nextOpen()) {
        const { line, prev } = open
        const place = { chain: line.chain, seq: line.seq, prev }
        const bodySha256 = await sealing.digest(canonicalJson(line.body))
        const hash = await sealing.digest(textToSeal({ ...place, bodySha256 }))
        line.seal = { prev, bodySha256, hash }
        if (!over && lines.includes(line)) keep(line)
        // Only behind a line that has its seal: it names the hash of the one that goes.
        if (lines.length > chainLimit && lines[1]?.seal) drop(1)
      }
      if (snapshot.value.problem !== null) snapshot.patch({ problem: null })
    } catch (error) {
      snapshot.patch({ problem: error instanceof Error ? error.message : String(error) })
    }
  }

  function nextOpen(): { line: KeptLine; prev: string } | null {
    const index = lines.findIndex(({ seal }) => seal === null)
    const line = lines[index]
    if (line === undefined) return null
    const before = lines[index - 1]
    return { line, prev: before?.seal?.hash ?? genesis }
  }

  function trim(): void {
    const all = storage.entries(prefix).flatMap(([key, text]) => {
      const line = readKeptLine(text)
      if (line === null) storage.remove(key)
      return line === null ? [] : [{ key, atMs: line.body.recordedAtMs }]
    })
    const surplus = all.sort((a, b) => b.atMs - a.atMs).slice(totalLimit)
    for (const { key } of surplus) storage.remove(key)
  }

  return {
    snapshot,
    append,
    refresh,
    /** Takes up the chain that an earlier panel left; until then nothing can be appended. */
    async begin(): Promise<void> {
      trim()
      await takeSlot()
      if (over) return release?.()
      lines = read(`${ofAgent}${slot}.`)
      // What is left of another chain in this place was cut from this one.
      chain = lines.at(-1)?.chain ?? (chain || chance.id())
      lines = lines.filter((line) => line.chain === chain)
      refresh()
      sealingNow = sealAll().finally(() => (sealingNow = null))
    },
    /** Every line of this agent that is sealed, after those that were about to be. */
    async sealed(): Promise<readonly Line[]> {
      await sealingNow
      refresh()
      return [...others, ...lines].flatMap(({ chain: of, seq, body, seal }) =>
        seal === null ? [] : [{ chain: of, seq, ...seal, body }],
      )
    },
    dispose(): void {
      over = true
      release?.()
    },
  }
}
