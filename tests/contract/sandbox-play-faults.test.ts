// What may go wrong with a play at the media server, what it says of it, and what the customer heard all the same.
import { beforeEach, describe, expect, it } from 'vitest'
import type { Fault } from '../../sandbox/org/fault-kinds'
import { type Bench, type Line, openBench } from './sandbox-bench'

let bench: Bench
let line: Line
beforeEach(async () => {
  bench = await openBench()
  line = await bench.openLine()
  line.follow(bench.callId)
})

const add = (fault: Fault) => bench.org.faults.add(fault)
const heard = () => bench.org.state().heard
async function playThrough(): Promise<void> {
  expect((await bench.play()).status).toBe(202)
  await bench.clock.advance(7000)
}

describe('a play', () => {
  it('that says nothing is heard', async () => {
    add({ kind: 'no-events' })
    await playThrough()
    line.follow(bench.callId)
    await bench.clock.advance(0)
    expect(line.mediaStates()).toEqual([])
    expect(heard()).toMatchObject([{ playedMs: 6000, outcome: 'completed' }])
  })

  it('that is stuck buffers for ever, until the customer is gone', async () => {
    add({ kind: 'stuck' })
    await playThrough()
    await bench.clock.advance(3_600_000)
    expect([line.mediaStates(), (await bench.play()).status, heard()]).toEqual([['buffering'], 409, []])
    bench.org.calls.change(bench.callId, { disconnected: true })
    await bench.clock.advance(0)
    expect(line.mediaStates()).toEqual(['buffering', 'error'])
  })

  it('that fails midway was heard until then', async () => {
    add({ kind: 'fail-midway', afterMs: 2500, error: 'gateway_lost' })
    await playThrough()
    expect(line.frames().at(-1)).toMatchObject({ state: 'error', error: 'gateway_lost' })
    expect(heard()).toMatchObject([{ playedMs: 2500, outcome: 'cut', reason: 'gateway_lost' }])
  })

  it.each([
    [0, 7000],
    [3000, 10_000],
  ])('that ends twice says so after %i ms', async (delayMs, untilMs) => {
    add({ kind: 'end-twice', delayMs })
    await bench.play()
    await bench.clock.advance(untilMs)
    expect(line.mediaStates()).toEqual(['buffering', 'playing', 'completed', 'completed'])
    expect([heard().length, bench.org.state().plays.length]).toEqual([1, 1])
  })

  it('that starts late is silent until then', async () => {
    add({ kind: 'start-late', delayMs: 20_000 })
    await bench.play()
    await bench.clock.advance(20_079)
    expect([line.mediaStates(), heard()]).toEqual([['buffering'], []])
    await bench.clock.advance(1)
    expect(line.mediaStates()).toEqual(['buffering', 'playing'])
  })

  it('is troubled only in the call that is meant', async () => {
    add({ kind: 'stuck', match: { interactionId: 'another' } })
    await playThrough()
    expect(line.mediaStates().at(-1)).toBe('completed')
  })

  it('is followed by the last word of an earlier one', async () => {
    expect(add({ kind: 'old-event' }).hits).toBe(0)
    await playThrough()
    await bench.play()
    await bench.clock.advance(1000)
    expect(add({ kind: 'old-event', match: { interactionId: bench.callId } }).hits).toBe(1)
    await bench.clock.advance(0)
    expect(line.mediaStates().slice(3)).toEqual(['buffering', 'playing', 'completed'])
    expect(heard().map(({ outcome }) => outcome)).toEqual(['completed', 'playing'])
  })
})

describe('what the customer heard', () => {
  it.each([
    [{ held: true }, 'participant_held'],
    [{ disconnected: true }, 'participant_disconnected'],
  ])('ends with %j, to the millisecond', async (change, reason) => {
    await bench.play()
    await bench.clock.advance(80 + 1234)
    bench.org.calls.change(bench.callId, change)
    await bench.clock.advance(10_000)
    expect(heard()).toMatchObject([{ playedMs: 1234, outcome: 'cut', reason }])
  })

  it('does not depend on the network', async () => {
    await bench.play()
    await bench.clock.advance(1000)
    add({ kind: 'network', forMs: 60_000 })
    await bench.clock.advance(10_000)
    expect(heard()).toMatchObject([{ playedMs: 6000, outcome: 'completed' }])
  })
})

describe('a new follower', () => {
  const follow = async (): Promise<unknown[]> => {
    const late = await bench.openLine()
    late.follow(bench.callId)
    await bench.clock.advance(0)
    return late.frames()
  }

  it('is told how the newest play stands, in exactly the words of its last event', async () => {
    expect(await follow()).toEqual([])
    await bench.play()
    await bench.clock.advance(1000)
    expect(await follow()).toEqual([line.frames().at(-1)])
    await bench.clock.advance(6000)
    expect(await follow()).toMatchObject([{ state: 'completed' }])
  })

  it('is told of an end for a minute', async () => {
    await playThrough()
    await bench.clock.advance(59_079)
    expect(await follow()).toHaveLength(1)
    await bench.clock.advance(2)
    expect(await follow()).toEqual([])
  })

  it('is told nothing where the media server does not do that', async () => {
    await bench.api('POST', '/sandbox/settings', { replayOnSubscribe: false })
    await bench.play()
    await bench.clock.advance(1000)
    expect(await follow()).toEqual([])
  })
})
