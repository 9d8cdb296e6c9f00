// The words below the prompts: of what is spoken, of the prompt looked at, to be read aloud; and the preview beside them.
import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import type { Prompt } from '../../src/core/catalogue'
import { failure } from '../../src/core/errors'
import type { PreviewSound } from '../../src/core/preview'
import type { PreviewService, PreviewState } from '../../src/services/preview'
import { createSnapshot } from '../../src/services/snapshot'
import { previewKey } from '../../src/stores/services'
import { asset, candidate, choice, prompt, sentPlayback } from '../support/factories'
import { mountApp } from '../support/panel'

enableAutoUnmount(afterEach)
afterEach(() => vi.useRealTimers())

const german = { words: 'Willkommen bei uns. Schön, dass Sie anrufen.', language: 'de' }

/** Another prompt in the place of the first. */
const replaced = ([, ...others]: readonly Prompt[]) => [
  prompt({ key: 'hours', title: 'Opening hours' }),
  ...others,
]

function mountPanel() {
  const started: PreviewSound[] = []
  const stopped: string[] = []
  const state = createSnapshot<PreviewState>({
    status: 'quiet',
    promptKey: null,
    startedAtMs: null,
    durationMs: 0,
    problem: null,
  })
  const service: PreviewService = {
    snapshot: state,
    start: (sound) => {
      started.push(sound)
      state.patch({
        status: 'sounding',
        promptKey: sound.promptKey,
        durationMs: 3_000,
        startedAtMs: Date.now(),
      })
      return Promise.resolve()
    },
    stop: () => void stopped.push('stop'),
    fetchOutputs: () => Promise.resolve({ kind: 'none', why: 'hidden' }),
    askOutput: () => Promise.resolve(null),
    dispose: () => undefined,
  }
  const app = mountApp(
    undefined,
    [],
    {},
    { provide: { [previewKey as symbol]: () => Promise.resolve(service) } },
  )
  const ready = { status: 'ready', candidate: candidate(german), asset: asset() } as const
  app.snapshots.prompts.patch({ readiness: { welcome: ready } })
  const words = () => app.wrapper.get('section[aria-label="Words of the prompt"]')
  /** The pointer rests on it. */
  const look = async (key: string) => {
    vi.useFakeTimers()
    await app.wrapper.get(`[data-prompt="${key}"]`).trigger('pointerover')
    vi.runAllTimers()
    vi.useRealTimers()
    await nextTick()
  }
  return { ...app, words, look, started, stopped, state }
}

describe('the words of the prompt looked at', () => {
  it('stand below in the language that would be played, marked as such', async () => {
    const { words, look } = mountPanel()
    expect(words().text()).toContain('Point at a prompt')
    await look('welcome')
    expect(words().text()).toContain('Welcome · German')
    expect(words().get('[lang="de"]').text()).toBe(german.words)
    expect(words().find('mark').exists()).toBe(false)
  })

  it('are not those of a prompt that the pointer only passes', async () => {
    const { words, look, wrapper } = mountPanel()
    await look('welcome')
    vi.useFakeTimers()
    await wrapper.get('[data-prompt="terms"]').trigger('pointerover')
    await wrapper.get('.scroll').trigger('pointerleave')
    vi.runAllTimers()
    vi.useRealTimers()
    await nextTick()
    expect(words().text()).toContain('Welcome')
  })

  it('are those of the prompt that takes its place under the pointer, as with the next letter in the search', async () => {
    const { words, look, wrapper, snapshots } = mountPanel()
    await look('welcome')
    const row = wrapper.get('[data-prompt="welcome"]').element
    vi.useFakeTimers()
    snapshots.prompts.patch({ prompts: replaced(snapshots.prompts.value.prompts) })
    await nextTick()
    expect(row.getAttribute('data-prompt')).toBe('hours')
    await vi.advanceTimersByTimeAsync(200)
    vi.useRealTimers()
    expect(words().text()).toContain('Opening hours')
  })

  it('stay where the list changes when the pointer has left it', async () => {
    const { words, look, wrapper, snapshots } = mountPanel()
    await look('welcome')
    await wrapper.get('.scroll').trigger('pointerleave')
    const row = wrapper.get('[data-prompt="welcome"]').element
    vi.useFakeTimers()
    snapshots.prompts.patch({
      prompts: [...replaced(snapshots.prompts.value.prompts), prompt({ category: 'Z' })],
    })
    await nextTick()
    expect(row.getAttribute('data-prompt')).toBe('hours')
    await vi.advanceTimersByTimeAsync(200)
    vi.useRealTimers()
    expect(words().text()).toContain('Welcome')
  })

  it('are none where the prompt under the pointer is gone from the list', async () => {
    const { words, look, wrapper, snapshots } = mountPanel()
    snapshots.prompts.patch({ prompts: [prompt(), prompt({ key: 'hours', title: 'Opening hours' })] })
    await nextTick()
    await look('welcome')
    vi.useFakeTimers()
    await wrapper.get('#prompt-search').setValue('hours')
    expect(wrapper.find('[data-prompt="welcome"]').exists()).toBe(false)
    // What a browser does then: the pointer is over what lies behind.
    await wrapper.get('.scroll').trigger('pointerover')
    await vi.advanceTimersByTimeAsync(200)
    vi.useRealTimers()
    expect(words().text()).toContain('Point at a prompt')
  })

  it('are said to be missing where the catalogue has none', async () => {
    const { words, look } = mountPanel()
    await look('terms')
    expect(words().text()).toContain('The catalogue has no words for it.')
  })
})

