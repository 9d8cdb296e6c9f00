// The long form over time: what is news, the agent's own word, the checklist of a call, exports.
import { describe, expect, it } from 'vitest'
import type { CatalogueGap } from '../../../src/core/catalogue'
import { answered, refused, type Answer } from '../../../src/core/errors'
import type { Conversation } from '../../../src/core/conversation'
import type { EvidenceRecord } from '../../../src/core/evidence'
import { verifyExport } from '../../../src/core/evidence-verify'
import type { LiveState } from '../../../src/services/live'
import type { PromptsState } from '../../../src/services/prompts'
import { createRecordKeeping } from '../../../src/services/record-keeping'
import { createSnapshot } from '../../../src/services/snapshot'
import { createTestKept, createTestLocks } from '../../support/browser-ports'
import { sha256 } from '../../support/evidence-files'
import {
  agentLeg,
  conversation,
  evidence,
  interaction,
  myUserId,
  participant,
  prompt,
} from '../../support/factories'
import { testSealing, type SavedFile } from '../../support/keeping-parts'
import { createTestChance, createTestClock, settled } from '../../support/ports'

const required = [{ prompt: 'welcome', withinS: 60 }]
const ended = { state: 'disconnected', endedAtMs: 90_000 }
const endedCall = () => conversation({ participants: [participant(ended), agentLeg(ended)] })

function createBrowser() {
  return {
    storage: createTestKept(),
    locks: createTestLocks(),
    chance: createTestChance(),
    clock: createTestClock(5_000),
  }
}

function setUp(browser = createBrowser(), rules: unknown = undefined) {
  const live = createSnapshot<LiveState>({
    ...{ status: 'ready', interaction: interaction(), conversation: conversation(), refusal: null },
  })
  const prompts = createSnapshot<PromptsState>({
    ...{ status: 'ready', prompts: [prompt()], gaps: [], problem: null, wish: null, readiness: {} },
    required: rules,
  })
  const posted: EvidenceRecord[] = []
  const complaints: CatalogueGap[] = []
  const saved: SavedFile[] = []
  const facts: { call: Answer<Conversation> } = { call: answered(conversation()) }
  const keeping = createRecordKeeping(
    {
      ...browser,
      sealing: testSealing,
      downloads: { save: (name, _type, text) => void saved.push({ name, text }) },
      conversations: { fetchCall: () => Promise.resolve(facts.call) },
      live,
      prompts,
      complain: (gaps) => void complaints.push(...gaps),
      post: (record) => void posted.push(record),
    },
    { agentId: myUserId, organizationId: 'org-1' },
  )
  const lines = () =>
    keeping.snapshot.value.bodies.map((body) =>
      body.kind === 'playback'
        ? `${body.record.playbackId} ${body.record.outcome}${body.record.readAloud ? ' read aloud' : ''}`
        : `${body.required.promptKey} ${body.required.outcome}`,
    )
  const states = () => keeping.snapshot.value.required.map(({ state }) => state)
  return { browser, keeping, live, prompts, posted, complaints, saved, facts, lines, states }
}

describe('a record', () => {
  it('is news once; "unknown" is none about what is known, and the truth is', async () => {
    const { keeping, lines } = setUp()
    await keeping.begin()
    const unknown = evidence({ outcome: 'unknown', code: 'channel_lost', playedMs: null })
    for (const record of [unknown, unknown, evidence(), evidence(), unknown]) keeping.add(record)
    expect(lines()).toEqual(['playback-1 unknown', 'playback-1 completed'])
  })

  it('that an earlier panel could only put into the outbox is taken from there', async () => {
    const browser = createBrowser()
    browser.storage.write('cueline.outbox.playback-1', JSON.stringify(evidence()))
    browser.storage.write(
      'cueline.outbox.p-2',
      JSON.stringify(evidence({ playbackId: 'p-2', agentId: 'you' })),
    )
    const { keeping, lines } = setUp(browser)
    await keeping.begin()
    expect(lines()).toEqual(['playback-1 completed'])
  })
})

describe('the agent who read the words aloud', () => {
  it('is in the record of what failed, here and in the call; not of what was heard', async () => {
    const { keeping, lines, posted } = setUp()
    await keeping.begin()
    keeping.add(evidence({ outcome: 'failed', code: 'asset_missing' }))
    keeping.add(evidence({ playbackId: 'p-2' }))
    for (const id of ['playback-1', 'playback-1', 'p-2', 'p-3']) keeping.readAloud(id)
    expect(lines()).toEqual(['playback-1 failed', 'p-2 completed', 'playback-1 failed read aloud'])
    expect(posted.map(({ playbackId, readAloud }) => [playbackId, readAloud])).toEqual([['playback-1', true]])
  })

  it('is kept here where nothing was sent, and so nothing is written to the call', async () => {
    const { keeping, lines, posted } = setUp()
    await keeping.begin()
    keeping.add(evidence({ outcome: 'rejected', code: 'asset_missing', requestedAtMs: null }))
    keeping.readAloud('playback-1')
    expect(lines().at(-1)).toBe('playback-1 rejected read aloud')
    expect(posted).toEqual([])
  })
})

