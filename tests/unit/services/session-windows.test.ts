// Several panels whose login runs in a window of its own: each asks for the click, and one click serves all.
import { expect, it } from 'vitest'
import { answered } from '../../../src/core/errors'
import { createSession } from '../../../src/services/session'
import { createSharing } from '../../../src/services/sharing'
import { busOf, createSharedBrowser, locksOf } from '../../support/browser-in-memory'
import { createTestKept, createTestStorage } from '../../support/browser-ports'
import { createTestAuth, createTestChance, createTestClock, settled } from '../../support/ports'

function openPanels(count: number) {
  const [browser, kept, clock] = [createSharedBrowser(), createTestKept(), createTestClock()]
  return Array.from({ length: count }, () => {
    const sharing = createSharing({ bus: busOf(browser), locks: locksOf(browser), kept, clock })
    return createSession(
      {
        auth: createTestAuth(answered({ userId: 'user-me', name: 'Ada', scopes: null })),
        storage: createTestStorage(),
        clock,
        chance: createTestChance(),
        usePopup: true,
        sharing,
        mayLeave: () => true,
        beforeLeaving: () => undefined,
      },
      '',
    )
  })
}

it('asks for the click at once in every panel: none waits for another that also only asks', async () => {
  const panels = openPanels(3)
  for (const panel of panels) void panel.start({ kind: 'none' })
  await settled()
  for (const { snapshot } of panels)
    expect(snapshot.value).toMatchObject({ status: 'signed-out', why: 'window-needed' })
})

it('signs all of them in by one window', async () => {
  const panels = openPanels(2)
  for (const panel of panels) void panel.start({ kind: 'none' })
  await settled()
  panels[0]?.signInByPopup()
  await settled()
  const state = { nonce: 'id-1', search: '', apart: true }
  await panels[0]?.start({ kind: 'token', token: 'secret', expiresInS: 3_600, state })
  await settled()
  expect(panels.map(({ snapshot }) => snapshot.value.status)).toEqual(['signed-in', 'signed-in'])
})
