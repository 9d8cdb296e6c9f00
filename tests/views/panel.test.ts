// The one screen for the job: the call in words, the true state of the playback, the prompts as buttons.
import { enableAutoUnmount, type DOMWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { nextTick } from 'vue'
import { failure, failureCodes, sentenceFor } from '../../src/core/errors'
import { playbackStates, type Playback } from '../../src/core/playback'
import { asset, candidate, choice, interaction, prompt, refusal, sentPlayback } from '../support/factories'
import { mountApp } from '../support/panel'

enableAutoUnmount(afterEach)

/** The name by which assistive technology calls a button. */
function nameOf(button: DOMWrapper<Element>): string {
  const id = button.attributes('aria-labelledby')
  return (id === undefined ? button.text() : (document.getElementById(id)?.textContent ?? '')).trim()
}

function mountPanel() {
  const app = mountApp()
  const playback = async (current: Playback | null) => {
    app.snapshots.playback.patch({ current })
    await nextTick()
  }
  const buttons = () =>
    app.wrapper.findAll('button').filter((b) => b.attributes('aria-labelledby') !== undefined)
  const button = (name: string) => {
    const found = buttons().find((b) => nameOf(b) === name)
    if (!found) throw new Error(`no button is named ${name}`)
    return found
  }
  return { ...app, playback, buttons, button, status: () => app.wrapper.get('[role="status"]') }
}

describe('the call', () => {
  it('is shown with the customer, its state, language, tier and recording', async () => {
    const { snapshots, text } = mountPanel()
    snapshots.live.patch({ interaction: interaction({ name: 'Kim Customer', recording: 'active' }) })
    await nextTick()
    for (const part of ['Kim Customer', 'Connected', 'English · standard · recorded'])
      expect(text()).toContain(part)
  })

  it('is said not to be there, while the prompts stay in sight', async () => {
    const { snapshots, text, buttons } = mountPanel()
    snapshots.live.set({ status: 'no-call', interaction: null, conversation: null, refusal: null })
    await nextTick()
    expect(text()).toContain('No call')
    expect(text()).toContain('once a call is connected')
    expect(buttons()).toHaveLength(2)
  })

  it('that cannot be read shows why, the reference for support, and a way to try again', async () => {
    const { snapshots, wrapper, text, asked } = mountPanel()
    const refused = refusal({ message: 'You are not part of this call', correlationId: 'corr-7' })
    snapshots.live.set({ status: 'refused', interaction: null, conversation: null, refusal: refused })
    await nextTick()
    expect(text()).toContain('You are not part of this call. Reference corr-7.')
    await wrapper.get('header button').trigger('click')
    expect(asked.reads).toBe(1)
  })

  it('shows the notes on attributes, and that the live connection was lost', async () => {
    const { snapshots, text } = mountPanel()
    const note = "The customer's language is not readable: English is used."
    snapshots.prompts.patch({ wish: { language: 'en', tier: 'standard', notes: [note] } })
    snapshots.channel.patch({ status: 'lost' })
    await nextTick()
    expect(text()).toContain(note)
    expect(text()).toContain('Live connection lost: reconnecting.')
  })
})

describe('the state of the playback', () => {
  it('is idle in exactly one status element before the first click', () => {
    const { wrapper, status } = mountPanel()
    expect(wrapper.findAll('[role="status"]')).toHaveLength(1)
    expect(wrapper.findAll('[data-playback-state]')).toHaveLength(1)
    expect(status().attributes('data-playback-state')).toBe('idle')
  })

  it.each(playbackStates)('is %s for people and machines alike, in that one element', async (state) => {
    const { wrapper, playback, status } = mountPanel()
    const before = status().element
    await playback(sentPlayback({ state, playedMs: 1_000, failure: null }))
    expect(wrapper.findAll('[role="status"]')).toHaveLength(1)
    expect(status().element).toBe(before)
    expect(status().attributes('data-playback-state')).toBe(state)
    expect(status().text()).toContain('Welcome')
    expect(status().get('strong').text()).not.toBe('')
  })

  it.each(failureCodes)(
    'with %s shows the sentence for the agent, and the code only to machines',
    async (code) => {
      const { playback, status, text } = mountPanel()
      await playback(sentPlayback({ state: 'failed', failure: failure(code) }))
      expect(status().text()).toContain(sentenceFor(code, true))
      expect(status().attributes('data-failure-code')).toBe(code)
      expect(text()).not.toContain(code)
    },
  )

  it('shows the progress of a playing prompt as an estimate, and of no other', async () => {
    const { wrapper, playback, text } = mountPanel()
    const sent = sentPlayback({ state: 'playing' })
    await playback({ ...sent, times: { ...sent.times, startedAtMs: Date.now() } })
    expect(wrapper.get('[role="progressbar"]').attributes('aria-label')).toContain('estimated')
    expect(text()).toMatch(/\d\.\d s left \(estimated\)/)
    await playback(sentPlayback({ state: 'completed', playedMs: 3_000 }))
    expect(wrapper.find('[role="progressbar"]').exists()).toBe(false)
  })
})

describe('the words to read aloud', () => {
  const words = 'We record this call. <b>Do you agree?</b>'

  it.each(['failed', 'rejected'] as const)('stand there when the playback has %s', async (state) => {
    const { snapshots, playback, wrapper } = mountPanel()
    snapshots.prompts.patch({
      readiness: { welcome: { status: 'unplayable', failure: failure('asset_missing'), words } },
    })
    await playback(sentPlayback({ state, failure: failure('asset_missing'), choice: null }))
    expect(wrapper.get('blockquote').text()).toContain(words)
    expect(wrapper.find('blockquote b').exists()).toBe(false)
  })

  it('are those of the recording that was to be played', async () => {
    const { snapshots, playback, wrapper } = mountPanel()
    const ready = { status: 'ready', candidate: candidate(), asset: asset() } as const
    snapshots.prompts.patch({ readiness: { welcome: ready } })
    await playback(
      sentPlayback({
        state: 'failed',
        failure: failure('carrier_failed'),
        choice: choice({ words: 'Willkommen.' }),
      }),
    )
    expect(wrapper.get('blockquote').text()).toContain('Willkommen.')
  })

  it('do not stand there when the customer heard it', async () => {
    const { playback, wrapper } = mountPanel()
    await playback(sentPlayback({ state: 'completed', playedMs: 3_000 }))
    expect(wrapper.find('blockquote').exists()).toBe(false)
  })
})

describe('the prompts', () => {
  it('are buttons named by their titles, each named once', () => {
    const { buttons } = mountPanel()
    expect(buttons().map(nameOf)).toEqual(['Welcome', 'Terms of sale'])
  })

  it('play on a click', async () => {
    const { button, asked } = mountPanel()
    await button('Terms of sale').trigger('click')
    expect(asked.played).toEqual(['terms'])
  })

  it('say which file a click would play, and why it is not what was asked for', async () => {
    const { snapshots, button } = mountPanel()
    const reason = 'no French recording: English instead'
    const ready = { status: 'ready', candidate: candidate({ reason }), asset: asset() } as const
    snapshots.prompts.patch({ readiness: { welcome: ready } })
    await nextTick()
    const described = document.getElementById(button('Welcome').attributes('aria-describedby') ?? '')
    expect(described?.textContent).toContain('English · standard')
    expect(described?.textContent).toContain(reason)
  })

  it('keep their button when they cannot be played: a click tells why', async () => {
    const { snapshots, button } = mountPanel()
    snapshots.prompts.patch({
      readiness: { welcome: { status: 'unplayable', failure: failure('asset_corrupt'), words: null } },
    })
    await nextTick()
    expect(button('Welcome').attributes('disabled')).toBeUndefined()
    expect(button('Welcome').text()).toContain('Cannot be played')
  })

  it('carry a tick once they were played in this call', async () => {
    const { snapshots, button } = mountPanel()
    snapshots.playback.patch({ played: ['terms'] })
    await nextTick()
    expect(button('Terms of sale').text()).toContain('played')
    expect(button('Welcome').text()).not.toContain('played')
  })

  it('show a title as text, whatever it holds', async () => {
    const { snapshots, wrapper, button } = mountPanel()
    const title = '<img src=x onerror="alert(1)">'
    snapshots.prompts.patch({ prompts: [prompt({ title, category: '<script>alert(2)</script>' })] })
    await nextTick()
    expect(button(title).text()).toContain(title)
    expect(wrapper.find('img').exists()).toBe(false)
    expect(wrapper.find('script').exists()).toBe(false)
    expect(wrapper.text()).toContain('<script>alert(2)</script>')
  })

  it('are found by search, and by nothing they do not hold', async () => {
    const { wrapper, buttons, text } = mountPanel()
    const search = wrapper.get('input[type="search"]')
    await search.setValue('TERMS')
    expect(buttons().map(nameOf)).toEqual(['Terms of sale'])
    await search.setValue('zzz')
    expect(buttons()).toEqual([])
    expect(text()).toContain('No prompt matches.')
  })

  it('that cannot be loaded say why, with a way to try again', async () => {
    const { snapshots, wrapper, asked } = mountPanel()
    snapshots.prompts.patch({ status: 'refused', prompts: [], problem: 'HTTP 502' })
    await nextTick()
    const alert = wrapper.get('[role="alert"]')
    expect(alert.text()).toContain('HTTP 502')
    await alert.get('button').trigger('click')
    expect(asked.loads).toBe(1)
  })

  it('list what was left out of the catalogue, with place and reason', async () => {
    const { snapshots, text } = mountPanel()
    snapshots.prompts.patch({ gaps: [{ place: 'prompts.3.key', reason: 'is missing' }] })
    await nextTick()
    expect(text()).toContain('One entry of the catalogue has a fault')
    expect(text()).toContain('prompts.3.key is missing')
  })
})
