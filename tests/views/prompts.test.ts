// The list of prompts: where each stands, what its row says, what the search shows, and what stands there without prompts.
import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import type { Prompt } from '../../src/core/catalogue'
import { asset, candidate, interaction, prompt, recording } from '../support/factories'
import { mountApp } from '../support/panel'

enableAutoUnmount(afterEach)

const many = (count: number): Prompt[] =>
  Array.from({ length: count }, (_, i) => prompt({ key: `p${i}`, title: `Prompt ${i}`, category: 'All' }))

/** Each element is in sight as soon as it is there. */
class SeesAll {
  constructor(private readonly tell: (entries: { isIntersecting: boolean }[]) => void) {}
  observe(): void {
    this.tell([{ isIntersecting: true }])
  }
  disconnect(): void {}
}

/** Each row is seen, and time moves when the test says so. */
function lookAtAll(): void {
  vi.useFakeTimers()
  vi.stubGlobal('IntersectionObserver', SeesAll)
}
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

async function mountList(prompts: Prompt[]) {
  const app = mountApp()
  app.snapshots.prompts.patch({ prompts })
  await nextTick()
  const { wrapper } = app
  const titles = (within = '.prompts') => wrapper.findAll(`${within} .prompt .title`).map((t) => t.text())
  const search = async (text: string) => {
    await wrapper.get('#prompt-search').setValue(text)
  }
  const sections = () =>
    wrapper.findAll('.sections section').map((one) => ({
      name: one.get('h3').text(),
      titles: one.findAll('.title').map((title) => title.text()),
    }))
  return { ...app, titles, search, sections }
}

describe('the order', () => {
  it("is the agent's own pins, then what they played last, then by category", async () => {
    const { preferences, sections, wrapper } = await mountList(many(4))
    preferences.change({ pins: ['p2', 'p0'], recent: ['p2', 'p3'] })
    await nextTick()
    expect(sections()[0]).toEqual({ name: 'Pinned', titles: ['Prompt 2', 'Prompt 0'] })
    const shortcuts = wrapper.findAll('.prompt').map((one) => one.attributes('aria-keyshortcuts'))
    expect(shortcuts).toEqual(['1', '2', undefined, undefined])
  })

  it('does not change under the pointer when something is played, only with the next call', async () => {
    const { preferences, snapshots, titles } = await mountList(many(4))
    preferences.change({ recent: ['p3'] })
    await nextTick()
    expect(titles()).toEqual(['Prompt 0', 'Prompt 1', 'Prompt 2', 'Prompt 3'])
    snapshots.live.patch({ interaction: { ...interaction(), id: 'another-call' } })
    await nextTick()
    expect(titles()).toEqual(['Prompt 3', 'Prompt 0', 'Prompt 1', 'Prompt 2'])
  })
})

describe('a row', () => {
  const row = (app: Awaited<ReturnType<typeof mountList>>) => app.wrapper.get('.prompt')

  it('says in few words what it is instead, and in a whole sentence for those who hear it', async () => {
    const app = await mountList([prompt()])
    const reason = 'no Japanese recording: English instead'
    app.snapshots.prompts.patch({
      wish: { language: 'ja-JP', tier: 'standard', notes: [] },
      readiness: { welcome: { status: 'ready', candidate: candidate({ reason }), asset: asset() } },
    })
    await nextTick()
    expect(row(app).get('.reason').text()).toBe('English, not Japanese')
    expect(row(app).text()).toContain(reason)
  })

  it.each([
    [{ validUntil: '2020-01-31' }, 'Not valid any more, since Feb 1, 2020'],
    [{ validFrom: '2999-01-31' }, 'Not valid before Jan 31, 2999'],
  ])('of a prompt with %j looks so before anybody clicks it', async (of, words) => {
    const app = await mountList([prompt(of)])
    expect(row(app).get('.reason').text()).toBe(words)
    expect(row(app).classes()).toContain('lapsed')
  })

  it('takes the second click of a double click for no second wish', async () => {
    const app = await mountList([prompt()])
    await row(app).trigger('click', { detail: 1 })
    await row(app).trigger('click', { detail: 2 })
    expect(app.asked.played).toEqual(['welcome'])
  })
})

