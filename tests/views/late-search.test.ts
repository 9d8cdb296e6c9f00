// What is typed before the search's code is there: the field has it, the results come with the code, and nothing else is played.
import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { createLateParts } from '../../src/stores/late-parts'
import { partsKey, type PanelParts } from '../../src/stores/services'
import { interaction, prompt } from '../support/factories'
import { allParts, mountApp } from '../support/panel'
import { createHeld, createTestClock, settled } from '../support/ports'

enableAutoUnmount(afterEach)
afterEach(() => vi.useRealTimers())

const lack = 'The search did not arrive, so all prompts are shown.'

/** A list whose search is on its way: each loading is held until the test lets it arrive, or fail. */
function mountHeld(query = '') {
  const clock = createTestClock()
  /** Null: it did not arrive. */
  const loadings: ReturnType<typeof createHeld<PanelParts | null>>[] = []
  const late = createLateParts(async () => {
    const loading = createHeld<PanelParts | null>()
    loadings.push(loading)
    const parts = await loading.promise
    if (parts === null) throw new Error('no network')
    return parts
  }, clock)
  const app = mountApp(
    undefined,
    [],
    {},
    {
      provide: { [partsKey as symbol]: late },
      before({ prompts }, asked) {
        asked.query = query
        prompts.patch({
          prompts: [
            prompt({ pinned: true }),
            prompt({ key: 'terms', title: 'Terms of sale', category: 'Legal' }),
            prompt({ key: 'tariff', title: 'Tariff', category: 'Legal' }),
          ],
        })
      },
    },
  )
  const field = () => app.wrapper.get<HTMLInputElement>('#prompt-search')
  const press = (key: string) => field().trigger('keydown', { key })
  const titles = () => app.wrapper.findAll('.sections .title').map((title) => title.text())
  const arrive = async () => {
    loadings.at(-1)?.release(allParts)
    await settled()
  }
  const fail = async () => {
    loadings.at(-1)?.release(null)
    await settled()
  }
  return { ...app, clock, late, loadings, field, press, titles, arrive, fail }
}

describe('before the search is there', () => {
  it('nothing is asked for until somebody types; the list needs none of it', () => {
    const { loadings, titles } = mountHeld()
    expect(loadings).toHaveLength(0)
    expect(titles()).toEqual(['Welcome', 'Terms of sale', 'Tariff'])
  })

  it('the first key asks for it, once; the field keeps all keys and the results come with it', async () => {
    const { loadings, field, titles, arrive } = mountHeld()
    await field().setValue('t')
    await field().setValue('te')
    expect(loadings).toHaveLength(1)
    expect(titles()).toHaveLength(3)
    await arrive()
    expect(field().element.value).toBe('te')
    expect(titles()[0]).toBe('Terms of sale')
    expect(titles()).not.toContain('Tariff')
  })

  it('a query from before a reload asks for it at once', async () => {
    const { loadings, titles, arrive } = mountHeld('tariff')
    expect(loadings).toHaveLength(1)
    await arrive()
    expect(titles()).toEqual(['Tariff'])
  })

  it('Enter waits for the results and plays what it was pressed for, once', async () => {
    const { field, press, asked, arrive } = mountHeld()
    await field().setValue('tariff')
    await press('Enter')
    await press('Enter')
    expect(asked.played).toEqual([])
    await arrive()
    expect(asked.played).toEqual(['tariff'])
    expect(field().element.value).toBe('')
  })

  it('the arrow down waits too, and leads to what was found', async () => {
    const { field, press, arrive } = mountHeld()
    await field().setValue('tariff')
    await press('ArrowDown')
    await arrive()
    await expect.poll(() => document.activeElement?.querySelector('.title')?.textContent).toBe('Tariff')
  })

  it.each<[string, (app: ReturnType<typeof mountHeld>) => unknown]>([
    ['a further letter', ({ field }) => field().setValue('terms')],
    ['Escape', ({ press }) => press('Escape')],
    [
      'another call',
      ({ snapshots }) => snapshots.live.patch({ interaction: { ...interaction(), id: 'next' } }),
    ],
    ['five seconds', () => vi.setSystemTime(Date.now() + 5_000)],
    ['a loading that failed', async (app) => (await app.fail(), app.clock.advance(3_000))],
  ])('an Enter is not done any more after %s', async (_name, then) => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const app = mountHeld()
    await app.field().setValue('tariff')
    await app.press('Enter')
    await then(app)
    await nextTick()
    await app.arrive()
    expect(app.late.parts.value).not.toBeNull()
    expect(app.asked.played).toEqual([])
  })
})

describe('a search that does not arrive', () => {
  it('is said once somebody types, and is asked for again with the next key', async () => {
    const { field, loadings, text, fail, arrive, titles } = mountHeld()
    await field().setValue('t')
    await fail()
    expect(text()).toContain(lack)
    expect(titles()).toHaveLength(3)
    await field().setValue('ta')
    expect(loadings).toHaveLength(2)
    await arrive()
    expect(text()).not.toContain(lack)
    expect(titles()[0]).toBe('Tariff')
  })

  it('is asked for again by itself, and not said while nothing is typed', async () => {
    const { late, loadings, text, clock, fail } = mountHeld()
    late.ask()
    await fail()
    expect(text()).not.toContain(lack)
    await clock.advance(3_000)
    expect(loadings).toHaveLength(2)
  })

  it('leaves no second timer behind when a key has asked meanwhile', async () => {
    const { field, loadings, clock, fail } = mountHeld()
    await field().setValue('t')
    await fail()
    await field().setValue('te')
    await fail()
    await clock.advance(3_000)
    expect(loadings).toHaveLength(3)
  })
})
