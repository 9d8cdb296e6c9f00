// The whole panel over reloads, sign-ins and losses: the same place again, each record confirmed, no click lost or doubled.
import { describe, expect, it } from 'vitest'
import { refused } from '../../../src/core/errors'
import { shortFormKey } from '../../../src/core/evidence-short'
import { asset, prompt } from '../../support/factories'
import { settled } from '../../support/ports'
import { createBrowser, setUp, terms } from './panel-harness'

const { url } = asset()
type Browser = ReturnType<typeof createBrowser>
/** Records only: the badge for the colleagues stands on the agent's own participant. */
const written = ({ attributes }: Browser) =>
  attributes.fake.written.filter((write) => !('cueline.badge' in write.attributes))
/** What stands in the conversation now: a later write under the same key replaces the earlier. */
const attributesOf = (browser: Browser) =>
  Object.assign({}, ...written(browser).map(({ attributes }) => attributes)) as Record<string, string>
const outcomeOf = (text: string | undefined) => text?.split('|')[4]

describe('a reload in the middle of playing', () => {
  async function reloaded() {
    const first = setUp()
    await first.start()
    await first.panel.playback.play(prompt())
    first.carrier.fake.emit({ state: 'buffering', url })
    first.carrier.fake.emit({ state: 'playing', url })
    first.panel.queue.request(terms)
    first.panel.search.write('ter')
    const { id } = first.current()
    first.panel.dispose()
    const second = setUp(first.browser)
    await second.start()
    return { ...second, id }
  }

  it('shows the same playback again, with the queue held and the search as it was', async () => {
    const { panel, current, carrier, id } = await reloaded()
    expect(current()).toMatchObject({ id, state: 'unknown' })
    expect(panel.queue.snapshot.value).toMatchObject({ waiting: [{ promptKey: 'terms' }], held: true })
    expect(panel.search.snapshot.value.query).toBe('ter')
    expect(carrier.fake.requests).toEqual([])
  })

  it('takes up the truth when it comes, and writes it to the call', async () => {
    const { browser, current, carrier, idle, id } = await reloaded()
    carrier.fake.emit({ state: 'completed', url })
    expect(current()).toMatchObject({ id, state: 'completed' })
    await idle(10_000)
    expect(outcomeOf(attributesOf(browser)[shortFormKey(id)])).toBe('completed')
    expect(browser.kept.entries('cueline.outbox.')).toEqual([])
  })

  it('writes that it is unknown where no word comes any more', async () => {
    const { browser, panel, idle, id } = await reloaded()
    await idle(60_000)
    expect(outcomeOf(attributesOf(browser)[shortFormKey(id)])).toBe('unknown')
    expect(written(browser).every(({ participantId }) => participantId === 'p-customer')).toBe(true)
    expect(panel.outbox.snapshot.value.waiting).toBe(0)
  })
})

describe('a failure that was told', () => {
  it('is not told again by the page after a reload', async () => {
    const first = setUp(undefined, { isVisible: () => false })
    await first.start()
    await first.panel.playback.play(prompt())
    first.carrier.fake.emit({ state: 'error', url, error: 'decode_failed' })
    await settled()
    expect(first.host.toasts).toHaveLength(1)
    first.panel.dispose()
    const second = setUp(first.browser, { isVisible: () => false })
    await second.start()
    await second.idle(5_000)
    expect(second.current().state).toBe('failed')
    expect([second.host.toasts, second.host.counts]).toEqual([[], []])
  })

  it('is not the last: what fails after the reload is told', async () => {
    const first = setUp(undefined, { isVisible: () => false })
    await first.start()
    await first.panel.playback.play(prompt())
    first.carrier.fake.emit({ state: 'error', url, error: 'decode_failed' })
    await settled()
    first.panel.dispose()
    const second = setUp(first.browser, { isVisible: () => false })
    await second.start()
    await second.panel.playback.play(terms)
    const sent = second.carrier.fake.requests.at(-1)?.asset.url ?? null
    second.carrier.fake.emit({ state: 'error', url: sent, error: 'decode_failed' })
    await settled()
    expect(second.host.toasts).toMatchObject([{ title: 'Terms: Failed' }])
  })
})