describe('the words that are spoken', () => {
  it('have one sentence marked, and say that this is an estimate', async () => {
    const { words, snapshots } = mountPanel()
    const sent = sentPlayback({ state: 'playing', choice: choice(german) })
    snapshots.playback.patch({
      current: { ...sent, times: { ...sent.times, startedAtMs: Date.now() - 2_500 } },
    })
    await nextTick()
    expect(words().get('mark').text()).toBe('Schön, dass Sie anrufen.')
    expect(words().get('mark').attributes('aria-current')).toBe('true')
    expect(words().text()).toContain('an estimate')
  })
})

describe('the words to read aloud', () => {
  const failed = sentPlayback({ state: 'failed', failure: failure('carrier_failed'), choice: choice(german) })

  it('stay, whatever is looked at, until the agent puts them away', async () => {
    const { words, snapshots, look, wrapper } = mountPanel()
    snapshots.playback.patch({ current: failed })
    await look('terms')
    expect(words().get('blockquote').text()).toContain(german.words)
    const putAway = wrapper.findAll('button').find((button) => button.text() === 'Put away')
    await putAway?.trigger('click')
    expect(words().find('blockquote').exists()).toBe(false)
    expect(words().text()).toContain('Terms of sale')
  })

  it('come back with the next failure', async () => {
    const { words, snapshots, wrapper } = mountPanel()
    snapshots.playback.patch({ current: failed })
    await nextTick()
    await wrapper
      .findAll('button')
      .find((button) => button.text() === 'Put away')
      ?.trigger('click')
    snapshots.playback.patch({ current: { ...failed, id: 'playback-2' } })
    await nextTick()
    expect(words().find('blockquote').exists()).toBe(true)
  })
})

describe('the preview', () => {
  it('plays the very file that was checked, says who hears it, and is stopped by the same button', async () => {
    const { words, look, started, stopped } = mountPanel()
    await look('welcome')
    const button = words().get('[data-preview-state]')
    expect(button.attributes('aria-label')).toBe('Preview: only you hear it')
    await button.trigger('click')
    await vi.waitFor(() => expect(started).toHaveLength(1))
    expect(started).toEqual([{ promptKey: 'welcome', url: asset().url, sha256: asset().sha256 }])
    await vi.waitFor(() => expect(words().text()).toContain('Only you hear this'))
    expect(button.attributes('data-preview-state')).toBe('sounding')
    await button.trigger('click')
    await vi.waitFor(() => expect(stopped).toEqual(['stop']))
  })

  it('begins with Alt+P on a prompt, and with no other P', async () => {
    const { look, started, wrapper } = mountPanel()
    await look('welcome')
    await wrapper.get('#prompt-search').trigger('keydown', { key: 'p', code: 'KeyP', altKey: true })
    await wrapper.get('[data-prompt="welcome"]').trigger('keydown', { key: 'p', code: 'KeyP', ctrlKey: true })
    expect(started).toEqual([])
    await wrapper.get('[data-prompt="welcome"]').trigger('keydown', { key: 'π', code: 'KeyP', altKey: true })
    await vi.waitFor(() => expect(started).toHaveLength(1))
  })

  it('says why nothing is heard', async () => {
    const { words, look, state } = mountPanel()
    await look('welcome')
    await words().get('[data-preview-state]').trigger('click')
    await vi.waitFor(() => expect(words().text()).toContain('Only you hear this'))
    state.patch({ status: 'failed', problem: 'output-missing' })
    await nextTick()
    expect(words().get('[role="alert"]').text()).toContain('Your chosen headset is not connected')
  })

  it('says that its part did not arrive, and tries again on the next click', async () => {
    let asked = 0
    const lost = () => {
      asked += 1
      return Promise.reject(new TypeError('Failed to fetch dynamically imported module'))
    }
    const { wrapper, snapshots } = mountApp(undefined, [], {}, { provide: { [previewKey as symbol]: lost } })
    const ready = { status: 'ready', candidate: candidate(german), asset: asset() } as const
    snapshots.prompts.patch({ readiness: { welcome: ready } })
    snapshots.playback.patch({ current: sentPlayback({ state: 'completed', playedMs: 3_000 }) })
    await nextTick()
    const button = wrapper.get('[data-preview-state]')
    await button.trigger('click')
    await vi.waitFor(() => expect(wrapper.text()).toContain('This part of the panel did not arrive.'))
    await button.trigger('click')
    await vi.waitFor(() => expect(asked).toBe(2))
  })

  it('is not offered for a prompt of which there is no file', async () => {
    const { words, look } = mountPanel()
    await look('terms')
    expect(words().find('[data-preview-state]').exists()).toBe(false)
  })
})