describe('the search', () => {
  it('marks what it found as text, whatever the title holds', async () => {
    const { wrapper, search } = await mountList([prompt({ title: '<b>Hold</b> notice' })])
    await search('hold')
    expect(wrapper.get('mark').text()).toBe('Hold')
    expect(wrapper.get('.title').text()).toBe('<b>Hold</b> notice')
    expect(wrapper.find('.title b').exists()).toBe(false)
  })

  it('shows where it was found in what is said, and says how many there are', async () => {
    const said = prompt({
      key: 'terms',
      title: 'Terms',
      recordings: [recording({ text: 'Please hold on.' })],
    })
    const { wrapper, search } = await mountList([said, prompt({ title: 'Hold notice' })])
    await search('hold')
    expect(wrapper.get('h3').text()).toBe('2 prompts found')
    expect(wrapper.findAll('.prompt').map((one) => one.find('.snippet').exists())).toEqual([false, true])
    expect(wrapper.get('.snippet').text()).toBe('Please hold on.')
    expect(wrapper.get('.snippet mark').text()).toBe('hold')
  })

  it('that finds nothing says what it looks at, and shows all again by one click', async () => {
    const { wrapper, search, text, titles } = await mountList(many(2))
    await search('zzz')
    expect(text()).toContain('The search looks at titles, keys, categories and what is said.')
    await wrapper.get('.card button').trigger('click')
    expect(titles()).toHaveLength(2)
  })

  it('makes ready what is in sight once the agent has stopped typing, and nothing that has left it', async () => {
    lookAtAll()
    const { search, asked } = await mountList(many(12))
    asked.prepared.length = 0
    await search('2')
    await search('1')
    await search('11')
    expect(asked.prepared).toEqual([])
    vi.advanceTimersByTime(180)
    expect(asked.prepared).toEqual(['p11'])
  })
})

describe('as somebody types', () => {
  it('makes ready first what Enter would play, the others once no further letter comes', async () => {
    lookAtAll()
    const { search, asked } = await mountList(many(200))
    asked.prepared.length = 0
    await search('18')
    vi.advanceTimersByTime(180)
    expect(asked.prepared).toEqual(['p18'])
    vi.advanceTimersByTime(120)
    const others = ['p118', ...Array.from({ length: 10 }, (_, i) => `p18${i}`)]
    expect(asked.prepared.slice(1)).toEqual(expect.arrayContaining(others))
  })

  it('writes what is found into the rows that are there, and makes it ready all the same', async () => {
    lookAtAll()
    const { search, asked, wrapper } = await mountList(many(200))
    const row = wrapper.get('li').element
    await search('198')
    expect(wrapper.get('li').element === row).toBe(true)
    expect(row.querySelector('.prompt')?.getAttribute('data-prompt')).toBe('p198')
    asked.prepared.length = 0
    await search('199')
    expect(wrapper.get('li').element === row).toBe(true)
    vi.advanceTimersByTime(180)
    expect(asked.prepared).toEqual(['p199'])
  })

  it('plays what was pressed or nothing, where a row becomes another prompt under the finger', async () => {
    const { wrapper, search, asked } = await mountList(many(200))
    const row = wrapper.get('.prompt')
    await row.trigger('pointerdown')
    await search('198')
    expect(row.attributes('data-prompt')).toBe('p198')
    await row.trigger('click', { detail: 1 })
    expect(asked.played).toEqual([])
    await row.trigger('pointerdown')
    await row.trigger('click', { detail: 1 })
    expect(asked.played).toEqual(['p198'])
  })

  it('leaves the row that has the focus to its prompt', async () => {
    const { wrapper, snapshots } = await mountList(many(3))
    const focused = wrapper.get<HTMLElement>('[data-prompt="p1"]')
    focused.element.focus()
    snapshots.prompts.patch({ prompts: [prompt({ key: 'new', title: 'New', category: 'All' }), ...many(3)] })
    await nextTick()
    expect(document.activeElement?.getAttribute('data-prompt')).toBe('p1')
    snapshots.prompts.patch({ prompts: [prompt({ key: 'new', title: 'New', category: 'All' })] })
    await nextTick()
    expect(document.activeElement?.getAttribute('data-prompt') ?? null).toBeNull()
  })
})

