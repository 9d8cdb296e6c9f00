// The chain of records in the browser: nothing lost, nothing doubled, whatever storage, reloads and other panels do.
import { describe, expect, it } from 'vitest'
import { conversationOf, type Body } from '../../../src/core/evidence-chain'
import { verifyExport } from '../../../src/core/evidence-verify'
import { createHistory } from '../../../src/services/history'
import { createTestKept, createTestLocks } from '../../support/browser-ports'
import { exportOf, playbackBody, sha256 } from '../../support/evidence-files'
import { testSealing } from '../../support/keeping-parts'
import { createTestChance, settled } from '../../support/ports'

const body = (number: number, recordedAtMs = 1_000 + number): Body =>
  playbackBody({ playbackId: `p-${number}` }, recordedAtMs)
const idOf = (of: Body) => (of.kind === 'playback' ? of.record.playbackId : conversationOf(of))

function setUp(
  browser = { storage: createTestKept(), locks: createTestLocks(), chance: createTestChance() },
  sealing = testSealing,
) {
  const history = createHistory({ ...browser, sealing }, 'me')
  const ids = () => history.snapshot.value.bodies.map(idOf)
  const verdict = async () =>
    verifyExport(
      exportOf(
        [...(await history.sealed())].sort((a, b) =>
          a.chain < b.chain ? -1 : a.chain > b.chain ? 1 : a.seq - b.seq,
        ),
        'jsonl',
      ),
      sha256,
    )
  return { browser, history, ids, verdict }
}

describe('a record', () => {
  it('is kept before it is sealed, and sealed with the one before', async () => {
    const { browser, history, ids, verdict } = setUp()
    await history.begin()
    history.append(body(1))
    expect(browser.storage.kept.size).toBe(1)
    history.append(body(2))
    expect(ids()).toEqual(['p-1', 'p-2'])
    expect(await verdict()).toMatchObject({ findings: [], gaps: [], chains: [{ seq: 2 }] })
  })

  it('that a panel left unsealed is sealed by the next one, in the same chain', async () => {
    const never = { ...testSealing, digest: () => new Promise<string>(() => undefined) }
    const first = setUp(undefined, never)
    await first.history.begin()
    first.history.append(body(1))
    first.history.append(body(2))
    first.history.dispose()
    const { history, ids, verdict } = setUp(first.browser)
    await history.begin()
    history.append(body(3))
    expect(ids()).toEqual(['p-1', 'p-2', 'p-3'])
    expect(await verdict()).toMatchObject({ findings: [], gaps: [], chains: [{ seq: 3 }] })
  })

  it('with half a character in it can still be written to a file', async () => {
    const { history, verdict } = setUp()
    await history.begin()
    history.append(playbackBody({ promptVersion: 'a\ud800' }))
    const { findings, bodies } = await verdict()
    expect(findings).toEqual([])
    expect(JSON.stringify(bodies)).toContain('a\ufffd')
  })
})

describe('several panels', () => {
  it('have a chain each, and see what the others have written', async () => {
    const one = setUp()
    const two = setUp(one.browser)
    await one.history.begin()
    await two.history.begin()
    one.history.append(body(1))
    two.history.append(body(2))
    one.history.append(body(3))
    const { findings, chains } = await two.verdict()
    expect(findings).toEqual([])
    expect(chains.map(({ seq }) => seq).sort()).toEqual([1, 2])
    expect(two.ids()).toEqual(['p-1', 'p-2', 'p-3'])
  })

  it('more than there are places for, or without locks, overwrite nothing of each other', async () => {
    const storage = createTestKept()
    const chance = createTestChance()
    const locks = { tryHold: () => Promise.resolve(() => undefined) }
    const panels = Array.from({ length: 12 }, () => setUp({ storage, chance, locks: locks as never }))
    for (const { history } of panels) await history.begin()
    panels.forEach(({ history }, index) => history.append(body(index * 2)))
    panels.forEach(({ history }, index) => history.append(body(index * 2 + 1)))
    await settled()
    const { findings, bodies } = await panels[0]!.verdict()
    expect(findings).toEqual([])
    expect(new Set(bodies.map(idOf)).size).toBe(24)
  })

  it('of another agent are not mixed up with it', async () => {
    const { browser, history } = setUp()
    await history.begin()
    history.append(body(1))
    const other = createHistory({ ...browser, sealing: testSealing }, 'you')
    await other.begin()
    expect(other.snapshot.value.bodies).toEqual([])
  })
})

describe('the storage', () => {
  it('is bounded: the oldest lines go, and that is a gap, no forgery', async () => {
    const { browser, history, verdict } = setUp()
    await history.begin()
    for (let number = 1; number <= 320; number += 1) history.append(body(number))
    await settled()
    const { findings, gaps, bodies } = await verdict()
    expect([findings, gaps.length, bodies.length]).toEqual([[], 1, 300])
    expect(browser.storage.kept.size).toBe(300)
  })

  it('that refuses is said, and the records are still there for an export', async () => {
    const { history, ids, verdict } = setUp({
      storage: createTestKept(true),
      locks: createTestLocks(),
      chance: createTestChance(),
    })
    await history.begin()
    history.append(body(1))
    expect(history.snapshot.value.kept).toBe(false)
    expect(ids()).toEqual(['p-1'])
    expect((await verdict()).findings).toEqual([])
  })

  it('with something foreign in it is cleared of that; a line that somebody changed is found', async () => {
    const { browser, history } = setUp()
    await history.begin()
    for (const number of [1, 2, 3]) history.append(body(number))
    await settled()
    history.dispose()
    const [[key, text]] = browser.storage.entries('cueline.history.me.0.00000002') as [[string, string]]
    browser.storage.write(key, text.replace('"completed"', '"failed"'))
    browser.storage.write('cueline.history.me.0.x', '{')
    const next = setUp(browser)
    await next.history.begin()
    expect(browser.storage.kept.has('cueline.history.me.0.x')).toBe(false)
    expect((await next.verdict()).findings.map(({ lineNumber }) => lineNumber)).toEqual([2])
  })
})

it('says why nothing can be sealed, where the browser has no SHA-256', async () => {
  const { history } = setUp(undefined, {
    ...testSealing,
    digest: () => Promise.reject(new Error('no secure origin')),
  })
  await history.begin()
  history.append(body(1))
  await settled()
  expect(history.snapshot.value.problem).toBe('no secure origin')
  expect(await history.sealed()).toEqual([])
})
