// The decisions of the sandbox's desktop: what sounded, which address a frame gets, what is shown and what is in front.
import { describe, expect, it } from 'vitest'
import { fillLaunchUrl, originOf } from '../../sandbox/desktop/launch-url'
import { loudness, renderedMs, startOffsetMs } from '../../sandbox/desktop/phone-arithmetic'
import { createSelection } from '../../sandbox/desktop/selection'
import { readToast } from '../../sandbox/desktop/toasts'
import { isFirstVisit, rememberVisit } from '../../sandbox/desktop/tour-memory'
import { describeFile, describeOutcome, earWords } from '../../sandbox/desktop/wording'
import { readCall, readWorld, type DesktopCall } from '../../sandbox/desktop/world'

describe('what the telephone rendered', () => {
  it('starts at the beginning after an ordinary delay, later on in the middle, after the end not at all', () => {
    expect(startOffsetMs(60, 3000)).toBe(0)
    expect(startOffsetMs(1200, 3000)).toBe(1200)
    expect(startOffsetMs(3000, 3000)).toBeNull()
  })

  it('counts the audio clock, never less than nothing nor more than what was left', () => {
    expect(renderedMs(10, 11.5, 0, 3000)).toBe(1500)
    expect(renderedMs(10, 10, 0, 3000)).toBe(0)
    expect(renderedMs(10, 9, 0, 3000)).toBe(0)
    expect(renderedMs(10, 14, 0, 3000)).toBe(3000)
    expect(renderedMs(10, 14, 1200, 3000)).toBe(1800)
  })

  it('shows silence as nothing, full scale as full, and speech between', () => {
    expect(loudness(new Float32Array(64))).toBe(0)
    expect(loudness([])).toBe(0)
    expect(loudness([1, -1, 1, -1])).toBe(1)
    const speech = loudness([0.05, -0.05, 0.05, -0.05])
    expect(speech).toBeGreaterThan(0.4)
    expect(speech).toBeLessThan(0.8)
  })
})

describe('the address of a frame', () => {
  const values = {
    conversationId: 'a b',
    hostOrigin: 'http://localhost:4680',
    targetEnv: 'prod',
    langTag: 'en-us',
    usePopupAuth: false,
  }

  it('gets each known token encoded and keeps unknown ones', () => {
    const template =
      'http://127.0.0.1:5173/?i={{gcConversationId}}&h={{gcHostOrigin}}&p={{gcUsePopupAuth}}&x={{other}}'
    const filled = fillLaunchUrl(template, values)
    expect(filled).toBe('http://127.0.0.1:5173/?i=a%20b&h=http%3A%2F%2Flocalhost%3A4680&p=false&x={{other}}')
  })

  it('has one origin that is believed, or none', () => {
    expect(originOf('http://127.0.0.1:5173/?h={{gcHostOrigin}}')).toBe('http://127.0.0.1:5173')
    expect(originOf('no address')).toBeNull()
  })
})

const conversation = (id: string, over = false) => ({
  id,
  participants: [
    {
      id: '1',
      purpose: 'agent',
      state: 'connected',
      muted: true,
      wrapupRequired: over,
      queue: { name: 'Claims' },
    },
    { id: '2', purpose: 'acd', state: 'disconnected' },
    {
      id: '3',
      purpose: 'customer',
      state: over ? 'disconnected' : 'connected',
      name: 'Jo',
      held: true,
      attributes: { language: 'de' },
      mediaCapabilities: { audio: { supportedCodecs: 'opus, mp3' } },
    },
  ],
})
const call = (id: string, over = false): DesktopCall => readCall(conversation(id, over))

