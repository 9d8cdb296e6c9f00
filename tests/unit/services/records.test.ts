// Records from the start: they wait for the part that keeps them, and know the call of a playback that has left the screen.
import { describe, expect, it } from 'vitest'
import type { EvidenceRecord } from '../../../src/core/evidence'
import type { RecordKeeping } from '../../../src/services/record-keeping'
import { createRecords } from '../../../src/services/records'
import { choice, interaction, playback, sentPlayback } from '../../support/factories'
import { createHeld, createTestClock, settled } from '../../support/ports'
import { createSnapshot } from '../../../src/services/snapshot'

function setUp() {
  const kept: EvidenceRecord[] = []
  const posted: EvidenceRecord[] = []
  const loading = createHeld<RecordKeeping>()
  const keeping = {
    snapshot: createSnapshot({ bodies: [], kept: true, problem: null, required: [] }),
    add: (record: EvidenceRecord) => void kept.push(record),
    begin: () => Promise.resolve(),
    dispose: () => undefined,
  } as unknown as RecordKeeping
  const records = createRecords({
    backend: 'media-api',
    appVersion: 'test',
    clock: createTestClock(),
    open: () => loading.promise,
    post: (record) => void posted.push(record),
  })
  return { kept, posted, loading, keeping, records }
}
const of = { agentId: 'me', organizationId: 'org-1' }

describe('records', () => {
  it('wait for the part that keeps them, and are sent at once', async () => {
    const { kept, posted, loading, keeping, records } = setUp()
    void records.begin(of)
    records.record(sentPlayback({ state: 'completed' }))
    records.record(sentPlayback({ state: 'playing' }))
    expect([posted.length, kept.length]).toEqual([1, 0])
    loading.release(keeping)
    await settled()
    expect(kept).toMatchObject([{ playbackId: 'playback-1', agentId: 'me', organizationId: 'org-1' }])
    expect(records.snapshot.value.keeping).toBe(keeping)
  })

  it('of a click that sent nothing are kept and not sent', async () => {
    const { kept, posted, loading, keeping, records } = setUp()
    loading.release(keeping)
    await records.begin(of)
    records.record(playback({ state: 'rejected', playedMs: 0 }))
    expect([posted.length, kept.length]).toEqual([0, 1])
  })

  it('say why nothing is kept where that part cannot be loaded; the call has them still', async () => {
    const { posted } = setUp()
    const records = createRecords({
      backend: 'media-api',
      appVersion: 'test',
      clock: createTestClock(),
      open: () => Promise.reject(new Error('no network')),
      post: (record) => void posted.push(record),
    })
    await records.begin(of)
    records.record(sentPlayback({ state: 'completed' }))
    expect([records.snapshot.value.problem, posted.length]).toEqual(['no network', 1])
  })

  it('ask for that part again until it comes, and lose none meanwhile', async () => {
    const { kept, keeping } = setUp()
    const clock = createTestClock()
    let isLost = true
    const records = createRecords({
      backend: 'media-api',
      appVersion: 'test',
      clock,
      open: () => (isLost ? Promise.reject(new Error('no network')) : Promise.resolve(keeping)),
      post: () => undefined,
    })
    await records.begin(of)
    records.record(sentPlayback({ state: 'completed' }))
    isLost = false
    await clock.advance(3_000)
    expect(kept).toMatchObject([{ playbackId: 'playback-1', agentId: 'me' }])
    expect(records.snapshot.value).toMatchObject({ keeping, problem: null })
    expect(clock.timers()).toBe(0)
  })

  it('ask no more once the panel is gone', async () => {
    const clock = createTestClock()
    let asked = 0
    const records = createRecords({
      backend: 'media-api',
      appVersion: 'test',
      clock,
      open: () => ((asked += 1), Promise.reject(new Error('no network'))),
      post: () => undefined,
    })
    await records.begin(of)
    records.dispose()
    await clock.advance(60_000)
    expect([asked, clock.timers()]).toEqual([1, 0])
  })

  it('know queue, offset and the state at the end of a call that has left the screen', () => {
    const { posted, records } = setUp()
    records.look(interaction({ muted: true, connectedAtMs: 1_000 }, { queueId: 'q-1' }))
    records.look({ ...interaction({ id: 'p-else' }, { queueId: 'q-2' }), id: 'call-2' })
    const times = { ...sentPlayback().times, startedAtMs: 3_500 }
    records.record(sentPlayback({ state: 'completed', times }))
    expect(posted).toMatchObject([{ queueId: 'q-1', offsetFromCallStartMs: 2_500, atEnd: { muted: true } }])
  })

  it('know queue and offset from the moment of the request, where the call was never seen since', () => {
    const { posted, records } = setUp()
    const times = { ...sentPlayback().times, startedAtMs: 3_500 }
    const asked = choice({ queueId: 'q-7', callStartedAtMs: 500 })
    records.record(sentPlayback({ state: 'completed', times, choice: asked }))
    expect(posted).toMatchObject([{ queueId: 'q-7', offsetFromCallStartMs: 3_000, atEnd: null }])
  })

  it('remember the calls of late only', () => {
    const { posted, records } = setUp()
    for (let call = 0; call < 12; call += 1) records.look({ ...interaction(), id: `call-${call}` })
    for (const interactionId of ['call-0', 'call-11'])
      records.record(sentPlayback({ state: 'completed', interactionId }))
    expect(posted.map(({ atEnd }) => atEnd !== null)).toEqual([false, true])
  })
})
