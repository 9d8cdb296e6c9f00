// Sound on the agent's own machine, with each way in which a browser may refuse it.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createBrowserPreview } from '../../src/adapters/preview'

const sound = { promptKey: 'welcome', url: 'https://cdn.example/welcome.mp3', sha256: 'right' }
const settings = { volume: 0.4, output: null }
const refusal = (name: string) => new DOMException('refused', name)

class FakeAudio {
  static all: FakeAudio[] = []
  static nextPlay: () => Promise<void> = () => Promise.resolve()
  static nextSink: () => Promise<void> = () => Promise.resolve()
  src = ''
  volume = 1
  duration = 3.2
  paused = true
  sinkId = ''
  onended: (() => void) | null = null
  constructor() {
    FakeAudio.all.push(this)
  }
  async play() {
    await FakeAudio.nextPlay()
    this.paused = false
  }
  pause() {
    this.paused = true
  }
  async setSinkId(id: string) {
    await FakeAudio.nextSink()
    this.sinkId = id
  }
}
const last = () => FakeAudio.all.at(-1)

const bytes = {
  fetch: () => Promise.resolve<Uint8Array<ArrayBuffer> | null>(new Uint8Array(4)),
  hash: 'right',
}
const create = () =>
  createBrowserPreview({ fetch: () => bytes.fetch(), sha256: () => Promise.resolve(bytes.hash) })

beforeEach(() => {
  FakeAudio.all = []
  FakeAudio.nextPlay = FakeAudio.nextSink = () => Promise.resolve()
  bytes.fetch = () => Promise.resolve(new Uint8Array(4))
  bytes.hash = 'right'
  vi.stubGlobal('Audio', FakeAudio)
  vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:sound')
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

describe('a preview', () => {
  it('plays the bytes with the volume, tells its length and its end, and lets the bytes go', async () => {
    const freed = vi.spyOn(URL, 'revokeObjectURL')
    const over = vi.fn()
    const preview = create()
    expect(await preview.start(sound, settings, over)).toEqual({ durationMs: 3_200 })
    expect(last()).toMatchObject({ src: 'blob:sound', volume: 0.4, paused: false, sinkId: '' })
    preview.setVolume(0.1)
    expect(last()?.volume).toBe(0.1)
    last()?.onended?.()
    expect(over).toHaveBeenCalledTimes(1)
    expect(freed).toHaveBeenCalledWith('blob:sound')
  })

  it('is routed to the chosen output before it sounds', async () => {
    await create().start(sound, { ...settings, output: 'headset' }, () => undefined)
    expect(last()).toMatchObject({ sinkId: 'headset', paused: false })
  })

  it('ends the one before', async () => {
    const preview = create()
    const over = vi.fn()
    await preview.start(sound, settings, over)
    await preview.start(sound, settings, () => undefined)
    expect(FakeAudio.all.map(({ paused }) => paused)).toEqual([true, false])
    expect(over).not.toHaveBeenCalled()
  })

  it('that was stopped while its bytes were on the way makes no sound', async () => {
    const preview = create()
    const started = preview.start(sound, settings, () => undefined)
    preview.stop()
    await started
    expect(last()?.paused).toBe(true)
  })
})

describe('what is not heard', () => {
  const lost = () => (bytes.fetch = () => Promise.resolve(null))
  const changed = () => (bytes.hash = 'other')
  const play = (name: string) => () => (FakeAudio.nextPlay = () => Promise.reject(refusal(name)))
  const sink = (name: string) => () => (FakeAudio.nextSink = () => Promise.reject(refusal(name)))
  it.each([
    ['bytes that did not come', lost, 'not-fetched'],
    ['other bytes than were checked', changed, 'changed'],
    ['no click yet', play('NotAllowedError'), 'click-needed'],
    ['a codec that the browser lacks', play('NotSupportedError'), 'not-audio'],
    ['an unplugged output', sink('NotFoundError'), 'output-missing'],
    ['a frame that may not choose', sink('NotAllowedError'), 'output-refused'],
    ['an output that breaks', sink('AbortError'), 'output-refused'],
  ])('for %s', async (_, arrange, problem) => {
    arrange()
    expect(await create().start(sound, { ...settings, output: 'headset' }, () => undefined)).toBe(problem)
    expect(last()?.paused).toBe(true)
  })

  it('never goes to another output than the chosen one, where the browser cannot choose', async () => {
    const { setSinkId } = FakeAudio.prototype
    Reflect.deleteProperty(FakeAudio.prototype, 'setSinkId')
    const problem = await create().start(sound, { ...settings, output: 'headset' }, () => undefined)
    FakeAudio.prototype.setSinkId = setSinkId
    expect(problem).toBe('output-refused')
  })
})

describe('the outputs', () => {
  const device = (kind: string, deviceId: string, label: string) => ({ kind, deviceId, label })
  function browser(mediaDevices: object | undefined, allows = true) {
    vi.stubGlobal('HTMLMediaElement', {
      prototype: mediaDevices === undefined ? {} : { setSinkId: () => undefined },
    })
    vi.stubGlobal('navigator', mediaDevices === undefined ? {} : { mediaDevices })
    Object.assign(document, { featurePolicy: { allowsFeature: () => allows } })
  }
  afterEach(() => Reflect.deleteProperty(document, 'featurePolicy'))

  it('are those that the browser names; microphones and nameless ones are none', async () => {
    const all = [
      device('audioinput', 'm', 'Microphone'),
      device('audiooutput', '', ''),
      device('audiooutput', 'h', 'Headset'),
    ]
    browser({ enumerateDevices: () => Promise.resolve(all) })
    expect(await create().fetchOutputs()).toEqual({ kind: 'list', outputs: [{ id: 'h', label: 'Headset' }] })
  })

  it.each([
    ['has no choice', undefined, true, { kind: 'none', why: 'unsupported' }],
    [
      'is not allowed to',
      { enumerateDevices: () => Promise.resolve([]) },
      false,
      { kind: 'none', why: 'refused' },
    ],
    [
      'names none',
      { enumerateDevices: () => Promise.resolve([device('audiooutput', '', '')]) },
      true,
      { kind: 'none', why: 'hidden' },
    ],
    ['asks by itself', { selectAudioOutput: () => Promise.resolve() }, true, { kind: 'question' }],
  ])('where the browser %s', async (_, mediaDevices, allows, choice) => {
    browser(mediaDevices, allows)
    expect(await create().fetchOutputs()).toEqual(choice)
  })

  it('are asked for by the browser; an agent who chooses none has chosen none', async () => {
    browser({ selectAudioOutput: () => Promise.resolve(device('audiooutput', 'h', 'Headset')) })
    expect(await create().askOutput()).toEqual({ id: 'h', label: 'Headset' })
    browser({ selectAudioOutput: () => Promise.reject(refusal('NotAllowedError')) })
    expect(await create().askOutput()).toBeNull()
  })
})
