// Playing, searching and moving by keys: only with the focus, and never while somebody types.
import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { nextTick } from 'vue'
import { prompt, sentPlayback } from '../support/factories'
import { mountApp } from '../support/panel'

enableAutoUnmount(afterEach)

function press(key: string, of: KeyboardEventInit & { on?: Element } = {}): KeyboardEvent {
  const { on = document.body, ...rest } = of
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...rest })
  on.dispatchEvent(event)
  return event
}

async function mountWithPinned(count: number, capabilities = {}) {
  const app = mountApp(undefined, [], {}, { capabilities })
  const prompts = Array.from({ length: count }, (_, i) =>
    prompt({ key: `p${i + 1}`, title: `Prompt ${i + 1}`, pinned: true }),
  )
  app.snapshots.prompts.patch({ prompts })
  await nextTick()
  return app
}
const search = () => {
  const field = document.querySelector<HTMLInputElement>('#prompt-search')
  if (!field) throw new Error('there is no search')
  return field
}
const focusedTitle = () => document.activeElement?.querySelector('.title')?.textContent ?? null

describe('the keys 1 to 9', () => {
  it('play the pinned prompts in their order', async () => {
    const { asked } = await mountWithPinned(3)
    expect(press('2').defaultPrevented).toBe(true)
    press('1')
    expect(asked.played).toEqual(['p2', 'p1'])
  })

  it('are shown on their buttons, on nine of them at most', async () => {
    const { wrapper } = await mountWithPinned(11)
    const keys = wrapper.findAll('button.prompt').map((b) => b.attributes('aria-keyshortcuts'))
    expect(keys.filter((key) => key !== undefined)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9'])
  })

  it('do nothing without a prompt, with another key held, or while held down', async () => {
    const { asked } = await mountWithPinned(1)
    press('5')
    press('0')
    press('1', { ctrlKey: true })
    press('1', { metaKey: true })
    press('1', { altKey: true })
    press('1', { repeat: true })
    expect(asked.played).toEqual([])
  })

  it('are also the keys with the digits on them where a digit takes Shift, as on French keyboards', async () => {
    const { asked } = await mountWithPinned(2)
    press('é', { code: 'Digit2' })
    press('2', { code: 'Digit2', shiftKey: true })
    press('@', { code: 'Digit2', shiftKey: true })
    expect(asked.played).toEqual(['p2', 'p2'])
  })

  it('stop what they started where that is possible, and never play it a second time meanwhile', async () => {
    const { asked, snapshots } = await mountWithPinned(2)
    snapshots.playback.patch({ current: sentPlayback({ promptKey: 'p1', state: 'playing' }) })
    await nextTick()
    press('1')
    expect(asked).toMatchObject({ played: [], stops: 0 })
    press('2')
    expect(asked.played).toEqual(['p2'])
  })

  it('stop by the same key, with a backend that can', async () => {
    const { asked, snapshots } = await mountWithPinned(2, { stop: true })
    snapshots.playback.patch({ current: sentPlayback({ promptKey: 'p1', state: 'playing' }) })
    await nextTick()
    press('1')
    expect(asked).toMatchObject({ played: [], stops: 1 })
  })

  it('are letters while somebody types', async () => {
    const { asked } = await mountWithPinned(1)
    expect(press('1', { on: search() }).defaultPrevented).toBe(false)
    expect(asked.played).toEqual([])
  })

  it('do nothing once the panel is gone', async () => {
    const { wrapper, asked } = await mountWithPinned(1)
    wrapper.unmount()
    press('1')
    expect(asked.played).toEqual([])
  })
})

describe('the search', () => {
  it('is reached by /, which is then not typed', async () => {
    await mountWithPinned(1)
    expect(press('/').defaultPrevented).toBe(true)
    expect(document.activeElement).toBe(search())
    expect(press('/', { on: search() }).defaultPrevented).toBe(false)
  })

  it('is cleared by Escape', async () => {
    const { wrapper } = await mountWithPinned(2)
    await wrapper.get('#prompt-search').setValue('Prompt 2')
    expect(wrapper.findAll('button.prompt')).toHaveLength(1)
    press('Escape', { on: search() })
    await nextTick()
    expect(search().value).toBe('')
    expect(wrapper.findAll('button.prompt')).toHaveLength(2)
  })

  it('starts with a letter that is typed anywhere in the panel: the letter itself goes into the field', async () => {
    const { wrapper } = await mountWithPinned(2)
    await wrapper.get('#prompt-search').setValue('old')
    expect(press('w').defaultPrevented).toBe(false)
    expect(document.activeElement).toBe(search())
    // All of it is chosen: the letter takes its place.
    expect([search().selectionStart, search().selectionEnd]).toEqual([0, 3])
  })

  it.each([
    ['a space', ' ', {}],
    ['a letter with Ctrl', 'w', { ctrlKey: true }],
    ['a key that types nothing', 'F2', {}],
    ['a part of a letter that is still being composed', 'k', { isComposing: true }],
  ])('does not start with %s', async (_, key, of) => {
    await mountWithPinned(1)
    press(key, of)
    expect(document.activeElement).toBe(document.body)
  })

  it('goes on with Backspace, from wherever the agent is', async () => {
    await mountWithPinned(1)
    expect(press('Backspace').defaultPrevented).toBe(false)
    expect(document.activeElement).toBe(search())
  })

  it("is over with Enter: it is empty, and the keys are the panel's again", async () => {
    const { wrapper, asked } = await mountWithPinned(2)
    search().focus()
    await wrapper.get('#prompt-search').setValue('prompt 2')
    await wrapper.get('#prompt-search').trigger('keydown', { key: 'Enter' })
    expect(search().value).toBe('')
    expect(document.activeElement).not.toBe(search())
    press('1')
    expect(asked.played).toEqual(['p2', 'p1'])
  })

  it.each([{ isComposing: true }, { repeat: true }])('plays nothing by an Enter that is %j', async (of) => {
    const { wrapper, asked } = await mountWithPinned(2)
    await wrapper.get('#prompt-search').setValue('prompt 2')
    press('Enter', { on: search(), ...of })
    expect(asked.played).toEqual([])
  })

  it('plays what stands first on Enter, but nothing where nothing was typed or found', async () => {
    const { wrapper, asked } = await mountWithPinned(2)
    const field = wrapper.get('#prompt-search')
    await field.trigger('keydown', { key: 'Enter' })
    await field.setValue('zzz')
    await field.trigger('keydown', { key: 'Enter' })
    expect(asked.played).toEqual([])
    await field.setValue('prompt 2')
    await field.trigger('keydown', { key: 'Enter' })
    expect(asked.played).toEqual(['p2'])
  })
})

describe('the arrows', () => {
  it('go from prompt to prompt, and stay at the ends', async () => {
    await mountWithPinned(3)
    const titles = ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowUp'].map((key) => {
      press(key)
      return focusedTitle()
    })
    expect(titles).toEqual(['Prompt 1', 'Prompt 2', 'Prompt 3', 'Prompt 3', 'Prompt 2'])
  })

  it('go to the last one and to the first by End and Home', async () => {
    await mountWithPinned(3)
    press('End')
    expect(focusedTitle()).toBe('Prompt 3')
    press('Home')
    expect(focusedTitle()).toBe('Prompt 1')
  })

  it('make the list one stop of the tab key: the prompt that was last on', async () => {
    const { wrapper } = await mountWithPinned(3)
    const stops = () => wrapper.findAll('button.prompt[tabindex="0"]').map((b) => b.get('.title').text())
    expect(stops()).toEqual(['Prompt 1'])
    press('ArrowDown')
    press('ArrowDown')
    await nextTick()
    expect(stops()).toEqual(['Prompt 2'])
  })

  it('lead from the search to the first prompt', async () => {
    const { wrapper } = await mountWithPinned(2)
    search().focus()
    await wrapper.get('#prompt-search').trigger('keydown', { key: 'ArrowDown' })
    expect(focusedTitle()).toBe('Prompt 1')
  })
})

