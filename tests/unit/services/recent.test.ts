// Which prompts were played last: those that were sent, each once per playback.
import { expect, it } from 'vitest'
import type { Playback } from '../../../src/core/playback'
import { createPreferences } from '../../../src/services/preferences'
import { noteRecent } from '../../../src/services/recent'
import { createSnapshot } from '../../../src/services/snapshot'
import { keptStorageOf } from '../../support/desk-parts'
import { sentPlayback } from '../../support/factories'

function setUp() {
  const playback = createSnapshot<{ current: Playback | null }>({ current: null })
  const preferences = createPreferences(keptStorageOf(new Map()))
  const undo = noteRecent(playback, preferences)
  const play = (of: Partial<Playback>) => playback.set({ current: sentPlayback({ state: 'queued', ...of }) })
  return { playback, play, undo, preferences, recent: () => preferences.snapshot.value.recent }
}

it('notes each playback that was sent, the newest first, and no prompt twice', () => {
  const { play, recent } = setUp()
  play({ id: '1', promptKey: 'a' })
  play({ id: '2', promptKey: 'b' })
  play({ id: '3', promptKey: 'a', state: 'failed' })
  expect(recent()).toEqual(['a', 'b'])
})

it('notes a playback once, however often something is heard of it', () => {
  const { play, preferences, recent } = setUp()
  play({ id: '1', promptKey: 'a' })
  preferences.change({ recent: ['x'] })
  play({ id: '1', promptKey: 'a', state: 'playing' })
  expect(recent()).toEqual(['x'])
})

it('does not stand in the way of the request: it notes with the first word about it', () => {
  const { play, recent } = setUp()
  play({ id: '1', promptKey: 'a', state: 'requested' })
  expect(recent()).toEqual([])
  play({ id: '1', promptKey: 'a', state: 'queued' })
  expect(recent()).toEqual(['a'])
})

it('notes nothing that was not sent, and nothing once it is undone', () => {
  const { play, undo, recent } = setUp()
  const { times } = sentPlayback()
  play({ id: '1', promptKey: 'a', times: { ...times, requestedAtMs: null } })
  undo()
  play({ id: '2', promptKey: 'b' })
  expect(recent()).toEqual([])
})
