// A playback that is clicked, sent and over before the code of its followers is there: it leaves what it would have left anyway.
import { describe, expect, it } from 'vitest'
import { decodeNote } from '../../../src/core/badge'
import { createFollowers } from '../../../src/services/followers'
import type { PanelPorts } from '../../../src/services/panel-ports'
import { asset, conversation, prompt } from '../../support/factories'
import { createHeld, settled } from '../../support/ports'
import { createBrowser, setUp } from './panel-harness'

type Loaded = Awaited<ReturnType<PanelPorts['loadFollowers']>>
const { url } = asset()

/** A panel in a call whose followers are on their way; null lets the loading fail. */
async function openHeld() {
  const loadings: ReturnType<typeof createHeld<Loaded | null>>[] = []
  const browser = createBrowser()
  const desk = setUp(browser, {
    isVisible: () => false,
    async loadFollowers() {
      const loading = createHeld<Loaded | null>()
      loadings.push(loading)
      const create = await loading.promise
      if (create === null) throw new Error('no network')
      return create
    },
  })
  await desk.start()
  const arrive = async (what: Loaded | null = createFollowers) => {
    loadings.at(-1)?.release(what)
    await settled()
  }
  const notes = () =>
    browser.attributes.fake.written
      .filter(({ attributes }) => 'cueline.badge' in attributes)
      .map(({ participantId, attributes }) => {
        const note = decodeNote(attributes['cueline.badge'] ?? '')
        return [participantId, note?.state, note?.promptKey]
      })
  const records = () =>
    browser.attributes.fake.written.filter(({ attributes }) => !('cueline.badge' in attributes))
  const recent = () => desk.panel.preferences.snapshot.value.recent
  const play = async (states: readonly ('buffering' | 'playing' | 'completed')[]) => {
    await desk.panel.playback.play(prompt())
    await settled()
    for (const state of states) desk.carrier.fake.emit({ state, url })
    await settled()
  }
  return { ...desk, browser, loadings, arrive, notes, records, recent, play }
}

describe('a playback before its followers are there', () => {
  it('has its record, its numbers and its outcome at once; its note and its place among the last come with them', async () => {
    const { arrive, browser, carrier, current, idle, loadings, notes, panel, play, records, recent } =
      await openHeld()
    await play(['buffering', 'playing', 'completed'])
    expect(current().state).toBe('completed')
    expect(panel.outbox.snapshot.value).toMatchObject({ waiting: 1, kept: true })
    expect(browser.kept.entries('cueline.outbox.')).toHaveLength(1)
    expect(browser.kept.entries('cueline.seen.').length).toBeGreaterThan(0)
    expect(notes()).toEqual([])
    expect(recent()).toEqual([])
    expect(loadings).toHaveLength(1)
    await arrive()
    await idle(40_000)
    expect(notes().at(-1)).toEqual(['p-agent', 'completed', 'welcome'])
    expect(recent()).toEqual(['welcome'])
    expect(panel.outbox.snapshot.value.waiting).toBe(0)
    expect(records()).toHaveLength(1)
    expect(browser.kept.entries('cueline.outbox.')).toEqual([])
    expect(carrier.fake.requests).toHaveLength(1)
  })

  it('is told in its order, and what comes after follows', async () => {
    const { arrive, carrier, idle, notes, play } = await openHeld()
    await play(['buffering', 'playing'])
    await arrive()
    expect(notes()).toEqual([['p-agent', 'playing', 'welcome']])
    carrier.fake.emit({ state: 'completed', url })
    await idle(5_000)
    expect(notes().map(([, state]) => state)).toEqual(['playing', 'completed'])
  })

  it('leaves its note also where the call is over by then', async () => {
    const { arrive, facts, idle, notes, panel, play } = await openHeld()
    await play(['buffering', 'playing', 'completed'])
    facts.call = { ...conversation(), participants: [] }
    await panel.live.read()
    await settled()
    expect(panel.live.snapshot.value.interaction?.agent ?? null).toBeNull()
    await arrive()
    await idle(5_000)
    expect(notes().at(-1)).toEqual(['p-agent', 'completed', 'welcome'])
  })

  it('leaves its record to the next panel where this one goes before anything is sent', async () => {
    const { browser, panel, play, records, idle } = await openHeld()
    await play(['buffering', 'playing', 'completed'])
    panel.dispose()
    const next = setUp(browser)
    await next.start()
    await idle(1_000)
    expect(records()).toHaveLength(1)
    expect(Object.values(records()[0]?.attributes ?? {})[0]).toContain('|completed|')
    next.panel.dispose()
  })

  it('that failed unseen draws the agent back, as soon as they are there', async () => {
    const { arrive, carrier, host, play } = await openHeld()
    host.blur()
    await play(['buffering'])
    carrier.fake.emit({ state: 'error', url, error: 'decode_failed' })
    await settled()
    expect(host.toasts).toEqual([])
    await arrive()
    expect(host.counts).toEqual([1])
    expect(host.toasts).toHaveLength(1)
  })
})

describe('followers that do not arrive', () => {
  it('are asked for again, and nothing is lost meanwhile', async () => {
    const { arrive, idle, loadings, notes, play } = await openHeld()
    await play(['buffering', 'playing', 'completed'])
    await arrive(null)
    await idle(5_000)
    expect(loadings).toHaveLength(2)
    await arrive()
    await idle(5_000)
    expect(notes().at(-1)).toEqual(['p-agent', 'completed', 'welcome'])
  })

  it('are not begun in a panel that is gone, and none of its listeners stays', async () => {
    const { arrive, host, panel, play, notes, loadings, idle } = await openHeld()
    await play(['buffering', 'playing', 'completed'])
    panel.dispose()
    await arrive(null)
    await idle(5_000)
    expect(loadings).toHaveLength(1)
    expect(notes()).toEqual([])
    expect(host.listeners()).toBe(0)
  })
})