describe('of 10,000 prompts', () => {
  it('only those near the screen are drawn, each with its place among all', async () => {
    const { titles, wrapper } = await mountList(many(10_000))
    expect(titles().length).toBeLessThan(40)
    const first = wrapper.get('li')
    expect([first.attributes('aria-posinset'), first.attributes('aria-setsize')]).toEqual(['1', '10000'])
  })

  it('the last one is one key away', async () => {
    await mountList(many(10_000))
    vi.spyOn(Element.prototype, 'getBoundingClientRect').mockReturnValue(
      new DOMRect(0, -52 * 9_999 + 400, 320, 52 * 10_000),
    )
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'End', bubbles: true }))
    await expect.poll(() => document.activeElement?.querySelector('.title')?.textContent).toBe('Prompt 9999')
    vi.restoreAllMocks()
  })
})

describe('without prompts', () => {
  it('rows to come are drawn, of the height of rows', async () => {
    const { snapshots, wrapper } = await mountList([])
    snapshots.prompts.patch({ status: 'loading' })
    await nextTick()
    expect(wrapper.findAll('[aria-busy="true"] .row')).toHaveLength(6)
  })

  it('an empty catalogue says who can fill it', async () => {
    const { text } = await mountList([])
    expect(text()).toContain('The catalogue is empty. Your admin can fill it')
  })

  it('offline it says that they come by themselves, and they do', async () => {
    const online = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
    const { snapshots, asked, text } = await mountList([])
    snapshots.prompts.patch({ status: 'refused', problem: 'HTTP 502' })
    await nextTick()
    expect(text()).toContain('You are offline.')
    online.mockReturnValue(true)
    window.dispatchEvent(new Event('online'))
    expect(asked.loads).toBe(1)
    vi.restoreAllMocks()
  })
})

describe('changing the pins', () => {
  async function edit() {
    const app = await mountList(many(4))
    app.preferences.change({ pins: ['p0', 'p1'] })
    await nextTick()
    await app.wrapper.get('button[aria-label="Change the pins"]').trigger('click')
    await expect.poll(() => app.wrapper.find('.pins').exists()).toBe(true)
    const press = (name: string) => app.wrapper.get(`.pins button[aria-label="${name}"]`).trigger('click')
    const pins = () => app.preferences.snapshot.value.pins
    return { ...app, press, pins }
  }

  it('moves, unpins and pins, with the focus where the hand was', async () => {
    const { press, pins } = await edit()
    await press('Move Prompt 1 up')
    expect(pins()).toEqual(['p1', 'p0'])
    await expect.poll(() => document.activeElement?.getAttribute('aria-label')).toBe('Move Prompt 1 down')
    await press('Pin Prompt 3')
    expect(pins()).toEqual(['p1', 'p0', 'p3'])
    await press('Unpin Prompt 0')
    expect(pins()).toEqual(['p1', 'p3'])
  })

  it('can go back to the pins of the catalogue', async () => {
    const { wrapper, pins } = await edit()
    await wrapper.get('.pins .reset').trigger('click')
    expect(pins()).toBeNull()
  })

  it('plays nothing by the keys 1 to 9, and does again once it is done', async () => {
    const { wrapper, asked } = await edit()
    const press = (key: string) =>
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
    for (const key of '123456789') press(key)
    expect(asked.played).toEqual([])
    await wrapper.get('.pins .done').trigger('click')
    press('2')
    expect(asked.played).toEqual(['p1'])
  })

  it('plays nothing by Enter in the search, and ends with Escape where it began', async () => {
    const { wrapper, search, asked } = await edit()
    await search('prompt 3')
    await wrapper.get('#prompt-search').trigger('keydown', { key: 'Enter' })
    expect(asked.played).toEqual([])
    await wrapper.get('.pins').trigger('keydown', { key: 'Escape' })
    expect(wrapper.find('.pins').exists()).toBe(false)
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Change the pins')
  })
})