describe('a sign-in that ended', () => {
  const signedOut = refused({ kind: 'signed-out', status: 401, message: 'HTTP 401' })

  async function metSignOut() {
    const first = setUp()
    await first.start()
    await first.idle(60_000)
    first.carrier.fake.nextAnswer = () => {
      first.tokenRefused.tell()
      return Promise.resolve(signedOut)
    }
    first.panel.queue.request(prompt())
    await settled()
    return first
  }

  it('leads through the login once, and nothing was played', async () => {
    const { current, auth, panel } = await metSignOut()
    expect(current()).toMatchObject({ state: 'rejected', failure: { code: 'signed_out' } })
    expect(panel.session.snapshot.value.status).toBe('leaving')
    expect(auth.states).toHaveLength(1)
  })

  it('sends the click again after it, once', async () => {
    const first = await metSignOut()
    first.panel.dispose()
    const second = setUp(first.browser)
    await second.start()
    expect(second.carrier.fake.requests).toHaveLength(1)
    expect(second.carrier.fake.requests[0]).toMatchObject({ promptKey: 'welcome' })
    second.panel.dispose()
    const third = setUp(first.browser)
    await third.start()
    expect(third.carrier.fake.requests).toEqual([])
  })

  it('does not send a click again that the agent has long forgotten', async () => {
    const first = await metSignOut()
    first.panel.dispose()
    await first.clock.advance(60_000)
    const second = setUp(first.browser)
    await second.start()
    expect(second.carrier.fake.requests).toEqual([])
  })
})

describe('records', () => {
  it('of a crashed panel are written by the next one', async () => {
    const first = setUp()
    first.browser.attributes.fake.nextAnswer = () =>
      Promise.resolve(refused({ kind: 'offline', message: 'offline', mayHaveArrived: true }))
    await first.start()
    await first.panel.playback.play(prompt())
    first.carrier.fake.emit({ state: 'buffering', url })
    first.carrier.fake.emit({ state: 'completed', url })
    const { id } = first.current()
    await first.idle(10_000)
    expect(first.panel.outbox.snapshot.value).toMatchObject({ waiting: 1, problem: 'offline' })
    first.panel.dispose()
    const next = setUp({ ...first.browser, attributes: createBrowser().attributes })
    await next.start()
    expect(outcomeOf(attributesOf(next.browser)[shortFormKey(id)])).toBe('completed')
    expect(next.panel.outbox.snapshot.value.waiting).toBe(0)
  })

  it('are sent before the frame goes: the desktop waits for them', async () => {
    const { panel, carrier, host, browser, start } = setUp()
    await start()
    await panel.playback.play(prompt())
    carrier.fake.emit({ state: 'buffering', url })
    carrier.fake.emit({ state: 'completed', url })
    expect(written(browser)).toEqual([])
    await host.stop()
    expect(written(browser)).toHaveLength(1)
  })

  it('are none for a click that never sent anything', async () => {
    const { panel, sockets, browser, start, clock } = setUp()
    await start()
    sockets.newest().listener.closed()
    await panel.playback.play(prompt())
    await clock.advance(60_000)
    expect(panel.playback.snapshot.value.current?.state).toBe('rejected')
    expect(written(browser)).toEqual([])
  })
})

describe('the network cut in the middle of playing', () => {
  it('is unknown at once, and the true outcome comes with the connection', async () => {
    const { panel, clock, sockets, channels, carrier, online, current, start } = setUp()
    await start()
    await panel.playback.play(prompt())
    carrier.fake.emit({ state: 'buffering', url })
    carrier.fake.emit({ state: 'playing', url })
    const works = channels.fake.nextChannel
    channels.fake.nextChannel = () => Promise.resolve(refused({ kind: 'offline', message: 'offline' }))
    sockets.newest().listener.closed()
    expect(current().state).toBe('unknown')
    await clock.advance(20_000)
    channels.fake.nextChannel = works
    const before = channels.fake.made()
    online.tell()
    await settled()
    expect(channels.fake.made()).toBe(before + 1)
    sockets.open()
    await settled()
    carrier.fake.emit({ state: 'completed', url })
    expect(current().state).toBe('completed')
    expect(carrier.fake.requests).toHaveLength(1)
  })
})

describe('two panels of one browser', () => {
  it('play once between them', async () => {
    const browser = createBrowser()
    const panels = [setUp(browser), setUp({ ...browser, storage: createBrowser().storage })]
    for (const { start } of panels) await start()
    expect(panels.map(({ sockets }) => sockets.all.length)).toEqual([1, 0])
    expect(panels.map(({ panel }) => panel.channel.snapshot.value.status)).toEqual(['live', 'live'])
    for (const { panel } of panels) panel.queue.request(prompt())
    await settled()
    expect(panels.map(({ carrier }) => carrier.fake.requests.length)).toEqual([1, 0])
    expect(panels[1]?.current().failure?.code).toBe('already_playing')
  })
})