describe('the checklist of a call', () => {
  it('is empty without rules, and lists the faults of bad ones', async () => {
    const { keeping, states, complaints } = setUp(createBrowser(), [{ prompt: 'gone', withinS: 1 }])
    await keeping.begin()
    expect(states()).toEqual([])
    expect(complaints.map(({ place }) => place)).toEqual(['required.0.prompt'])
  })

  it('is done by a playback that was heard, once', async () => {
    const { keeping, lines, states } = setUp(createBrowser(), required)
    await keeping.begin()
    expect(states()).toEqual(['due'])
    expect(keeping.snapshot.value.required[0]?.dueAtMs).toBe(62_000)
    keeping.add(evidence())
    keeping.add(evidence({ playbackId: 'p-2' }))
    expect(states()).toEqual(['done'])
    expect(lines()).toEqual(['playback-1 completed', 'welcome done', 'p-2 completed'])
  })

  it('takes the agent’s word', async () => {
    const { keeping, lines, states } = setUp(createBrowser(), required)
    await keeping.begin()
    keeping.readRequired('welcome')
    keeping.readRequired('welcome')
    expect([states(), lines()]).toEqual([['read-aloud'], ['welcome read-aloud']])
  })

  it('says what is missing at the end, and takes it back when the truth comes', async () => {
    const { keeping, live, lines, states } = setUp(createBrowser(), required)
    await keeping.begin()
    keeping.add(evidence({ outcome: 'unknown', code: 'channel_lost', playedMs: null }))
    live.patch({ interaction: interaction(ended, ended) })
    expect(states()).toEqual(['missing'])
    live.patch({ interaction: { ...interaction(), id: 'call-2' } })
    keeping.add(evidence())
    expect(lines().slice(1)).toEqual(['welcome missing', 'playback-1 completed', 'welcome done'])
  })

  it('of a call that ended while no panel looked is settled by the next one', async () => {
    const first = setUp(createBrowser(), required)
    await first.keeping.begin()
    first.keeping.dispose()
    const next = setUp(first.browser, required)
    next.live.set({ status: 'no-call', interaction: null, conversation: null, refusal: null })
    next.facts.call = refused({ kind: 'offline', message: 'no network' })
    await next.keeping.begin()
    await settled()
    expect(next.lines()).toEqual([])
    next.facts.call = answered(endedCall())
    next.live.patch({ interaction: { ...interaction(), id: 'call-2' }, status: 'ready' })
    await settled()
    expect(next.lines()).toEqual(['welcome missing'])
    expect(next.browser.storage.entries('cueline.required.').map(([key]) => key)).toEqual([
      `cueline.required.${myUserId}.call-2`,
    ])
  })

  it('goes on after a reload where it was', async () => {
    const first = setUp(createBrowser(), required)
    await first.keeping.begin()
    first.keeping.add(evidence())
    first.keeping.dispose()
    const { keeping, states, lines } = setUp(first.browser, required)
    await keeping.begin()
    expect([states(), lines()]).toEqual([['done'], ['playback-1 completed', 'welcome done']])
  })
})

describe('an export', () => {
  it('is a file that the verifier passes, named by what it is about', async () => {
    const { keeping, saved } = setUp()
    await keeping.begin()
    keeping.add(evidence())
    keeping.add(evidence({ playbackId: 'p-2', conversationId: 'call-2' }))
    expect(await keeping.save({ kind: 'interaction', conversationId: 'call-2' }, 'jsonl')).toMatchObject({
      lines: 1,
    })
    expect(await keeping.save({ kind: 'day', day: '1970-01-01' }, 'csv')).toMatchObject({ lines: 2 })
    expect(saved.map(({ name }) => name)).toEqual(['cueline-call-2.jsonl', 'cueline-1970-01-01.csv'])
    for (const { text } of saved) expect(verifyExport(text, sha256).findings).toEqual([])
  })

  it('of nothing is no file', async () => {
    const { keeping, saved } = setUp()
    await keeping.begin()
    expect(await keeping.save({ kind: 'day', day: '1999-01-01' }, 'csv')).toBeNull()
    expect(saved).toEqual([])
  })
})