describe('the world on the desktop', () => {
  it('finds customer and agent by purpose, in any order', () => {
    expect(call('c1')).toMatchObject({
      customerName: 'Jo',
      queueName: 'Claims',
      held: true,
      muted: true,
      over: false,
      codecs: ['opus', 'mp3'],
      attributes: { language: 'de' },
    })
    expect(call('c1').legs.map(({ state }) => state)).toEqual(['muted', 'disconnected', 'on hold'])
  })

  it('shows the secure part, a supervisor and an extra leg, which is never the customer', () => {
    const { participants } = conversation('c1')
    const [agent, acd, customer] = participants.map((leg) => ({ ...leg, held: false, muted: false }))
    const extra = { id: '4', purpose: 'external', state: 'dialing', name: 'tel:+15550100001' }
    const monitor = { id: '5', purpose: 'user', state: 'connected', monitoredParticipantId: '1' }
    const secure = [{ ...agent, securePause: true }, acd, { ...customer, securePause: true }]
    const shown = readCall({ id: 'c1', participants: [extra, ...secure, monitor] })
    expect(shown).toMatchObject({ customerName: 'Jo', secure: true, monitored: true, over: false })
    expect(shown.legs.map(({ purpose, state }) => `${purpose}: ${state}`)).toEqual([
      'extra: dialing',
      'agent: waiting',
      'acd: disconnected',
      'customer: in secure flow',
      'supervisor: connected',
    ])
  })

  it('reads what is in the recording of each call', () => {
    const part = { kind: 'prompt', url: 'http://x/a.mp3', fromMs: 5, toMs: 9 }
    const world = readWorld({ recordings: [{ interactionId: 'c1', contains: [part] }, null] })
    expect(world.recordings.c1).toEqual([{ ...part, isOpen: false }])
  })

  it('tells "reports none" from "reports nothing it can play"', () => {
    const silent = readCall({ participants: [{ purpose: 'customer', state: 'connected' }] })
    const empty = { audio: { supportedCodecs: [] } }
    expect(silent.codecs).toBeNull()
    expect(readCall({ participants: [{ purpose: 'customer', mediaCapabilities: empty }] }).codecs).toEqual([])
  })

  it('survives a state of any shape', () => {
    for (const state of [null, 7, 'x', [], { calls: [null, { participants: 'none' }], settings: 3 }]) {
      expect(readWorld(state).settings.backends).toEqual(['media-api'])
    }
  })
})

describe('the selection', () => {
  const memory = () => {
    const kept = new Map<string, string>()
    return {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    }
  }

  it('starts with the first call, brings a new one to the front, and leaves with the wrap-up', () => {
    const kept = memory()
    const selection = createSelection(kept)
    selection.open([call('a'), call('b')])
    expect(selection.selectedId()).toBe('a')
    selection.open([call('a'), call('b'), call('c')])
    expect(selection.selectedId()).toBe('c')
    expect(selection.open([call('a'), call('b'), call('c', true)])).toHaveLength(3)
    selection.finish('c')
    expect(selection.open([call('a'), call('b'), call('c', true)])).toHaveLength(2)
    expect(selection.selectedId()).toBe('a')
    expect(createSelection(kept).open([call('c', true)])).toEqual([])
  })
})

describe('words', () => {
  it('names a file by prompt, language, tier and format', () => {
    const file = describeFile('http://localhost:4680/cdn/de/premium/hold-notice.opus')
    expect(file).toEqual({ name: 'Hold notice', detail: 'German · premium · opus' })
  })

  it('says who else heard a prompt', () => {
    expect(earWords(['customer'])).toBe('not heard by the agent')
    expect(earWords(['customer', 'agent'])).toBe('the agent heard it too')
    expect(earWords([])).toBe('')
  })

  it('does not call heard in full what was heard in part', () => {
    const heard = { outcome: 'completed', reason: '', durationMs: 3000 }
    expect(describeOutcome({ ...heard, playedMs: 2990 })).toBe('Heard in full')
    expect(describeOutcome({ ...heard, playedMs: 1500 })).toBe('Heard in part')
    const cut = { ...heard, outcome: 'cut', reason: 'participant_held', playedMs: 900 }
    expect(describeOutcome(cut)).toBe('Cut: put on hold')
  })

  it('never shows a toast that can neither go nor be closed', () => {
    expect(readToast({ title: 'x', type: 'error', timeout: 0 })).toMatchObject({
      timeout: 0,
      showCloseButton: true,
    })
    expect(readToast({ title: 'x', type: 'wild' })).toMatchObject({ type: 'info', timeout: 7 })
  })
})

describe('the tour', () => {
  const store = (kept: Map<string, string>) => ({
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  })
  const closed = {
    getItem: (): string => {
      throw new Error('storage is closed')
    },
    setItem: (): void => {
      throw new Error('storage is closed')
    },
  }

  it('is offered once per browser, and to no program', () => {
    const kept = store(new Map())
    expect(isFirstVisit(kept, true)).toBe(false)
    expect(isFirstVisit(kept, false)).toBe(true)
    rememberVisit(kept)
    expect(isFirstVisit(kept, false)).toBe(false)
  })

  it('is offered where the browser keeps nothing, and does not break there', () => {
    rememberVisit(closed)
    expect(isFirstVisit(closed, false)).toBe(true)
  })
})
