// Whether a panel will stay is known as soon as somebody is there to answer: its code is loaded then, and not where it leaves.
import { expect, it } from 'vitest'
import type { SharedGrant } from '../../../src/core/panels'
import { createSharing } from '../../../src/services/sharing'
import { busOf, createSharedBrowser, locksOf } from '../../support/browser-in-memory'
import { createTestKept } from '../../support/browser-ports'
import { createTestClock, settled } from '../../support/ports'

const grant: SharedGrant = {
  token: 'one',
  expiresAtMs: 3_600_000,
  identity: { userId: 'user-me', name: 'Ada', scopes: null },
}

it('is told where a panel is at the login or signed in, and not where this one goes itself', async () => {
  const browser = createSharedBrowser()
  const ports = { locks: locksOf(browser), kept: createTestKept(), clock: createTestClock(10_000) }
  const open = () => createSharing({ bus: busOf(browser), ...ports })
  let waits = 0
  const find = (sharing = open()) => sharing.find(() => void (waits += 1))

  const first = open()
  expect(await find(first)).toBeNull()
  expect(waits).toBe(0)

  const second = find()
  await settled()
  expect(waits).toBe(1)
  first.announce(grant)
  expect(await second).toEqual(grant)

  expect(await find()).toEqual(grant)
  expect(waits).toBe(2)
})

it('asks the browser once for all that decides it', async () => {
  const [browser, kept, clock] = [createSharedBrowser(), createTestKept(), createTestClock(10_000)]
  const { tryHold, isHeld, whenHeld } = locksOf(browser)
  const asked: string[] = []
  const note = (how: string) => (name: string) => asked.push(`${how} ${name}`)
  const locks = {
    whenHeld,
    tryHold: (name: string) => (note('holds')(name), tryHold(name)),
    isHeld: (name: string) => (note('sees')(name), isHeld(name)),
  }
  const finding = createSharing({ bus: busOf(browser), locks, kept, clock }).find()
  // Both before either is answered.
  expect(asked).toEqual(['holds cueline.signin', 'sees cueline.signed-in'])
  expect(await finding).toBeNull()
  expect(asked).toHaveLength(2)
})
