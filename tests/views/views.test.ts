// The views of one panel: chosen by the launch or by a tab, loaded when first opened, and the panel's services untouched.
import { enableAutoUnmount, flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { h, type Component } from 'vue'
import type { ViewName } from '../../src/core/launch'
import { mountApp } from '../support/panel'

enableAutoUnmount(afterEach)

const team: Component = { render: () => h('p', 'everybody') }
const starting = { stage: 'starting' } as const
const running = { stage: 'running', embedded: true, hostProblem: null } as const

function open(view: ViewName, load: () => Promise<Component> = () => Promise.resolve(team)) {
  let loads = 0
  const views = {
    team: () => {
      loads += 1
      return load()
    },
  }
  const app = mountApp(running, [], { view, views })
  const tab = (word: string) => app.wrapper.findAll('nav button').find((button) => button.text() === word)!
  return { ...app, tab, loads: () => loads }
}

describe('the tabs', () => {
  it('are not there where there is only the panel', () => {
    expect(mountApp().wrapper.find('nav').exists()).toBe(false)
  })

  it('load a view when it is first opened, and tell which is shown', async () => {
    const { tab, loads, text, wrapper } = open('panel')
    expect(loads()).toBe(0)
    expect(tab('Panel').attributes('aria-current')).toBe('page')
    await tab('Team').trigger('click')
    await flushPromises()
    expect(loads()).toBe(1)
    expect(text()).toContain('everybody')
    expect(tab('Team').attributes('aria-current')).toBe('page')
    expect(wrapper.find('[data-playback-state]').exists()).toBe(false)
  })

  it('lead back to the panel as it goes on', async () => {
    const { tab, snapshots, wrapper, asked } = open('team')
    await flushPromises()
    snapshots.channel.patch({ status: 'lost' })
    await tab('Panel').trigger('click')
    expect(wrapper.text()).toContain('Live connection lost')
    expect(asked.signIns + asked.reads + asked.loads).toBe(0)
  })

  it('show a view that arrives late only while it is still wanted', async () => {
    let arrive = (_view: Component): void => undefined
    const late = new Promise<Component>((resolve) => (arrive = resolve))
    const { tab, wrapper, text } = open('panel', () => late)
    await tab('Team').trigger('click')
    expect(wrapper.find('[aria-busy="true"]').exists()).toBe(true)
    await tab('Panel').trigger('click')
    arrive(team)
    await flushPromises()
    expect(text()).not.toContain('everybody')
    expect(wrapper.find('[data-playback-state]').exists()).toBe(true)
  })

  it('say that a view did not arrive, and try again', async () => {
    let fails = true
    const { tab, text } = open('team', () =>
      fails ? Promise.reject(new Error('offline')) : Promise.resolve(team),
    )
    await flushPromises()
    expect(text()).toContain('This view could not be loaded')
    fails = false
    await tab('Team').trigger('click')
    await flushPromises()
    expect(text()).toContain('everybody')
  })
})

describe('the launch', () => {
  it('opens the view it asks for as soon as the start is through', async () => {
    const { wrapper, boot } = mountApp(starting, [], { view: 'team', views: { team: async () => team } })
    expect(wrapper.text()).not.toContain('everybody')
    boot.value = running
    await flushPromises()
    expect(wrapper.text()).toContain('everybody')
  })

  it('shows the panel where there is no such view', async () => {
    const { wrapper } = open('setup')
    await flushPromises()
    expect(wrapper.find('[data-playback-state]').exists()).toBe(true)
  })
})
