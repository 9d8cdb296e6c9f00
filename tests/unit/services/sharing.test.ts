// One login for all panels of a desktop: who goes, who waits, who answers, and what is forgotten.
import { describe, expect, it } from 'vitest'
import type { SharedGrant } from '../../../src/core/panels'
import type { Bus } from '../../../src/core/ports'
import { createSharing } from '../../../src/services/sharing'
import { busOf, createSharedBrowser, locksOf } from '../../support/browser-in-memory'
import { createTestKept } from '../../support/browser-ports'
import { createTestClock, settled } from '../../support/ports'

const url = 'https://cdn.example/welcome.mp3'

function grant(token: string, expiresAtMs: number | null = 3_600_000): SharedGrant {
  return { token, expiresAtMs, identity: { userId: 'user-me', name: 'Ada', scopes: null } }
}

function setUp() {
  const browser = createSharedBrowser()
  const kept = createTestKept()
  const clock = createTestClock(10_000)
  const open = (bus: Bus = busOf(browser)) => createSharing({ bus, locks: locksOf(browser), kept, clock })
  /** Remembers what a question came to; `undefined` while it waits. */
  const finds = (sharing: ReturnType<typeof open>) => {
    const answer: { value?: SharedGrant | null } = {}
    void sharing.find().then((value) => (answer.value = value))
    return answer
  }
  return { browser, kept, clock, open, finds }
}

describe('a panel that looks for a grant', () => {
  it('goes to the login itself, at once, where there is nobody', async () => {
    const { open, finds, clock } = setUp()
    const answer = finds(open())
    await settled()
    expect(answer.value).toBeNull()
    expect(clock.timers()).toBe(0)
  })

  it('gets the grant of a panel that is signed in, without delay', async () => {
    const { open, finds, clock, kept } = setUp()
    open().announce(grant('one'))
    const answer = finds(open())
    await settled()
    expect(answer.value).toEqual(grant('one'))
    expect(clock.timers()).toBe(0)
    expect(kept.kept.size).toBe(0)
  })

  it('gets it from any of them: the one that went to the login may be gone', async () => {
    const { open, finds } = setUp()
    const [first, second] = [open(), open()]
    first.announce(grant('one'))
    await settled()
    first.dispose()
    await settled()
    const answer = finds(open())
    await settled()
    expect(answer.value).toEqual(grant('one'))
    second.dispose()
  })

  it('goes itself where those who are signed in do not answer, and not later than 2 s', async () => {
    const { browser, open, finds, clock } = setUp()
    browser.locks.add('cueline.signed-in')
    const answer = finds(open())
    await clock.advance(999)
    expect(answer.value).toBeUndefined()
    await clock.advance(1_001)
    expect(answer.value).toBeNull()
  })

  it('goes itself where the grant of the others is over', async () => {
    const { open, finds, clock } = setUp()
    open().announce(grant('old', 20_000))
    await clock.advance(10_000)
    const answer = finds(open())
    await clock.advance(2_000)
    expect(answer.value).toBeNull()
  })

  it('waits for the one at the login, and takes what it brings back', async () => {
    const { open, finds, clock } = setUp()
    const first = open()
    await first.find()
    const answer = finds(open())
    await clock.advance(9_000)
    expect(answer.value).toBeUndefined()
    first.announce(grant('one'))
    await settled()
    expect(answer.value).toEqual(grant('one'))
    expect(clock.timers()).toBe(0)
  })

  it('takes over when the one at the login has not come back in 10 s', async () => {
    const { open, finds, clock } = setUp()
    await open().find()
    const answer = finds(open())
    await clock.advance(9_999)
    expect(answer.value).toBeUndefined()
    await clock.advance(1)
    expect(answer.value).toBeNull()
  })

  it('takes a grant that comes while the browser is still asked who holds what', async () => {
    const { browser, kept, clock, open } = setUp()
    const asked: ((held: boolean) => void)[] = []
    const locks = {
      ...locksOf(browser),
      isHeld: () => new Promise<boolean>((resolve) => asked.push(resolve)),
    }
    const found = createSharing({ bus: busOf(browser), locks, kept, clock }).find()
    open().announce(grant('one'))
    await settled()
    asked[0]?.(false)
    expect(await found).toEqual(grant('one'))
  })

  it('sees that somebody came back between its question and its claim, and leaves no mark', async () => {
    const { browser, kept, clock, open } = setUp()
    const shared = locksOf(browser)
    // The bus is slower than the locks: nothing was heard yet when the claim is granted.
    const locks = {
      ...shared,
      tryHold(name: string) {
        open().announce(grant('one'))
        return shared.tryHold(name)
      },
    }
    expect(await createSharing({ bus: busOf(browser), locks, kept, clock }).find()).toEqual(grant('one'))
    expect(kept.kept.size).toBe(0)
  })

  it('is left alone once its panel is gone: it claims nothing and leaves no timer', async () => {
    const { open, finds, clock, kept } = setUp()
    await open().find()
    const mark = [...kept.kept]
    const second = open()
    const answer = finds(second)
    await settled()
    second.dispose()
    await settled()
    expect(answer.value).toBeNull()
    expect(clock.timers()).toBe(0)
    await clock.advance(60_000)
    expect([...kept.kept]).toEqual(mark)
  })
})

