// What may happen to a notification socket, its frames and its channel.
import { beforeEach, describe, expect, it } from 'vitest'
import type { Fault } from '../../sandbox/org/fault-kinds'
import { agentId } from '../../sandbox/org/people'
import { type Bench, type Line, openBench } from './sandbox-bench'

const myCalls = `v2.users.${agentId}.conversations.calls`

let bench: Bench
let line: Line
beforeEach(async () => {
  bench = await openBench()
  line = await bench.openLine([myCalls])
})

const add = (fault: Fault) => bench.org.faults.add(fault)
const topics = ({ frames }: Line) => frames().map(({ topicName }) => topicName)
/** Changes the call `count` times, one attribute each; what of it was heard. */
async function change(names: string): Promise<void> {
  for (const name of names) bench.org.calls.change(bench.callId, { attributes: { step: name } })
  await bench.clock.advance(0)
}
const steps = () =>
  line
    .frames()
    .map(({ eventBody }) => eventBody?.participants as { attributes: Record<string, string> }[])
    .map((participants) => participants[0]!.attributes.step)
    .join('')

describe('sockets', () => {
  it('are cut, all or those of one channel', async () => {
    const other = await bench.openLine()
    expect(add({ kind: 'cut', match: { channelId: line.id } }).hits).toBe(1)
    await bench.clock.advance(0)
    expect([line.said, other.said]).toEqual([['open', 'closed'], ['open']])
    expect(add({ kind: 'cut' }).hits).toBe(1)
    await bench.clock.advance(0)
    expect([other.said, bench.org.state().sockets]).toEqual([['open', 'closed'], []])
  })

  it('are silent for a while: nothing heard, nothing read, nothing kept', async () => {
    add({ kind: 'silence', forMs: 60_000 })
    line.follow(bench.callId)
    await change('a')
    await bench.clock.advance(59_999)
    expect([await line.pings(), line.said]).toEqual([false, ['open']])
    await bench.clock.advance(1)
    expect([await line.pings(), bench.org.state().sockets[0]!.interactions]).toEqual([true, []])
  })

  it('do not hear their own end while they are silent; a new one hears', async () => {
    add({ kind: 'silence', forMs: null })
    const next = bench.connect(line.connectUri)
    await bench.clock.advance(0)
    next.socket.send('{"message":"ping"}')
    await bench.clock.advance(0)
    expect(line.said).toEqual(['open'])
    expect(next.said).toEqual(['open', expect.stringContaining('pong')])
  })

  it('are cut with the network, and cannot be opened until it is back', async () => {
    add({ kind: 'network', forMs: 5000 })
    const early = bench.connect(line.connectUri)
    await bench.clock.advance(0)
    expect([line.said.at(-1), early.said]).toEqual(['closed', ['closed']])
    await bench.clock.advance(5000)
    const late = bench.connect(line.connectUri)
    await bench.clock.advance(0)
    expect(late.said).toEqual(['open'])
  })

  it('fail to open as often as told', async () => {
    add({ kind: 'lose-request', match: { path: '/streaming/' } })
    const ends = [bench.connect(line.connectUri), bench.connect(line.connectUri)]
    await bench.clock.advance(0)
    expect(ends.map(({ said }) => said)).toEqual([['closed'], ['open']])
  })

  it('lose their channel to a second connection, which somebody who connects takes back', async () => {
    add({ kind: 'steal', match: { channelId: line.id } })
    await bench.clock.advance(0)
    expect([line.said, bench.org.state().sockets]).toMatchObject([
      ['open', 'closed'],
      [{ channelId: line.id }],
    ])
    const next = bench.connect(line.connectUri)
    await bench.clock.advance(0)
    expect(next.said).toEqual(['open'])
  })
})

