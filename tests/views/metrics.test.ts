// The numbers on screen: pictures with their numbers beside them, by keyboard, as a table, and nothing where nothing was measured.
import { enableAutoUnmount, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, describe, expect, it } from 'vitest'
import { nextTick } from 'vue'
import { createMetrics, observe } from '../../src/core/metrics'
import { reportOf } from '../../src/core/metrics-report'
import type { Observation } from '../../src/core/observation'
import type { MetricsState } from '../../src/services/metrics'
import { createSnapshot } from '../../src/services/snapshot'
import { metricsKey } from '../../src/stores/metrics'
import MetricsView from '../../src/views/MetricsView.vue'
import { observation as observed } from '../support/observations'

enableAutoUnmount(afterEach)

const nowMs = 1_800_000_120_000

const observation = (of: Partial<Observation> = {}): Observation =>
  observed({ language: 'de', format: 'opus', codec: 'opus', ...of })

function open(all: Partial<Observation>[], state: Partial<MetricsState> = {}) {
  const metrics = createMetrics()
  for (const of of all) observe(metrics, { id: 'p', give: observation(of) })
  const asked = { watches: 0, ends: 0, forgets: 0 }
  const snapshot = createSnapshot<MetricsState>({
    report: reportOf(metrics, nowMs),
    delivery: null,
    ...state,
  })
  const wrapper = mount(MetricsView, {
    attachTo: document.body,
    global: {
      plugins: [createPinia()],
      provide: {
        [metricsKey as symbol]: {
          snapshot,
          watch() {
            asked.watches += 1
            return () => void (asked.ends += 1)
          },
          forget: () => Promise.resolve(void (asked.forgets += 1)),
        },
      },
    },
  })
  const button = (text: string) => wrapper.findAll('button').find((one) => one.text() === text)!
  return { wrapper, asked, snapshot, button, text: () => wrapper.text().replace(/\s+/g, ' ') }
}

const failed = { outcome: 'failed', code: 'carrier_failed' } as const

describe('the numbers', () => {
  it('are looked after only while they are shown', () => {
    const { wrapper, asked } = open([{}])
    expect(asked).toMatchObject({ watches: 1, ends: 0 })
    wrapper.unmount()
    expect(asked.ends).toBe(1)
  })

  it('say what will be here where nothing was played', () => {
    const { text, wrapper } = open([])
    expect(text()).toContain('No playback yet')
    expect(wrapper.findAll('svg[aria-hidden]')).toHaveLength(1)
  })

  it('show the first sound, the outcomes with word and share, and the failures in the words of the agent', () => {
    const { text } = open([{}, {}, {}, failed])
    expect(text()).toMatch(/Half hear the first sound within(19|20)\d ms/)
    expect(text()).toMatch(/Completed ?3 ?75 %/)
    expect(text()).toMatch(/Failed ?1 ?25 %/)
    expect(text()).toMatch(/The platform could not play the prompt ?1 ?25 %/)
    expect(text()).toContain('Few so far: of 4 measured')
  })

  it('tell each step on focus, in words that need no picture', () => {
    const { wrapper } = open([{}])
    const row = wrapper.find('li[tabindex="0"]')
    expect(row.attributes('aria-label')).toMatch(/^Click to first sound, p50 (19|20)\d ms, p95 .* of 1$/)
  })

  it('read the course of time by the arrow keys, each point with its numbers', async () => {
    const { wrapper } = open([{}, { ...failed, atMs: nowMs - 600_000 }])
    const chart = wrapper.find('.chart')
    await chart.trigger('focus')
    expect(wrapper.find('.reading').text()).toContain('1 completed')
    await chart.trigger('keydown', { key: 'ArrowLeft' })
    expect(wrapper.find('.reading').text()).toContain('nothing played')
    await chart.trigger('keydown', { key: 'ArrowLeft' })
    expect(wrapper.find('.reading').text()).toContain('1 failed')
    await chart.trigger('keydown', { key: 'Home' })
    expect(wrapper.find('.reading').text()).toContain('nothing played')
  })

  it('are there as tables too, and say how they were measured', () => {
    const { wrapper, text } = open([{}, failed])
    const captions = wrapper.findAll('table').map((table) => table.attributes('aria-label'))
    expect(captions).toEqual([
      'How they ended',
      'What went wrong',
      'How long it took',
      'Over time',
      'By prompt',
    ])
    expect(text()).toContain('histograms with buckets 2 % wide')
  })

  it('are compared by whatever is chosen', async () => {
    const { wrapper, text } = open([{}, { codec: 'pcmu', language: 'fr' }])
    await wrapper.find('input[value="language"]').setValue(true)
    expect(text()).toContain('German')
    expect(text()).toContain('French')
    await wrapper.find('input[value="codec"]').setValue(true)
    expect(wrapper.findAll('li[tabindex="0"]').some((row) => row.text().startsWith('pcmu'))).toBe(true)
  })

  it('say that a collector is away, and that nothing is lost by it', async () => {
    const { text, snapshot } = open([{}])
    expect(text()).not.toContain('Collector')
    snapshot.patch({ delivery: { sent: 4, dropped: 2, problem: 'Failed to fetch' } })
    await nextTick()
    expect(text()).toContain('4 sent, 2 dropped')
    expect(text()).toContain('nothing is missing once one arrives')
  })

  it('are forgotten only after a question', async () => {
    const { button, asked } = open([{}])
    await button('Begin anew').trigger('click')
    expect(asked.forgets).toBe(0)
    await button('Keep them').trigger('click')
    await button('Begin anew').trigger('click')
    await button('Forget them').trigger('click')
    expect(asked.forgets).toBe(1)
  })
})