describe('ten panels at once', () => {
  it('send one to the login, and all others get what it brings', async () => {
    const { open, finds, clock } = setUp()
    const panels = Array.from({ length: 10 }, () => open())
    const answers = panels.map(finds)
    await settled()
    const gone = answers.findIndex(({ value }) => value === null)
    expect(answers.filter(({ value }) => value === null)).toHaveLength(1)
    expect(answers.filter(({ value }) => value === undefined)).toHaveLength(9)
    await clock.advance(2_000)
    panels[gone]?.announce(grant('one'))
    await settled()
    expect(answers.filter(({ value }) => value?.token === 'one')).toHaveLength(9)
    expect(clock.timers()).toBe(0)
  })

  it('claim the way to the login once between them, and again 10 s later', async () => {
    const { open, clock } = setUp()
    const panels = Array.from({ length: 10 }, () => open())
    const claims = async () => (await Promise.all(panels.map(({ claim }) => claim()))).filter(Boolean).length
    expect(await claims()).toBe(1)
    await clock.advance(9_999)
    expect(await claims()).toBe(0)
    await clock.advance(1)
    expect(await claims()).toBe(1)
  })

  it('may claim again as soon as the one at the login is back: a renewal in turn', async () => {
    const { open } = setUp()
    const [first, second] = [open(), open()]
    expect(await first.claim()).toBe(true)
    expect(await second.claim()).toBe(false)
    first.announce(grant('one'))
    expect(await second.claim()).toBe(true)
  })
})

describe('a grant of another panel', () => {
  it('is told to who listens, once, and not to who has stopped', async () => {
    const { open } = setUp()
    const [first, second] = [open(), open()]
    const heard: string[] = []
    const own: string[] = []
    const undo = second.onGrant(({ token }) => heard.push(token))
    first.onGrant(({ token }) => own.push(token))
    first.announce(grant('one'))
    await settled()
    // A third panel asks, and everybody hears the answers.
    expect((await open().find())?.token).toBe('one')
    await settled()
    undo()
    first.announce(grant('two'))
    await settled()
    expect([heard, own]).toEqual([['one'], []])
  })

  it('replaces an older one, and never a newer one', async () => {
    const { open } = setUp()
    const [first, second, third] = [open(), open(), open()]
    const heard: string[] = []
    third.onGrant(({ token }) => heard.push(token))
    first.announce(grant('new', 9_000_000))
    await settled()
    second.announce(grant('old', 8_000_000))
    await settled()
    first.announce(grant('newest', 9_500_000))
    await settled()
    expect(heard).toEqual(['new', 'newest'])
  })

  it('that is over already is none', async () => {
    const { open } = setUp()
    const [first, second] = [open(), open()]
    const heard: string[] = []
    second.onGrant(({ token }) => heard.push(token))
    first.announce(grant('old', 10_000))
    await settled()
    expect(heard).toEqual([])
  })
})

describe('files that are under way elsewhere', () => {
  const play = { interactionId: 'call-1', url, hears: true }

  it('are known to all others, until they are over', async () => {
    const { open } = setUp()
    const [first, second] = [open(), open()]
    first.tellPlays('panel-1', [play])
    await settled()
    expect([first, second].map(({ playsElsewhere }) => playsElsewhere(url, 'call-2'))).toEqual([
      null,
      'heard',
    ])
    expect(second.playsElsewhere('https://cdn.example/other.mp3', 'call-2')).toBeNull()
    first.tellPlays('panel-1', [{ ...play, hears: false }])
    await settled()
    expect(second.playsElsewhere(url, 'call-2')).toBe('open')
    first.tellPlays('panel-1', [])
    await settled()
    expect(second.playsElsewhere(url, 'call-2')).toBeNull()
  })

  it('are not elsewhere in a second panel of the same call', async () => {
    const { open } = setUp()
    const [first, second] = [open(), open()]
    first.tellPlays('panel-1', [play])
    await settled()
    expect(second.playsElsewhere(url, 'call-1')).toBeNull()
  })

  it('are known to a panel that came later and asked', async () => {
    const { browser, open } = setUp()
    open().tellPlays('panel-1', [play])
    const bus = busOf(browser)
    const late = open(bus)
    bus.post({ kind: 'who' })
    await settled()
    expect(late.playsElsewhere(url, 'call-2')).toBe('heard')
  })

  it('are forgotten with the panel that closes', async () => {
    const { open } = setUp()
    const [first, second] = [open(), open()]
    first.tellPlays('panel-1', [play])
    await settled()
    first.dispose()
    await settled()
    expect(second.playsElsewhere(url, 'call-2')).toBeNull()
  })
})

it('holds nothing of the browser once all panels are gone', async () => {
  const { browser, open, clock } = setUp()
  const [first, second] = [open(), open()]
  first.announce(grant('one'))
  await settled()
  expect([...browser.locks]).toEqual(['cueline.signed-in'])
  first.dispose()
  second.dispose()
  await settled()
  expect(browser.locks.size).toBe(0)
  expect(clock.timers()).toBe(0)
})
