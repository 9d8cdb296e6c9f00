// A prompt in the agent's own headset: on their click, with their volume, and silent as soon as something else counts.
import { describe, expect, it } from 'vitest'
import type { Playback } from '../../../src/core/playback'
import type { Preview } from '../../../src/core/preview'
import type { Interaction } from '../../../src/core/conversation'
import { createPreviewService } from '../../../src/services/preview'
import { createSnapshot } from '../../../src/services/snapshot'
import { interaction, sentPlayback } from '../../support/factories'
import { createHeld, createTestClock, settled } from '../../support/ports'

type Started = Awaited<ReturnType<Preview['start']>>
const sound = { promptKey: 'welcome', url: 'https://cdn.example/welcome.mp3', sha256: 'abc' }

function setUp() {
  const heard: string[] = []
  const fake = {
    next: (): Promise<Started> => Promise.resolve({ durationMs: 3_000 }),
    over: () => undefined as void,
  }
  const preview: Preview = {
    start({ url }, { volume, output }, over) {
      heard.push(`start ${url} ${volume} ${output}`)
      fake.over = over
      return fake.next()
    },
    setVolume: (volume) => void heard.push(`volume ${volume}`),
    stop: () => void heard.push('stop'),
    fetchOutputs: () => Promise.resolve({ kind: 'question' }),
    askOutput: () => Promise.resolve(null),
  }
  const playback = createSnapshot<{ current: Playback | null }>({ current: null })
  const live = createSnapshot<{ interaction: Interaction | null }>({ interaction: interaction() })
  const preferences = createSnapshot({ previewVolume: 0.5, previewOutput: 'headset' as string | null })
  const clock = createTestClock(1_000)
  const service = createPreviewService({ preview, clock, playback, live, preferences })
  const status = () => service.snapshot.value.status
  return { heard, fake, playback, live, preferences, service, status }
}

describe('a preview', () => {
  it("plays with the agent's volume and output, and is quiet again at its end", async () => {
    const { service, heard, fake, status } = setUp()
    const started = service.start(sound)
    expect(status()).toBe('loading')
    await started
    expect(service.snapshot.value).toMatchObject({
      status: 'sounding',
      promptKey: 'welcome',
      startedAtMs: 1_000,
      durationMs: 3_000,
    })
    expect(heard).toEqual(['start https://cdn.example/welcome.mp3 0.5 headset'])
    fake.over()
    expect(status()).toBe('quiet')
  })

  it('says why it is not heard', async () => {
    const { service, fake } = setUp()
    fake.next = () => Promise.resolve('output-missing')
    await service.start(sound)
    expect(service.snapshot.value).toMatchObject({
      status: 'failed',
      promptKey: 'welcome',
      problem: 'output-missing',
    })
  })

  it('follows the volume while it sounds', async () => {
    const { service, heard, preferences } = setUp()
    await service.start(sound)
    preferences.patch({ previewVolume: 0.2 })
    expect(heard.at(-1)).toBe('volume 0.2')
  })

  it('ends on a click', async () => {
    const { service, heard, status } = setUp()
    await service.start(sound)
    service.stop()
    expect(heard.at(-1)).toBe('stop')
    expect(status()).toBe('quiet')
  })

  it('ends when a prompt is played to the customer', async () => {
    const { service, heard, playback, status } = setUp()
    await service.start(sound)
    playback.set({ current: sentPlayback() })
    expect(heard.at(-1)).toBe('stop')
    expect(status()).toBe('quiet')
  })

  it('may go along with a prompt that runs already, and ends with the next one', async () => {
    const { service, playback, status } = setUp()
    playback.set({ current: sentPlayback({ state: 'playing' }) })
    await service.start(sound)
    playback.set({ current: sentPlayback({ state: 'completed' }) })
    expect(status()).toBe('sounding')
    playback.set({ current: sentPlayback({ id: 'playback-2' }) })
    expect(status()).toBe('quiet')
  })

  it.each([
    ['ends', interaction({ state: 'disconnected' })],
    ['is gone', null],
  ])('ends when the call %s', async (_, gone) => {
    const { service, live, status } = setUp()
    await service.start(sound)
    live.set({ interaction: gone })
    expect(status()).toBe('quiet')
  })

  it('that was ended while its file was on the way does not come back', async () => {
    const { service, fake, playback, status } = setUp()
    const held = createHeld<Started>()
    fake.next = () => held.promise
    const started = service.start(sound)
    playback.set({ current: sentPlayback() })
    expect(status()).toBe('quiet')
    held.release({ durationMs: 3_000 })
    await started
    expect(status()).toBe('quiet')
  })

  it('is the last one that was asked for', async () => {
    const { service, fake } = setUp()
    const held = createHeld<Started>()
    fake.next = () => held.promise
    const first = service.start(sound)
    const overFirst = fake.over
    fake.next = () => Promise.resolve({ durationMs: 1_000 })
    await service.start({ ...sound, promptKey: 'terms' })
    held.release('not-fetched')
    await first
    overFirst()
    expect(service.snapshot.value).toMatchObject({ status: 'sounding', promptKey: 'terms' })
  })

  it('leaves nothing behind', async () => {
    const { service, heard, playback } = setUp()
    await service.start(sound)
    service.dispose()
    await settled()
    playback.set({ current: sentPlayback() })
    expect(heard.slice(1)).toEqual(['stop'])
  })
})
