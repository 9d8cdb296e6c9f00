// The contract that every backend keeps, whatever carries the sound: one description, run over each of them.
import { describe, expect, it } from 'vitest'
import { openCase, type BackendUnderTest, type Case } from './backend-desk'

/** What was heard last, and what the panel says of it, within a quarter of a second. */
function expectTruth(one: Case): void {
  const { state, playedMs } = one.current()
  const sound = one.heard().at(-1)
  expect(sound, 'nothing was heard').toBeDefined()
  if (state === 'unknown') return expect(playedMs).toBeNull()
  expect(Math.abs((sound?.playedMs ?? 0) - (playedMs ?? -1_000))).toBeLessThanOrEqual(250)
}

export function describeBackend(under: BackendUnderTest): void {
  describe(`the backend ${under.name}`, () => {
    it('plays to the end: one request, one sound, one record', async () => {
      const one = await openCase(under)
      one.click()
      await one.until('playing')
      await one.until('completed')
      expectTruth(one)
      expect(one.heard()).toMatchObject([{ outcome: 'completed' }])
      expect(one.starts()).toBe(1)
      await one.finish()
      expect(one.records()).toEqual(['completed'])
    })

    it('plays the same prompt a second time, and a queue of three', async () => {
      const one = await openCase(under)
      one.click()
      await one.until('completed')
      one.click()
      one.click('goodbye')
      one.click('welcome')
      await one.desk.clock.advance(40_000)
      expect(one.heard().map(({ outcome }) => outcome)).toEqual(Array(4).fill('completed'))
      await one.finish()
      expect(one.records()).toEqual(Array(4).fill('completed'))
    })

    for (const [name, { fault, settings, code }] of Object.entries(under.failures)) {
      it(`says that it failed: ${name}`, async () => {
        const one = await openCase(under, settings)
        if (fault) one.fault(fault)
        one.click()
        await one.until('failed')
        expect(one.current().failure?.code).toBe(code)
        const { startedAtMs } = one.current().times
        if (startedAtMs !== null) expectTruth(one)
        expect(one.starts()).toBe(1)
        await one.finish()
        expect(one.records()).toEqual(['failed'])
      })
    }

    it.each([
      [403, 'not_permitted'],
      [404, 'carrier_rejected'],
      [409, 'already_playing'],
      [410, 'call_not_connected'],
    ])('is rejected by a %i, which proves that nothing was played: %s', async (status, code) => {
      const one = await openCase(under)
      one.fault({ kind: 'status', match: under.start, status })
      one.click()
      await one.until('rejected')
      expect(one.current().failure?.code).toBe(code)
      await one.finish()
      expect(one.heard()).toEqual([])
      expect(one.starts()).toBe(1)
    })

    it('tries again after a 429, and then plays once', async () => {
      const one = await openCase(under)
      one.fault({ kind: 'status', match: under.start, status: 429, retryAfterS: 1 })
      one.click()
      await one.until('completed')
      expect(one.starts()).toBe(2)
      await one.finish()
      expect(one.heard()).toHaveLength(1)
    })

    it('is interrupted by a hang-up, and says how much was heard', async () => {
      const one = await openCase(under)
      one.click()
      await one.until('playing')
      await one.desk.clock.advance(1_200)
      one.desk.change({ disconnected: true })
      await one.until('interrupted', 1_000)
      expect(one.current()).toMatchObject({ interruptedBy: 'hang-up' })
      expectTruth(one)
      await one.finish()
      expect(one.records()).toEqual(['interrupted'])
    })

    if (under.holds) {
      it('is interrupted by a hold, and does not go on after it', async () => {
        const one = await openCase(under)
        one.click()
        await one.until('playing')
        await one.desk.clock.advance(1_200)
        one.desk.change({ held: true })
        await one.until('interrupted', 1_000)
        expect(one.current()).toMatchObject({ interruptedBy: 'hold' })
        expectTruth(one)
        await one.desk.clock.advance(300)
        one.desk.change({ held: false })
        await one.finish()
        expect(one.heard()).toHaveLength(1)
      })
    }

    it('does not know after a lost answer, never asks twice, and learns the truth', async () => {
      const one = await openCase(under)
      one.fault({ kind: 'lose-answer', match: under.start })
      // Else the first word of the carrier overtakes the loss, and nothing is unknown for a moment.
      one.fault({ kind: 'delay', match: { topic: 'v2.users.' }, delayMs: 300, times: 2 })
      one.click()
      await one.until('completed')
      expect(one.states()).toContain('unknown')
      expect(one.starts()).toBe(1)
      expectTruth(one)
      await one.finish()
      expect(one.records()).toEqual(['completed'])
    })

    it('plays nothing after a lost request, and claims nothing', async () => {
      const one = await openCase(under)
      one.fault({ kind: 'lose-request', match: under.start })
      one.click()
      await one.until('unknown')
      await one.finish()
      expect(one.current().state).toBe('unknown')
      expect(one.heard()).toEqual([])
      expect(one.starts()).toBe(1)
      expect(one.records()).toEqual(['unknown'])
    })

    it('takes every word twice as if it had come once', async () => {
      const one = await openCase(under)
      one.fault({ kind: 'duplicate', times: null })
      one.click()
      await one.until('completed')
      const states = one.states()
      expect(new Set(states).size).toBe(states.length)
      await one.finish()
      expect(one.records()).toEqual(['completed'])
    })

    it('is not moved by late words about an earlier playback of the same prompt', async () => {
      const one = await openCase(under)
      one.click()
      await one.until('completed')
      const { id } = one.current()
      one.click()
      await one.untilHeard(2)
      one.fault(under.echo)
      one.desk.change({ muted: true })
      await one.desk.clock.advance(100)
      expect(one.current().id).not.toBe(id)
      expect(one.current().state).toMatch(/queued|buffering|playing/)
      await one.until('completed')
      expect(one.heard().map(({ outcome }) => outcome)).toEqual(['completed', 'completed'])
      await one.finish()
    })

    it('is the same playback after a reload in the middle, and ends in what is known of it', async () => {
      const one = await openCase(under)
      one.click()
      await one.until('playing')
      await one.desk.clock.advance(700)
      const { id } = one.current()
      await one.reload()
      expect(one.current().id).toBe(id)
      await one.until('playing')
      await one.until(under.afterGap)
      expectTruth(one)
      await one.finish()
      expect(one.starts()).toBe(1)
      expect(one.records()).toEqual([under.afterGap])
    })

    it('learns after a cut in the middle how it ended, as far as that can be known', async () => {
      const one = await openCase(under)
      one.click()
      await one.until('playing')
      await one.desk.clock.advance(700)
      one.fault({ kind: 'cut' })
      await one.until('unknown', 1_000)
      await one.until(under.afterGap === 'unknown' ? 'playing' : 'completed')
      await one.until(under.afterGap)
      expectTruth(one)
      await one.finish()
      expect(one.starts()).toBe(1)
    })

    it('learns of an end that happened while nothing could be heard of it', async () => {
      const one = await openCase(under)
      one.click()
      await one.until('playing')
      one.fault({ kind: 'network', forMs: 8_000 })
      await one.until('unknown', 60_000)
      await one.desk.clock.advance(20_000)
      expect(one.current().state).toMatch(/completed|unknown/)
      await one.finish()
      expect(one.heard()).toHaveLength(1)
    })

    it('stops where it can, and offers no stop where it cannot', async () => {
      const one = await openCase(under)
      const { stop } = one.panel().playback.capabilities
      one.click()
      await one.until('playing')
      await one.desk.clock.advance(1_200)
      await one.panel().playback.stop()
      await one.until(stop ? 'stopped' : 'completed')
      expectTruth(one)
      expect(one.heard()).toHaveLength(1)
      await one.finish()
      expect(one.records()).toEqual([stop ? 'stopped' : 'completed'])
    })

    it('plays while somebody listens in, unless the platform refuses that', async () => {
      const one = await openCase(under)
      one.fault({ kind: 'lose', match: { topic: 'v2.users.' } })
      one.desk.change({ monitored: true })
      one.click()
      await one.until(under.refusesMonitored ? 'rejected' : 'completed')
      expect(one.current().failure?.code ?? null).toBe(under.refusesMonitored ? 'monitored' : null)
      expect(one.starts()).toBe(1)
      await one.finish()
      expect(one.heard()).toHaveLength(under.refusesMonitored ? 0 : 1)
    })
  })
}
