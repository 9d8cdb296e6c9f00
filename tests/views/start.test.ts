// The start of the panel in every way it can go: there is always something on screen, and always a way on.
import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { nextTick } from 'vue'
import { mountApp } from '../support/panel'

enableAutoUnmount(afterEach)

const me = { userId: 'user-me', name: 'Ada', scopes: null }

describe('while it starts', () => {
  it('shows its outline, says so to assistive technology, and no status yet', () => {
    const { wrapper, text } = mountApp({ stage: 'starting' })
    expect(wrapper.find('[aria-busy="true"]').exists()).toBe(true)
    expect(text()).toContain('Cueline is starting.')
    expect(wrapper.findAll('[role="status"]')).toHaveLength(0)
  })

  it.each(['starting', 'leaving'] as const)('keeps its outline while the session is %s', async (status) => {
    const { wrapper, snapshots } = mountApp()
    snapshots.session.set({ status })
    await nextTick()
    expect(wrapper.find('[aria-busy="true"]').exists()).toBe(true)
    expect(wrapper.findAll('button')).toHaveLength(0)
  })

  it('draws the panel behind its outline once there is a token: nobody can reach it, and its keys do nothing', async () => {
    const { wrapper, snapshots, asked } = mountApp()
    const call = snapshots.live.value
    snapshots.session.set({ status: 'identifying' })
    snapshots.live.set({ status: 'loading', interaction: null, conversation: null, refusal: null })
    await nextTick()
    expect(wrapper.find('[aria-busy="true"]').exists()).toBe(true)
    const ahead = wrapper.find('.panel')
    expect(ahead.attributes()).toHaveProperty('inert')
    expect(ahead.classes()).toContain('ahead')
    document.dispatchEvent(new KeyboardEvent('keydown', { key: '1' }))
    expect(asked.played).toEqual([])

    snapshots.session.set({ status: 'signed-in', identity: me, renewalDue: false })
    snapshots.live.set(call)
    await nextTick()
    expect(wrapper.find('[aria-busy="true"]').exists()).toBe(false)
    expect(wrapper.find('.panel').element).toBe(ahead.element)
    expect(ahead.attributes()).not.toHaveProperty('inert')
    expect(ahead.classes()).not.toContain('ahead')
    document.dispatchEvent(new KeyboardEvent('keydown', { key: '1' }))
    expect(asked.played).toEqual(['welcome'])
  })

  it('shows what was typed before a reload, though it comes back after the panel was drawn behind its outline', async () => {
    const { wrapper, snapshots, asked } = mountApp()
    snapshots.session.set({ status: 'identifying' })
    await nextTick()
    asked.query = 'Terms'
    snapshots.session.set({ status: 'signed-in', identity: me, renewalDue: false })
    await nextTick()
    expect(wrapper.find<HTMLInputElement>('#prompt-search').element.value).toBe('Terms')
  })

  it('keeps its outline until the call was read', async () => {
    const { wrapper, snapshots } = mountApp()
    snapshots.live.set({ status: 'loading', interaction: null, conversation: null, refusal: null })
    await nextTick()
    expect(wrapper.find('[aria-busy="true"]').exists()).toBe(true)
  })
})

describe('a start that went wrong', () => {
  it('lists each complaint of the configuration with its field, value and rule', () => {
    const complaints = [
      { field: 'cdn.base', value: '"ftp://x"', rule: 'must be an https URL' },
      { field: 'oauth', value: 'nothing', rule: 'is required' },
    ]
    const { wrapper } = mountApp({ stage: 'misconfigured', complaints })
    const lines = wrapper.findAll('li').map((line) => line.text().replace(/\s+/g, ' '))
    expect(lines).toEqual([
      'cdn.base is "ftp://x": it must be an https URL.',
      'oauth is nothing: it is required.',
    ])
    expect(wrapper.find('[role="alert"]').text()).toContain('config.json')
  })

  it('says what failed and what to do', () => {
    const { wrapper } = mountApp({ stage: 'failed', detail: 'config.json cannot be read (HTTP 404)' })
    expect(wrapper.find('[role="alert"]').text()).toContain('config.json cannot be read (HTTP 404). Reload')
  })

  it('gives way to the panel when the start went on', async () => {
    const { wrapper, boot } = mountApp({ stage: 'starting' })
    boot.value = { stage: 'running', embedded: true, hostProblem: null }
    await nextTick()
    expect(wrapper.findAll('[role="status"]')).toHaveLength(1)
  })
})

describe('signed out', () => {
  it('says why, and offers the way back', async () => {
    const { wrapper, snapshots, asked } = mountApp()
    snapshots.session.set({ status: 'signed-out', why: 'not-allowed', detail: 'conversations' })
    await nextTick()
    const notice = wrapper.find('[role="alert"]')
    expect(notice.text()).toContain('You may not use Cueline yet')
    expect(notice.text()).toContain('(conversations)')
    await notice.find('button').trigger('click')
    expect(asked.signIns).toBe(1)
  })

  it('shows a detail from outside as text', async () => {
    const { wrapper, snapshots } = mountApp()
    snapshots.session.set({ status: 'signed-out', why: 'denied', detail: '<img src=x onerror=alert(1)>' })
    await nextTick()
    expect(wrapper.find('img').exists()).toBe(false)
    expect(wrapper.text()).toContain('<img src=x')
  })
})

describe('outside the agent desktop', () => {
  it('says so, or why the desktop was not recognised, or what the address lacks', () => {
    const outside = { stage: 'running', embedded: false, hostProblem: null } as const
    expect(mountApp(outside).text()).toContain('Running outside the agent desktop')
    expect(mountApp({ ...outside, hostProblem: 'unknown environment' }).text()).toContain(
      'unknown environment',
    )
    expect(mountApp(outside, ['gcConversationId']).text()).toContain(
      'The launch address lacks gcConversationId',
    )
    expect(mountApp().text()).not.toContain('outside')
  })
})
