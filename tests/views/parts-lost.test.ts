// Parts of the panel whose code does not arrive: it is said, what waits is seen, and there is a way on.
import { enableAutoUnmount, flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { nextTick, type Component } from 'vue'
import type { Readiness } from '../../src/services/prompts'
import { createLateParts } from '../../src/stores/late-parts'
import { failure } from '../../src/core/errors'
import { checklistKey, partsKey } from '../../src/stores/services'
import { asset, candidate, choice, prompt, sentPlayback } from '../support/factories'
import { allParts, mountApp } from '../support/panel'
import { createTestClock, settled } from '../support/ports'

enableAutoUnmount(afterEach)

let isLost = true
vi.mock('../../src/views/KeySheet.vue', async (original) => {
  if (isLost) throw new Error('no network')
  return original()
})
vi.mock('../../src/views/PinEditor.vue', async (original) => {
  if (isLost) throw new Error('no network')
  return original()
})

const lack = 'Words, queue and notes did not arrive.'
const sheetLack = 'This part of the panel did not arrive. Check the network, then click again.'

async function mountLost() {
  const clock = createTestClock()
  const fake = { load: () => Promise.reject<typeof allParts>(new Error('no network')) }
  const late = createLateParts(() => fake.load(), clock)
  const app = mountApp(undefined, [], {}, { provide: { [partsKey as symbol]: late } })
  late.ask()
  await settled()
  return { ...app, clock, fake }
}

describe('words, queue and notes that do not arrive', () => {
  it('are told after the second time, with a way to load the panel anew', async () => {
    const { wrapper, text, clock } = await mountLost()
    const reload = vi.spyOn(window.location, 'reload').mockImplementation(() => undefined)
    expect(text()).not.toContain(lack)
    await clock.advance(3_000)
    const notice = wrapper.get('.parts-place [role=alert]')
    expect(notice.text()).toContain(lack)
    await notice.get('button').trigger('click')
    expect(reload).toHaveBeenCalledOnce()
  })

  it('leave the prompts that wait in sight, and what takes them out again', async () => {
    const { wrapper, text, snapshots, asked } = await mountLost()
    const waiting = [{ id: 'a', promptKey: 'terms', title: 'Terms of sale' }]
    snapshots.queue.set({ waiting, held: false })
    await nextTick()
    expect(text()).toContain('Next Terms of sale')
    snapshots.queue.set({ waiting, held: true })
    await nextTick()
    expect(text()).toContain('Queue, waiting for you Terms of sale')
    await wrapper.get('.parts-place button').trigger('click')
    expect(asked.queue).toEqual(['clear'])
  })

  it('are asked for again, and take their place when they come', async () => {
    const { wrapper, text, clock, fake } = await mountLost()
    await clock.advance(3_000)
    fake.load = () => Promise.resolve(allParts)
    await clock.advance(3_000)
    expect(text()).not.toContain(lack)
    expect(wrapper.find('.parts-place').exists()).toBe(false)
  })
})

describe('words to be read aloud, before the code for them is there', () => {
  const failed = sentPlayback({ state: 'failed', failure: failure('carrier_failed') })
  const german = { words: 'Willkommen bei uns.', language: 'de' }

  it('are seen at once, in their language, and give way when the code comes', async () => {
    const { wrapper, snapshots, clock, fake } = await mountLost()
    snapshots.playback.patch({ current: { ...failed, choice: choice(german) } })
    await nextTick()
    const words = wrapper.get('.parts-place .read-aloud')
    expect(words.text()).toContain('Read this aloud:')
    expect(words.get('[lang="de"]').text()).toBe(german.words)
    fake.load = () => Promise.resolve(allParts)
    await clock.advance(3_000)
    expect(wrapper.find('.parts-place').exists()).toBe(false)
    expect(wrapper.get('blockquote').text()).toContain(german.words)
  })

  it.each<[string, Readiness]>([
    [
      'of the recording that a click would have played',
      { status: 'ready', candidate: candidate(german), asset: asset() },
    ],
    [
      'of a prompt without a recording',
      { status: 'unplayable', failure: failure('asset_missing'), words: german.words },
    ],
  ])('are those %s, where none was chosen', async (_name, readiness) => {
    const { wrapper, snapshots } = await mountLost()
    const rejected = { ...failed, state: 'rejected' as const, choice: null }
    snapshots.prompts.patch({ readiness: { welcome: readiness } })
    snapshots.playback.patch({ current: rejected })
    await nextTick()
    expect(wrapper.get('.parts-place .read-aloud').text()).toContain(german.words)
  })

  it('are not seen where the customer has heard the prompt', async () => {
    const { wrapper, snapshots } = await mountLost()
    snapshots.playback.patch({ current: { ...failed, state: 'completed', choice: choice(german) } })
    await nextTick()
    expect(wrapper.find('.read-aloud').exists()).toBe(false)
  })
})

describe('the list of required prompts', () => {
  it('says that its code did not arrive, and the next try brings it', async () => {
    const fake = { load: (): Promise<Component> => Promise.reject(new Error('no network')) }
    const { wrapper, text, snapshots } = mountApp(
      undefined,
      [],
      {},
      { provide: { [checklistKey as symbol]: () => fake.load() } },
    )
    snapshots.records.patch({ required: true })
    await flushPromises()
    const lost = 'The list of required prompts did not arrive.'
    expect(text()).toContain(lost)
    fake.load = () => Promise.resolve({ render: () => 'Required here' })
    await wrapper.get('.lack button').trigger('click')
    await flushPromises()
    expect(text()).not.toContain(lost)
    expect(text()).toContain('Required here')
  })

  it('is not missed in a call that needs none', async () => {
    const lost = () => Promise.reject<Component>(new Error('no network'))
    const { text, snapshots } = mountApp(undefined, [], {}, { provide: { [checklistKey as symbol]: lost } })
    snapshots.records.patch({ required: true })
    await flushPromises()
    snapshots.records.patch({ required: false })
    await nextTick()
    expect(text()).not.toContain('did not arrive')
  })
})

describe('a part that opens on a click', () => {
  it.each(['Show the keys', 'Change the pins'])(
    'says that its code did not arrive, until the next click brings it: %s',
    async (name) => {
      isLost = true
      const { wrapper, text, snapshots } = mountApp()
      snapshots.prompts.patch({ prompts: [prompt({ pinned: true })] })
      await nextTick()
      const button = wrapper.get(`button[aria-label="${name}"]`)
      await button.trigger('click')
      await flushPromises()
      await expect.poll(text).toContain(sheetLack)
      isLost = false
      await button.trigger('click')
      await expect.poll(text).not.toContain(sheetLack)
    },
  )
})
