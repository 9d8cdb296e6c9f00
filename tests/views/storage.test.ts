// The browser's storage: what works, what is refused, and the frame's own name that stands in for it only then.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { keptStorage, tabStorage } from '../../src/adapters/storage'

/** As a browser does that blocks third-party data: touching the storage throws. */
function refuse(name: 'sessionStorage' | 'localStorage'): void {
  vi.spyOn(window, name, 'get').mockImplementation(() => {
    throw new DOMException('denied', 'SecurityError')
  })
}

beforeEach(() => {
  sessionStorage.clear()
  localStorage.clear()
  window.name = ''
})
afterEach(() => {
  vi.restoreAllMocks()
  window.name = ''
})

describe('tabStorage', () => {
  it('keeps notes in the tab, and leaves the name of the frame alone', () => {
    window.name = 'workspace-frame'
    expect(tabStorage.write('cueline.nonce.a', '1')).toBe(true)
    expect(tabStorage.read('cueline.nonce.a')).toBe('1')
    expect(sessionStorage.getItem('cueline.nonce.a')).toBe('1')
    tabStorage.remove('cueline.nonce.a')
    expect(tabStorage.read('cueline.nonce.a')).toBeNull()
    expect(window.name).toBe('workspace-frame')
  })

  it('takes nothing from a name that a foreign opener gave, where storage works', () => {
    window.name = 'cueline:cueline.nonce.evil=1'
    expect(tabStorage.read('cueline.nonce.evil')).toBeNull()
  })

  it('keeps notes in the name of the frame where storage is refused', () => {
    refuse('sessionStorage')
    expect(tabStorage.write('cueline.nonce.a', '1&b=ü')).toBe(true)
    expect(tabStorage.write('cueline.place.c', '{"x":"="}')).toBe(true)
    expect(tabStorage.read('cueline.nonce.a')).toBe('1&b=ü')
    expect(tabStorage.read('cueline.place.c')).toBe('{"x":"="}')
    tabStorage.remove('cueline.nonce.a')
    expect(tabStorage.read('cueline.nonce.a')).toBeNull()
    expect(tabStorage.read('cueline.place.c')).toBe('{"x":"="}')
    tabStorage.remove('cueline.place.c')
    expect(window.name).toBe('')
  })

  it('reads nothing from a name that is not its own', () => {
    refuse('sessionStorage')
    window.name = 'a=b'
    expect(tabStorage.read('a')).toBeNull()
  })

  it('does not hide what is not a refusal', () => {
    vi.spyOn(window, 'sessionStorage', 'get').mockImplementation(() => {
      throw new TypeError('a fault of ours')
    })
    expect(() => tabStorage.read('a')).toThrow('a fault of ours')
  })
})

describe('keptStorage', () => {
  it('keeps what outlives the panel, and gives back only what begins as asked', () => {
    localStorage.setItem('theme', 'dark')
    expect(keptStorage.write('cueline.outbox.1', 'one')).toBe(true)
    expect(keptStorage.write('cueline.outbox.2', 'two')).toBe(true)
    expect(Object.fromEntries(keptStorage.entries('cueline.outbox.'))).toEqual({
      'cueline.outbox.1': 'one',
      'cueline.outbox.2': 'two',
    })
    keptStorage.remove('cueline.outbox.1')
    expect(keptStorage.entries('cueline.outbox.')).toEqual([['cueline.outbox.2', 'two']])
    expect(localStorage.getItem('theme')).toBe('dark')
  })

  it('takes nothing from a foreign name, where storage works', () => {
    window.name = 'cueline:cueline.outbox.evil=1'
    expect(keptStorage.entries('cueline.outbox.')).toEqual([])
  })

  it('says that nothing outlives the panel where storage is refused, and keeps it through a reload at least', () => {
    refuse('localStorage')
    expect(keptStorage.write('cueline.outbox.1', 'one')).toBe(false)
    expect(keptStorage.entries('cueline.outbox.')).toEqual([['cueline.outbox.1', 'one']])
    keptStorage.remove('cueline.outbox.1')
    expect(keptStorage.entries('cueline.outbox.')).toEqual([])
  })
})
