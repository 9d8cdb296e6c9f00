// What agents set for themselves is kept per user; a storage that keeps nothing is survived and said.
import { describe, expect, it } from 'vitest'
import type { KeptStorage } from '../../../src/core/ports'
import { createPreferences } from '../../../src/services/preferences'
import { keptStorageOf } from '../../support/desk-parts'

const refusing: KeptStorage = { entries: () => [], write: () => false, remove: () => undefined }

describe('createPreferences', () => {
  it('gives each user their own, and the look of the last one before anybody signed in', () => {
    const kept = new Map<string, string>()
    const first = createPreferences(keptStorageOf(kept))
    first.begin('ada')
    first.change({ theme: 'dark', pins: ['welcome'] })

    const next = createPreferences(keptStorageOf(kept))
    expect(next.snapshot.value).toMatchObject({ theme: 'dark', pins: null })
    next.begin('bob')
    expect(next.snapshot.value).toMatchObject({ theme: 'light', pins: null })
    next.begin('ada')
    expect(next.snapshot.value).toMatchObject({ theme: 'dark', pins: ['welcome'], kept: true })
  })

  it('does not undo what another panel of the desktop has changed since', () => {
    const kept = new Map<string, string>()
    const [one, two] = [createPreferences(keptStorageOf(kept)), createPreferences(keptStorageOf(kept))]
    one.begin('ada')
    two.begin('ada')
    one.change({ density: 'compact' })
    two.change({ previewVolume: 0.2 })
    expect(two.snapshot.value).toMatchObject({ density: 'compact', previewVolume: 0.2 })
  })

  it('holds for this panel where the browser keeps nothing, and says so', () => {
    const preferences = createPreferences(refusing)
    preferences.begin('ada')
    preferences.change({ theme: 'contrast' })
    expect(preferences.snapshot.value).toMatchObject({ theme: 'contrast', kept: false })
    preferences.change({ density: 'compact' })
    expect(preferences.snapshot.value).toMatchObject({ theme: 'contrast', density: 'compact' })
  })
})
