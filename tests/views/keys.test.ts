// Playing, searching and moving by keys: only with the focus, and never while somebody types.
import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { nextTick } from 'vue'
import { prompt } from '../support/factories'
import { mountApp } from '../support/panel'

enableAutoUnmount(afterEach)

function press(key: string, of: KeyboardEventInit & { on?: Element } = {}): KeyboardEvent {
  const { on = document.body, ...rest } = of
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...rest })
  on.dispatchEvent(event)
  return event
}

async function mountWithPinned(count: number) {
  const app = mountApp()
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

  it('lead from the search to the first prompt', async () => {
    const { wrapper } = await mountWithPinned(2)
    search().focus()
    await wrapper.get('#prompt-search').trigger('keydown', { key: 'ArrowDown' })
    expect(focusedTitle()).toBe('Prompt 1')
  })
})
