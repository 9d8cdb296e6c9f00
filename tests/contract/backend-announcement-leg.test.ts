// What only the announcement leg has to bear: whose leg it is, who ends it, and what a stop really stopped.
import { expect, it } from 'vitest'
import { announcementLeg, change, openCase, type Case } from '../support/backend-desk'

const address = 'sip:prompt-welcome@sandbox;language=en'

const legs = ({ desk }: Case) =>
  desk.org.calls.get(desk.interactionId).conversation.participants.filter((p) => p.purpose === 'external')

/** Somebody else dials the same number into the call, as the desktop or another app would. */
function dialElsewhere(one: Case, state: 'dialing' | 'connected'): string {
  const { org, interactionId, clock } = one.desk
  const id = `somebody-${legs(one).length}`
  const connectedTime = state === 'connected' ? { connectedTime: new Date(clock.now()).toISOString() } : {}
  org.calls.update(org.calls.get(interactionId), ({ participants }) => {
    participants.push({ id, purpose: 'external', state, address, attributes: {}, ...connectedTime })
  })
  return id
}

function hangUp({ desk }: Case, id: string): void {
  desk.org.calls.changeParticipant(desk.interactionId, id, { disconnected: true })
}

it('never takes an older participant with the same address for its own', async () => {
  const one = await openCase(announcementLeg)
  const older = dialElsewhere(one, 'connected')
  await one.desk.clock.advance(100)
  one.click()
  await one.desk.clock.advance(100)
  hangUp(one, older)
  await one.desk.clock.advance(100)
  expect(one.current().state).toMatch(/queued|buffering/)
  await one.until('completed')
  await one.finish()
})

it('is not ended by the end of somebody else’s leg to the same number', async () => {
  const one = await openCase(announcementLeg)
  one.click()
  await one.until('playing')
  const other = dialElsewhere(one, 'connected')
  await one.desk.clock.advance(500)
  hangUp(one, other)
  await one.desk.clock.advance(100)
  expect(one.current().state).toBe('playing')
  await one.until('completed')
  await one.finish()
})

it('knows its own leg after a reload, beside an older and a newer one', async () => {
  const one = await openCase(announcementLeg)
  const older = dialElsewhere(one, 'connected')
  await one.desk.clock.advance(2_000)
  one.click()
  await one.until('playing')
  const newer = dialElsewhere(one, 'connected')
  await one.desk.clock.advance(500)
  await one.reload()
  hangUp(one, older)
  hangUp(one, newer)
  await one.desk.clock.advance(100)
  expect(one.current().state).toBe('playing')
  await one.until('unknown')
  await one.finish()
})

it('does not take a leg that ran to its end unseen for proof: the customer may have been on hold', async () => {
  const one = await openCase(announcementLeg)
  one.click()
  await one.until('playing')
  one.fault({ kind: 'network', forMs: 6_000 })
  await one.desk.clock.advance(6_000)
  await one.reload()
  await one.desk.clock.advance(20_000)
  expect(one.current()).toMatchObject({ state: 'unknown', playedMs: null })
  await one.finish()
})

it('learns after a reload that it was cut, and does not say how much was heard', async () => {
  const one = await openCase(announcementLeg)
  one.click()
  await one.until('playing')
  await one.desk.clock.advance(1_000)
  one.fault({ kind: 'network', forMs: 3_000 })
  hangUp(one, legs(one)[0]?.id ?? '')
  await one.desk.clock.advance(3_000)
  await one.reload()
  await one.until('failed')
  expect(one.current().playedMs).toBeNull()
  await one.finish()
})

it('stops only its own leg', async () => {
  const one = await openCase(announcementLeg)
  const older = dialElsewhere(one, 'connected')
  await one.desk.clock.advance(100)
  one.click()
  await one.until('playing')
  dialElsewhere(one, 'connected')
  await one.desk.clock.advance(500)
  await one.panel().playback.stop()
  await one.until('stopped')
  const states = legs(one).map(({ state }) => state)
  expect(states).toEqual(['connected', 'disconnected', 'connected'])
  expect(legs(one)[0]?.id).toBe(older)
  await one.finish()
})

it('stops while it still rings: nothing was heard', async () => {
  const one = await openCase(announcementLeg)
  one.click()
  await one.until('buffering')
  await one.panel().playback.stop()
  await one.until('stopped')
  await one.finish()
  expect(one.heard()).toEqual([])
})

it('is stopped once the leg says so, though the answer to the stop was lost', async () => {
  const one = await openCase(announcementLeg)
  one.click()
  await one.until('playing')
  await one.desk.clock.advance(1_000)
  const match = { method: 'PATCH', path: '/api/v2/conversations/calls/*/participants/*' }
  one.fault({ kind: 'lose-answer', match })
  await one.panel().playback.stop()
  await one.until('stopped', 1_000)
  expect(Math.abs((one.current().playedMs ?? 0) - 1_000)).toBeLessThanOrEqual(250)
  await one.finish()
})

it('goes on where the stop was refused, and ends as it ends', async () => {
  const one = await openCase(announcementLeg)
  one.click()
  await one.until('playing')
  const match = { method: 'PATCH', path: '/api/v2/conversations/calls/*/participants/*' }
  one.fault({ kind: 'status', status: 403, match })
  await one.panel().playback.stop()
  expect(one.current().state).toBe('playing')
  await one.until('completed')
  await one.finish()
})

it('does not call stopped what had reached its end unheard of', async () => {
  const one = await openCase(announcementLeg)
  one.click()
  await one.until('playing')
  one.fault({ kind: 'lose', match: { topic: 'v2.users.' } })
  await one.desk.clock.advance(4_000)
  await one.panel().playback.stop()
  await one.until('completed')
  expect(one.heard()).toMatchObject([{ outcome: 'completed' }])
  await one.finish()
})

it('rejects by the platform’s word while the call is elsewhere, and says nothing was heard', async () => {
  const one = await openCase(announcementLeg)
  change(one, { legAnswer: 'busy' })
  one.click()
  await one.until('failed')
  expect(one.current()).toMatchObject({ failure: { code: 'carrier_failed' } })
  expect(one.current().failure?.detail).toContain('nobody answered')
  await one.finish()
  expect(one.heard()).toEqual([])
})

it('ends its leg when the agent leaves the call: the record has said how much was heard', async () => {
  const one = await openCase(announcementLeg)
  one.click()
  await one.until('playing')
  await one.desk.clock.advance(1_000)
  const { org, interactionId } = one.desk
  const agent = org.calls.get(interactionId).conversation.participants.find((p) => p.purpose === 'agent')
  hangUp(one, agent?.id ?? '')
  await one.until('interrupted', 1_000)
  expect(one.current().interruptedBy).toBe('transfer')
  await one.finish()
  expect(one.heard()).toMatchObject([{ outcome: 'cut' }])
})
