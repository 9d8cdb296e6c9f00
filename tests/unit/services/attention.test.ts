// Drawing the agent back: only for what went wrong, and only while they could not see it.
import { describe, expect, it } from 'vitest'
import { failure } from '../../../src/core/errors'
import type { Playback, PlaybackState } from '../../../src/core/playback'
import { createAttention } from '../../../src/services/attention'
import { createSnapshot } from '../../../src/services/snapshot'
import { sentPlayback } from '../../support/factories'
import { createTestHost } from '../../support/browser-ports'

function setUp() {
  const host = createTestHost()
  const snapshot = createSnapshot<{ readonly current: Playback | null }>({ current: null })
  const screen = { visible: true }
  const undo = createAttention(host.host, snapshot, () => screen.visible)
  const become = (state: PlaybackState) =>
    snapshot.set({ current: sentPlayback({ state, failure: failure('carrier_failed') }) })
  // Whatever becomes of a playback of this page, its beginning was seen.
  become('preparing')
  return { ...host, snapshot, screen, undo, become }
}

describe('createAttention', () => {
  it.each<PlaybackState>(['failed', 'rejected', 'unknown'])(
    'shows a toast and counts when %s comes unseen',
    (state) => {
      const { become, blur, toasts, counts } = setUp()
      blur()
      become('requested')
      become(state)
      expect(counts).toEqual([1])
      expect(toasts).toHaveLength(1)
      expect(toasts[0]).toMatchObject({ kind: 'error' })
      expect(toasts[0]?.title).toMatch(/^Welcome: /)
      expect(toasts[0]?.message).toMatch(/\.$/)
    },
  )

  it('does so too while the panel is hidden, whoever has the focus', () => {
    const { become, screen, toasts } = setUp()
    screen.visible = false
    become('failed')
    expect(toasts).toHaveLength(1)
  })

  it('keeps quiet while the agent looks', () => {
    const { become, toasts, counts } = setUp()
    become('requested')
    become('failed')
    expect(toasts).toEqual([])
    expect(counts).toEqual([])
  })

  it.each<PlaybackState>(['completed', 'interrupted', 'stopped', 'playing'])(
    'keeps quiet about %s',
    (state) => {
      const { become, blur, toasts, counts } = setUp()
      blur()
      become('requested')
      become(state)
      expect([toasts, counts]).toEqual([[], []])
    },
  )

  it('says one thing once, though the snapshot is told again', () => {
    const { become, blur, toasts, counts } = setUp()
    blur()
    become('failed')
    become('failed')
    expect(toasts).toHaveLength(1)
    expect(counts).toEqual([1])
  })

  it('counts up until the agent is back, then clears the count once', () => {
    const { become, blur, focus, counts } = setUp()
    blur()
    become('failed')
    become('preparing')
    become('rejected')
    focus()
    focus()
    expect(counts).toEqual([1, 2, 0])
    become('preparing')
    become('failed')
    expect(counts).toEqual([1, 2, 0])
  })

  it('leaves no listener behind', () => {
    const { undo, become, screen, toasts, listeners } = setUp()
    undo()
    screen.visible = false
    become('failed')
    expect(listeners()).toBe(0)
    expect(toasts).toEqual([])
  })
})

describe('createSnapshot', () => {
  it('tells each listener of each change, and of nothing else, until it is undone', () => {
    const snapshot = createSnapshot({ a: 1, b: 1 })
    const seen: number[] = []
    const undo = snapshot.subscribe(({ a }) => seen.push(a))
    snapshot.patch({ a: 2 })
    const same = snapshot.value
    snapshot.set(same)
    undo()
    snapshot.patch({ a: 3 })
    expect(seen).toEqual([2])
    expect(snapshot.value).toEqual({ a: 3, b: 1 })
  })

  it('lets a listener leave while it is told', () => {
    const snapshot = createSnapshot({ a: 1 })
    const seen: string[] = []
    const undo = snapshot.subscribe(() => {
      seen.push('first')
      undo()
    })
    snapshot.subscribe(() => seen.push('second'))
    snapshot.patch({ a: 2 })
    snapshot.patch({ a: 3 })
    expect(seen).toEqual(['first', 'second', 'second'])
  })
})
