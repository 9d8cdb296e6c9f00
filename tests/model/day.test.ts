// A whole day in one panel, on a virtual clock: ten thousand playbacks, a new channel every hour, and nothing piles up.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { shortFormKey, shortFormLimit } from '../../src/core/evidence-short'
import { isOutcome, type Playback } from '../../src/core/playback'
import { ordinaryCall } from '../../sandbox/org/call-build'
import { createDeskInMemory, type DeskInMemory, type OpenPanel } from '../support/desk-in-memory'

const clicks = 10_000
const dayMs = 86_400_000
const hourMs = 3_600_000
/** A day of 10,000 clicks, one every 8.64 s. */
const everyMs = dayMs / clicks
const megabyte = 1_048_576

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

function heapBytes(): number {
  collectGarbage()
  collectGarbage()
  return process.memoryUsage().heapUsed
}

interface Tally {
  outcomes: Record<string, number>
  missing: string[]
  seen: Set<string>
}

/** Each outcome is counted when it comes, so that the test itself keeps no playback. */
function tallyOf(open: OpenPanel): Tally {
  const tally: Tally = { outcomes: {}, missing: [], seen: new Set() }
  let last: Playback | null = null
  open.panel.playback.snapshot.subscribe(({ current }) => {
    const fresh = current !== null && isOutcome(current.state) && last?.state !== current.state
    last = current
    if (!fresh) return
    tally.outcomes[current.state] = (tally.outcomes[current.state] ?? 0) + 1
    if (current.attempts > 0) tally.seen.add(shortFormKey(current.id))
  })
  return tally
}

/** The hour's call ends and the next one begins; what the ended one holds must be all that was played into it. */
async function nextCall(desk: DeskInMemory, callId: string, tally: Tally): Promise<string> {
  await desk.clock.advance(5_000)
  const attributes = desk.org.state().calls.find(({ id }) => id === callId)?.attributes ?? {}
  const written = new Set(Object.keys(attributes).filter((key) => key.startsWith('cueline.')))
  // So many have an attribute of their own; of all beyond them the newest is told.
  const [first, beyond] = [[...tally.seen].slice(0, shortFormLimit), [...tally.seen].slice(shortFormLimit)]
  tally.missing.push(...first.filter((key) => !written.has(key)))
  tally.missing.push(...beyond.slice(-1).filter((key) => !attributes['cueline.more']?.endsWith(`|${key}`)))
  expect(written.size).toBeLessThanOrEqual(shortFormLimit + 1)
  tally.seen.clear()
  desk.org.calls.change(callId, { disconnected: true })
  return desk.org.calls.start(ordinaryCall).conversation.id
}

test('24 hours leave nothing behind', { timeout: 300_000 }, async () => {
  const desk = createDeskInMemory(1, {
    // What the sandbox remembers of calls that are over would else be measured too.
    keepPlays: 2,
    forgetsRequests: true,
    standalone: true,
    // No agent clicks this often for an hour: the limit of requests is not what is measured here.
    settings: { rateLimit: 100_000, tokenLifetimeS: 172_800 },
  })
  for (const { conversation } of [...desk.org.calls.all()])
    desk.org.calls.change(conversation.id, { disconnected: true })
  let callId = desk.org.calls.start(ordinaryCall).conversation.id
  const open = await desk.open()
  const { panel } = open
  const tally = tallyOf(open)
  await desk.clock.advance(5_000)

  const startMs = desk.clock.now()
  const measure = () => ({
    heap: heapBytes(),
    timers: desk.pendingTimers(),
    sockets: desk.openSockets(),
    handles: process.getActiveResourcesInfo().length,
  })
  const atRest = async () => {
    await desk.clock.advance(5_000)
    return measure()
  }
  const first = await atRest()
  let hour = 0
  for (let click = 0; click < clicks; click += 1) {
    const prompt = panel.prompts.snapshot.value.prompts[click % 3]
    if (!prompt) throw new Error('the catalogue is empty')
    panel.queue.request(prompt)
    const wantedMs = startMs + (click + 1) * everyMs
    const hourIsOver = wantedMs - startMs >= (hour + 1) * hourMs
    await desk.clock.advance(Math.max(0, wantedMs - desk.clock.now()))
    if (!hourIsOver) continue
    hour += 1
    // By turns: announced by the platform, and a wire that breaks.
    const channelId = desk.org.state().sockets[0]?.channelId ?? ''
    if (hour % 2 === 0) desk.org.faults.add({ kind: 'cut' })
    else await announce(desk, channelId)
    callId = await nextCall(desk, callId, tally)
  }
  await nextCall(desk, callId, tally)
  const last = await atRest()

  const grownMb = (last.heap - first.heap) / megabyte
  const { timers, sockets, handles } = last
  const hours = (desk.clock.now() - startMs) / hourMs
  console.log(
    `${hours.toFixed(1)} h: ${JSON.stringify(tally.outcomes)}; heap grew by ${grownMb.toFixed(2)} MB; left: ` +
      `${timers} timers (${first.timers} at the start), ${sockets} sockets (${first.sockets}), ${handles} handles (${first.handles})`,
  )
  expect(Object.values(tally.outcomes).reduce((sum, count) => sum + count, 0)).toBe(clicks)
  expect(tally.missing, 'records that are in no conversation').toEqual([])
  expect(panel.outbox.snapshot.value.waiting).toBe(0)
  expect(grownMb).toBeLessThan(5)
  expect(last.sockets).toBe(first.sockets)
  expect(last.timers).toBeLessThanOrEqual(first.timers)
  expect(last.handles).toBeLessThanOrEqual(first.handles)
  panel.dispose()
  expect([desk.openSockets(), desk.pendingTimers()]).toEqual([0, 0])
})

async function announce(desk: DeskInMemory, channelId: string): Promise<void> {
  const { status } = await desk.org.http({
    method: 'POST',
    path: `/sandbox/socket-closing/${channelId}`,
    query: new URLSearchParams(),
    headers: {},
    body: '',
  })
  expect(status).toBe(202)
}