describe('frames', () => {
  it('are lost, the next n that fit', async () => {
    add({ kind: 'lose', match: { topic: myCalls }, times: 2 })
    await change('abc')
    expect(steps()).toBe('c')
  })

  it('are lost by the state of a media event', async () => {
    line.follow(bench.callId)
    add({ kind: 'lose', match: { state: 'playing', interactionId: bench.callId } })
    await bench.play()
    await bench.clock.advance(7000)
    expect(line.mediaStates()).toEqual(['buffering', 'completed'])
  })

  it('come twice', async () => {
    add({ kind: 'duplicate', times: 2 })
    await change('abc')
    expect(steps()).toBe('aabbc')
  })

  it('come late, and in order all the same', async () => {
    add({ kind: 'delay', delayMs: 1000, times: 1 })
    await change('ab')
    expect(steps()).toBe('')
    await bench.clock.advance(1000)
    expect(steps()).toBe('ab')
    await change('c')
    expect(steps()).toBe('abc')
  })

  it('come late and overtaken', async () => {
    add({ kind: 'delay', delayMs: 1000, overtaken: true })
    await change('ab')
    await bench.clock.advance(1000)
    expect(steps()).toBe('ba')
  })

  it('never come late to a socket that is closed', async () => {
    add({ kind: 'delay', delayMs: 1000, times: null })
    await change('a')
    line.socket.close()
    await bench.clock.advance(1000)
    expect([line.said, bench.clock.pending()]).toEqual([['open'], 0])
  })

  it('leave pings alone unless these are meant', async () => {
    add({ kind: 'lose', times: null })
    expect(await line.pings()).toBe(true)
    add({ kind: 'lose', match: { topic: 'channel.metadata' } })
    expect([await line.pings(), await line.pings()]).toEqual([false, true])
  })

  it('are garbage of every kind', async () => {
    add({ kind: 'garbage' })
    await bench.clock.advance(0)
    const garbage = line.said.slice(1)
    expect(garbage.some((text) => text.length > 1024 * 1024)).toBe(true)
    expect(garbage).toEqual(expect.arrayContaining(['', '{}', '{"type":"media.playback.state"}']))
    add({ kind: 'garbage', what: 'no-topic' })
    await bench.clock.advance(0)
    expect(line.said.slice(1 + garbage.length)).toContain('{"eventBody":{"message":"pong"}}')
  })
})

describe('a channel', () => {
  it('is removed as by a twenty-first, told or not', async () => {
    const other = await bench.openLine()
    add({ kind: 'remove-channel', match: { channelId: line.id } })
    add({ kind: 'remove-channel', match: { channelId: other.id }, told: false })
    await bench.clock.advance(0)
    expect([topics(line), line.said.at(-1)]).toEqual([
      [`v2.system.no_longer_subscribed.${line.id}`],
      'closed',
    ])
    expect(other.said).toEqual(['open', 'closed'])
    expect(bench.org.hasChannel(line.id)).toBe(false)
  })

  it('ends after a day: its socket is told a minute before, and closed', async () => {
    const closing = () => topics(line).filter((topic) => topic === 'v2.system.socket_closing')
    await bench.clock.advance(86_340_000 - 1)
    expect([closing().length, line.said.at(-1) === 'closed']).toEqual([0, false])
    await bench.clock.advance(1)
    expect([closing().length, line.said.at(-1) === 'closed']).toEqual([1, false])
    await bench.clock.advance(60_000)
    expect([line.said.at(-1), bench.org.hasChannel(line.id), bench.clock.pending()]).toEqual([
      'closed',
      false,
      0,
    ])
  })
})

describe('a token', () => {
  it('is revoked: its channels are told and closed, and it is unknown', async () => {
    expect(add({ kind: 'revoke-token' }).hits).toBe(1)
    await bench.clock.advance(0)
    expect([topics(line), line.said.at(-1)]).toEqual([[`v2.system.token_revoked.${line.id}`], 'closed'])
    const answer = await bench.api('GET', '/api/v2/users/me')
    expect([answer.status, await answer.json()]).toMatchObject([401, { code: 'bad.credentials' }])
  })

  it('expires: the next request says so', async () => {
    add({ kind: 'expire-token', match: { userId: agentId } })
    const answer = await bench.api('GET', '/api/v2/users/me')
    expect([answer.status, await answer.json()]).toMatchObject([401, { code: 'credentials.expired' }])
    expect(line.said).toEqual(['open'])
  })
})

it('clearing ends what lies in wait, silence and a network that is down', async () => {
  add({ kind: 'silence', forMs: null })
  add({ kind: 'lose', times: null })
  bench.org.faults.clear()
  expect([await line.pings(), bench.org.faults.state().faults]).toEqual([true, []])
  add({ kind: 'network' })
  bench.org.faults.clear()
  expect((await bench.api('GET', '/api/v2/users/me')).status).toBe(200)
})
