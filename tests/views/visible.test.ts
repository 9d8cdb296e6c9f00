// What comes into view is made ready: the directive on the rows of the list.
import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { prompt } from '../support/factories'
import { mountApp } from '../support/panel'

enableAutoUnmount(afterEach)

/** Observers that see an element only when the test says so. */
class TestObserver {
  static all: TestObserver[] = []
  readonly elements = new Set<Element>()
  constructor(private readonly tell: (entries: { isIntersecting: boolean }[]) => void) {
    TestObserver.all.push(this)
  }
  observe(element: Element): void {
    this.elements.add(element)
  }
  disconnect(): void {
    this.elements.clear()
  }
  static show(title: string, isIntersecting = true): void {
    for (const observer of TestObserver.all)
      for (const element of observer.elements)
        if (element.textContent?.includes(title)) observer.tell([{ isIntersecting }])
  }
}

beforeEach(() => {
  TestObserver.all = []
  vi.stubGlobal('IntersectionObserver', TestObserver)
})
afterEach(() => vi.unstubAllGlobals())

describe('a prompt that comes into view', () => {
  it('is prepared, and no other', () => {
    const { asked } = mountApp()
    TestObserver.show('Terms of sale')
    expect(asked.prepared).toEqual(['terms'])
  })

  it('is not prepared when it only goes out of view', () => {
    const { asked } = mountApp()
    TestObserver.show('Welcome', false)
    expect(asked.prepared).toEqual([])
  })

  it('is prepared again when it comes back', () => {
    const { asked } = mountApp()
    TestObserver.show('Welcome')
    TestObserver.show('Welcome')
    expect(asked.prepared).toEqual(['welcome', 'welcome'])
  })

  it('is not watched any more once it is gone from the list', async () => {
    const { snapshots, wrapper } = mountApp()
    const watched = () => TestObserver.all.reduce((sum, { elements }) => sum + elements.size, 0)
    expect(watched()).toBe(2)
    snapshots.prompts.patch({ prompts: [prompt()] })
    await nextTick()
    expect(watched()).toBe(1)
    wrapper.unmount()
    expect(watched()).toBe(0)
  })
})
