// The place of a panel: asked for early, and never written over before it was read.
import { expect, it } from 'vitest'
import type { Place } from '../../../src/core/place'
import { createPlaceKeeper } from '../../../src/services/place'
import { createTestLocks, createTestStorage } from '../../support/browser-ports'
import { settled } from '../../support/ports'
import { emptyQueue } from '../../../src/core/queue'

const now: Place = {
  interactionId: 'call-1',
  playback: null,
  played: ['welcome'],
  queue: emptyQueue,
  query: '',
  again: null,
}

it('keeps what lies there until it was given back, though its number is known before', async () => {
  const ports = { storage: createTestStorage(), locks: createTestLocks() }
  const before = createPlaceKeeper(ports, 'call-1', () => now)
  await before.load()
  before.save()
  before.dispose()
  const after = createPlaceKeeper(ports, 'call-1', () => ({ ...now, played: [] }))
  after.expect()
  await settled()
  after.save()
  expect(await after.load()).toMatchObject({ played: ['welcome'] })
})

it('has one number, however often it is asked for', async () => {
  const locks = createTestLocks()
  const place = createPlaceKeeper({ storage: createTestStorage(), locks }, 'call-1', () => now)
  place.expect()
  place.expect()
  await place.load()
  expect([...locks.held]).toEqual(['cueline.place.call-1'])
})