describe('Escape', () => {
  async function playing() {
    const app = await mountWithPinned(2, { stop: true })
    app.snapshots.playback.patch({ current: sentPlayback({ promptKey: 'p1', state: 'playing' }) })
    await nextTick()
    return app
  }

  it('stops what plays', async () => {
    const { asked } = await playing()
    press('Escape')
    expect(asked.stops).toBe(1)
  })

  it('clears the search first, and stops only when it is pressed again', async () => {
    const { wrapper, asked } = await playing()
    search().focus()
    await wrapper.get('#prompt-search').setValue('prompt')
    press('Escape', { on: search() })
    press('Escape', { on: search(), repeat: true })
    await nextTick()
    expect(search().value).toBe('')
    expect(asked.stops).toBe(0)
    press('Escape')
    expect(asked.stops).toBe(1)
  })

  it('leaves the search, so that the digits play again', async () => {
    const { asked } = await mountWithPinned(1)
    search().focus()
    press('Escape', { on: search() })
    expect(document.activeElement).not.toBe(search())
    press('1')
    expect(asked.played).toEqual(['p1'])
  })
})

describe('the keys on request', () => {
  it('are shown by ?, keep all keys to themselves, and give the focus back', async () => {
    const { wrapper, asked } = await mountWithPinned(2)
    press('ArrowDown')
    press('?')
    await expect.poll(() => wrapper.find('dialog').exists()).toBe(true)
    const sheet = wrapper.get('dialog')
    expect(sheet.text()).toContain('Play the pinned prompt with this number')
    expect(sheet.text()).not.toContain('stop')
    press('1', { on: sheet.element })
    press('Escape', { on: sheet.element })
    expect(asked).toMatchObject({ played: [], stops: 0 })
    await sheet.get('button[aria-label="Close"]').trigger('click')
    await expect.poll(() => wrapper.find('dialog').exists()).toBe(false)
    await expect.poll(focusedTitle).toBe('Prompt 1')
  })

  it('name stopping only where it is possible', async () => {
    const { wrapper } = await mountWithPinned(1, { stop: true })
    await wrapper.get('button[aria-label="Show the keys"]').trigger('click')
    await expect.poll(() => wrapper.find('dialog').exists()).toBe(true)
    expect(wrapper.get('dialog').text()).toContain('The same key again stops it')
  })
})
