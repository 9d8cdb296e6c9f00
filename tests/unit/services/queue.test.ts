// The queue over time: the next plays when one has completed, and after anything else it waits for the agent.
import { describe, expect, it } from 'vitest'
import { failure } from '../../../src/core/errors'
import type { Playback, PlaybackState } from '../../../src/core/playback'
import type { PlaybackServiceState } from '../../../src/services/playback-ports'
import { createQueue } from '../../../src/services/queue'
import { createSnapshot } from '../../../src/services/snapshot'
import { prompt, sentPlayback } from '../../support/factories'
import { createTestChance, settled } from '../../support/ports'

const all = ['a', 'b', 'c', 'd', 'e'].map((key) => prompt({ key, title: `Prompt ${key}` }))
const [a, b, c, d, e] = all as [Prompt, Prompt, Prompt, Prompt, Prompt]
type Prompt = ReturnType<typeof prompt>

function setUp(offered = all) {
  const snapshot = createSnapshot<PlaybackServiceState>({
    current: null,
    recent: [],
    question: null,
    foreign: null,
    played: [],
  })
  const played: string[] = []
  let running: Playback | null = null
  let asked: string | null = null
  const begin = ({ key, title }: Prompt) => {
    played.push(key)
    running = sentPlayback({ id: `playback-${played.length}`, promptKey: key, title })
    snapshot.patch({ current: running })
  }
  const queue = createQueue({
    chance: createTestChance(),
    findPrompt: (key) => offered.find((offer) => offer.key === key) ?? null,
    playback: {
      snapshot,
      busy: () => running !== null,
      play(prompt) {
        if (running === null && prompt.key !== asked) begin(prompt)
        return Promise.resolve()
      },
    },
  })
  const end = async (state: PlaybackState) => {
    const ended = running && { ...running, state }
    running = null
    snapshot.patch({ current: ended })
    await settled()
  }
  const waiting = () => queue.snapshot.value.waiting.map(({ promptKey }) => promptKey).join('')
  /** The guard asks before this prompt instead of playing it. */
  const asksFor = (key: string) => (asked = key)
  return { queue, snapshot, played, begin, asksFor, end, waiting, held: () => queue.snapshot.value.held }
}

describe('a click', () => {
  it('plays at once where nothing does', () => {
    const { queue, played, waiting } = setUp()
    queue.request(a)
    expect([played, waiting()]).toEqual([['a'], ''])
  })

  it('waits behind what plays, up to three of them', () => {
    const { queue, played, waiting } = setUp()
    for (const each of [a, b, c, d, e]) queue.request(each)
    expect([played, waiting()]).toEqual([['a'], 'bcd'])
    expect(new Set(queue.snapshot.value.waiting.map(({ id }) => id)).size).toBe(3)
  })
})

describe('the end of a playback', () => {
  it('that completed lets the next one play, one after the other', async () => {
    const { queue, played, end, waiting } = setUp()
    for (const each of [a, b, c]) queue.request(each)
    await end('completed')
    expect([played, waiting()]).toEqual([['a', 'b'], 'c'])
    await end('completed')
    await end('completed')
    expect([played, waiting()]).toEqual([['a', 'b', 'c'], ''])
  })

  it.each(['failed', 'rejected', 'interrupted', 'stopped', 'unknown'] as const)(
    'as %s holds the queue until the agent says so',
    async (state) => {
      const { queue, played, end, waiting, held } = setUp()
      for (const each of [a, b, c]) queue.request(each)
      await end(state)
      expect([played, waiting(), held()]).toEqual([['a'], 'bc', true])
      queue.goOn()
      expect([played, waiting(), held()]).toEqual([['a', 'b'], 'c', false])
      await end('completed')
      expect(played).toEqual(['a', 'b', 'c'])
    },
  )

  it('is counted once, though news of it come again', async () => {
    const { queue, snapshot, played, end } = setUp()
    for (const each of [a, b, c]) queue.request(each)
    await end('completed')
    snapshot.patch({ current: sentPlayback({ id: 'playback-1', state: 'completed' }) })
    await settled()
    expect(played).toEqual(['a', 'b'])
  })

  it('does not stop at a prompt that is gone from the catalogue', async () => {
    const { queue, played, end } = setUp([a, c])
    for (const each of [a, b, c]) queue.request(each)
    await end('completed')
    expect(played).toEqual(['a', 'c'])
  })

  it('means nothing to a held queue: a click in between plays, the queue still waits', async () => {
    const { queue, played, end, waiting, held } = setUp()
    for (const each of [a, b]) queue.request(each)
    await end('failed')
    queue.request(d)
    expect(played).toEqual(['a', 'd'])
    await end('completed')
    expect([played, waiting(), held()]).toEqual([['a', 'd'], 'b', true])
  })
})

describe('the agent', () => {
  it('moves, removes and clears', () => {
    const { queue, waiting } = setUp()
    for (const each of [a, b, c, d]) queue.request(each)
    const [first, second] = queue.snapshot.value.waiting
    queue.move(first?.id ?? '', 1)
    expect(waiting()).toBe('cbd')
    queue.remove(second?.id ?? '')
    expect(waiting()).toBe('bd')
    queue.clear()
    expect(waiting()).toBe('')
  })

  it('who goes on while something plays loses nothing', async () => {
    const { queue, played, end, waiting } = setUp()
    for (const each of [a, b, c]) queue.request(each)
    await end('failed')
    queue.request(d)
    queue.goOn()
    expect([played, waiting()]).toEqual([['a', 'd'], 'bc'])
    await end('completed')
    expect([played, waiting()]).toEqual([['a', 'd', 'b'], 'c'])
  })
})

describe('a question of the guard', () => {
  const question = {
    obstacle: { action: 'ask', failure: failure('monitored'), sentence: 'Somebody listens.' },
    prompt: b,
  } as const

  async function asking() {
    const all = setUp()
    for (const each of [a, b, c]) all.queue.request(each)
    all.asksFor('b')
    await all.end('completed')
    all.snapshot.patch({ question })
    expect([all.played, all.waiting(), all.held()]).toEqual([['a'], 'c', false])
    return all
  }

  it('answered with no holds what waits behind it, so that the agent can go on', async () => {
    const { queue, snapshot, played, waiting, held } = await asking()
    snapshot.patch({ question: null })
    await settled()
    expect([played, waiting(), held()]).toEqual([['a'], 'c', true])
    queue.goOn()
    expect(played).toEqual(['a', 'c'])
  })

  it('answered with yes goes on by itself', async () => {
    const { snapshot, played, end, begin, held } = await asking()
    snapshot.patch({ question: null })
    begin(b)
    await settled()
    expect(held()).toBe(false)
    await end('completed')
    expect(played).toEqual(['a', 'b', 'c'])
  })
})

describe('after a reload', () => {
  it('what waited is there again, and held', async () => {
    const { queue, played, waiting, held } = setUp()
    queue.restore({ waiting: [{ id: 'q-1', promptKey: 'b', title: 'Prompt b' }], held: false })
    await settled()
    expect([played, waiting(), held()]).toEqual([[], 'b', true])
    queue.goOn()
    expect(played).toEqual(['b'])
  })

  it('an empty queue holds nothing', () => {
    const { queue, held } = setUp()
    queue.restore({ waiting: [], held: true })
    expect(held()).toBe(false)
  })
})

describe('dispose', () => {
  it('hears of no playback any more', async () => {
    const { queue, played, end } = setUp()
    for (const each of [a, b]) queue.request(each)
    queue.dispose()
    await end('completed')
    expect(played).toEqual(['a'])
  })
})
