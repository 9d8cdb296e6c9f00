// The truth on screen under faults: what waits, what is asked, what is not known yet, and what is not sent yet.
import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { nextTick } from 'vue'
import { failure } from '../../src/core/errors'
import { prompt, sentPlayback } from '../support/factories'
import { mountApp } from '../support/panel'

enableAutoUnmount(afterEach)

function mountPanel() {
  const app = mountApp()
  const section = (label: string) => app.wrapper.find(`section[aria-label="${label}"]`)
  const namesIn = (label: string) =>
    section(label)
      .findAll('button')
      .map((b) => b.attributes('aria-label') ?? b.text())
  const press = (name: string) => {
    const found = app.wrapper.findAll('button').find((b) => (b.attributes('aria-label') ?? b.text()) === name)
    if (!found) throw new Error(`no button is named ${name}`)
    return found.trigger('click')
  }
  return { ...app, section, namesIn, press }
}
const waiting = [
  { id: 'q-1', promptKey: 'terms', title: 'Terms of sale' },
  { id: 'q-2', promptKey: 'goodbye', title: 'Goodbye' },
]

describe('the queue', () => {
  it('is not there while nothing waits', () => {
    expect(mountPanel().section('Queue').exists()).toBe(false)
  })

  it('shows what waits in its order, with buttons that name the prompt', async () => {
    const { snapshots, section, namesIn } = mountPanel()
    snapshots.queue.set({ waiting, held: false })
    await nextTick()
    const titles = section('Queue')
      .findAll('li .title')
      .map((title) => title.text())
    expect(titles).toEqual(['Terms of sale', 'Goodbye'])
    expect(namesIn('Queue')).toEqual([
      'Clear',
      'Play Terms of sale earlier',
      'Play Terms of sale later',
      'Do not play Terms of sale',
      'Play Goodbye earlier',
      'Play Goodbye later',
      'Do not play Goodbye',
    ])
  })

  it('can be reordered, shortened and cleared', async () => {
    const { snapshots, press, asked } = mountPanel()
    snapshots.queue.set({ waiting, held: false })
    await nextTick()
    await press('Play Terms of sale later')
    await press('Play Goodbye earlier')
    await press('Do not play Goodbye')
    await press('Clear')
    expect(asked.queue).toEqual(['move q-1 1', 'move q-2 -1', 'remove q-2', 'clear'])
  })

  it('moves nothing beyond its ends', async () => {
    const { snapshots, press, asked } = mountPanel()
    snapshots.queue.set({ waiting, held: false })
    await nextTick()
    await press('Play Terms of sale earlier')
    await press('Play Goodbye later')
    expect(asked.queue).toEqual([])
  })

  it('says that it waits for the agent when it is held, and only then offers to go on', async () => {
    const { snapshots, namesIn, text, press, asked } = mountPanel()
    snapshots.queue.set({ waiting, held: false })
    await nextTick()
    expect(namesIn('Queue')).not.toContain('Go on')
    snapshots.queue.set({ waiting, held: true })
    await nextTick()
    expect(text()).toContain('Queue, waiting for you')
    await press('Go on')
    expect(asked.queue).toEqual(['go on'])
  })
})

describe('a question of the guard', () => {
  const obstacle = {
    action: 'ask',
    failure: failure('monitored'),
    sentence: 'Somebody is listening in.',
  } as const

  it('stands there with its reason and two answers, beside everything else', async () => {
    const { snapshots, text, press, asked, wrapper } = mountPanel()
    snapshots.playback.patch({ question: { obstacle, prompt: prompt() } })
    await nextTick()
    expect(text()).toContain('Play Welcome?')
    expect(text()).toContain('Somebody is listening in.')
    expect(wrapper.findAll('button.prompt').length).toBeGreaterThan(0)
    await press('Play anyway')
    await press('Do not play')
    expect(asked.answers).toEqual([true, false])
  })

  it('is gone with its answer', async () => {
    const { snapshots, text } = mountPanel()
    snapshots.playback.patch({ question: { obstacle, prompt: prompt() } })
    await nextTick()
    snapshots.playback.patch({ question: null })
    await nextTick()
    expect(text()).not.toContain('Play Welcome?')
  })
})

describe('a request that waits to be sent again', () => {
  it('counts the seconds down, in the state it really is in, and can be given up', async () => {
    const { snapshots, text, press, asked, wrapper } = mountPanel()
    const current = sentPlayback({
      resendAtMs: Date.now() + 7_500,
      failure: failure('rate_limited', 'HTTP 429'),
    })
    snapshots.playback.patch({ current })
    await nextTick()
    expect(text()).toMatch(/Sent again in [78] s\./)
    expect(wrapper.get('[role="status"]').attributes('data-playback-state')).toBe('requested')
    await press('Cancel')
    expect(asked.cancels).toBe(1)
  })

  it('is no countdown once it is over', async () => {
    const { snapshots, text } = mountPanel()
    snapshots.playback.patch({ current: sentPlayback({ resendAtMs: Date.now() + 7_500 }) })
    await nextTick()
    snapshots.playback.patch({ current: sentPlayback({ state: 'queued' }) })
    await nextTick()
    expect(text()).not.toContain('Sent again in')
  })
})

describe('an outcome that is not known', () => {
  const unknown = sentPlayback({ state: 'unknown', failure: failure('channel_lost') })

  it('is promised while the live connection is lost', async () => {
    const { snapshots, wrapper } = mountPanel()
    snapshots.playback.patch({ current: unknown })
    snapshots.channel.patch({ status: 'lost' })
    await nextTick()
    const status = wrapper.get('[role="status"]')
    expect(status.attributes('data-playback-state')).toBe('unknown')
    expect(status.text()).toContain('as soon as it is back')
  })

  it('is to be asked of the customer once the connection is there and still nothing is known', async () => {
    const { snapshots, wrapper } = mountPanel()
    snapshots.playback.patch({ current: unknown })
    await nextTick()
    expect(wrapper.get('[role="status"]').text()).toContain('Ask the customer what they heard')
  })
})

describe('another panel in this call', () => {
  it('that plays is named with its file', async () => {
    const { snapshots, text } = mountPanel()
    snapshots.playback.patch({ foreign: 'https://cdn.example/prompts/de/premium/terms.mp3' })
    await nextTick()
    expect(text()).toContain('Another panel plays de/premium/terms.mp3 in this call.')
  })
})

describe('a refusal', () => {
  it('names the missing scope and the reference for support, beside its sentence', async () => {
    const { snapshots, text } = mountPanel()
    const why = failure('not_permitted', 'missing: conversation:communication:view (reference corr-7)')
    snapshots.playback.patch({ current: sentPlayback({ state: 'rejected', failure: why }) })
    await nextTick()
    expect(text()).toContain('You are not allowed to play prompts here.')
    expect(text()).toContain('missing: conversation:communication:view (reference corr-7)')
  })
})

describe('records that wait', () => {
  it('are said, with the reason, and nothing is said while none waits', async () => {
    const { snapshots, text } = mountPanel()
    expect(text()).not.toContain('confirmation')
    snapshots.outbox.set({ waiting: 2, kept: false, problem: 'HTTP 503' })
    await nextTick()
    expect(text()).toContain("2 records wait for the platform's confirmation (HTTP 503).")
    expect(text()).toContain('leave this panel open')
  })
})

describe('the search', () => {
  it('is part of the place: what is typed is kept', async () => {
    const { wrapper, asked } = mountPanel()
    await wrapper.get('input[type="search"]').setValue('terms')
    expect(asked.query).toBe('terms')
  })
})
