// What a click would play: prepared once, void when the customer changes, and never asked of a line that cannot play it.
import { describe, expect, it } from 'vitest'
import type { AssetCheck } from '../../../src/core/asset'
import type { Catalogue } from '../../../src/core/catalogue'
import { answered, failure, refused, type Answer } from '../../../src/core/errors'
import { asset, cdnBase, interaction, prompt, recording } from '../../support/factories'
import { createHeld, settled } from '../../support/ports'
import { ready, setUp, welcome } from './prompts-harness'

it('asks for no catalogue twice while it is being read, and tells all who wait for it', async () => {
  const { fake, service, state } = setUp()
  const held = createHeld<Answer<Catalogue>>()
  let asked = 0
  fake.nextCatalogue = () => {
    asked += 1
    return held.promise
  }
  const both = Promise.all([service.load(), service.signedIn()])
  held.release(answered({ prompts: [welcome], gaps: [] }))
  await both
  expect([asked, state().status]).toEqual([1, 'ready'])
})

describe('loading the catalogue', () => {
  it('shows the prompts and the gaps', async () => {
    const { fake, service, state } = setUp()
    const gaps = [{ place: 'prompts.3.key', reason: 'is missing' }]
    fake.nextCatalogue = () => Promise.resolve(answered({ prompts: [welcome], gaps }))
    await service.load()
    expect(state()).toMatchObject({ status: 'ready', prompts: [welcome], gaps })
  })

  it('says why it cannot be loaded, and can be asked again', async () => {
    const { fake, service, state } = setUp()
    const works = fake.nextCatalogue
    fake.nextCatalogue = () => Promise.resolve(refused({ kind: 'offline', message: 'HTTP 502' }))
    await service.load()
    expect(state()).toMatchObject({ status: 'refused', problem: 'HTTP 502' })
    fake.nextCatalogue = works
    await service.load()
    expect(state()).toMatchObject({ status: 'ready', problem: null })
  })
})

describe('preparing', () => {
  it('prepares the pinned prompts by itself, whichever comes first, catalogue or call', async () => {
    for (const catalogueFirst of [true, false]) {
      const { service, checked, customer, readiness } = setUp()
      if (catalogueFirst) await service.load()
      service.follow(customer({}))
      if (!catalogueFirst) await service.load()
      await settled()
      expect(checked).toEqual(['en/standard/welcome.mp3'])
      expect(readiness('welcome')).toMatchObject({ status: 'ready', candidate: { reason: null } })
      expect(readiness('terms')).toBeUndefined()
    }
  })

  it('checks a file once, however often it is asked for', async () => {
    const { service, checked } = await ready()
    const [first, second] = await Promise.all([service.prepare('welcome'), service.prepare('welcome')])
    expect(first).toBe(second)
    expect(checked).toEqual(['en/standard/welcome.mp3'])
  })

  it('takes German premium for a German premium customer', async () => {
    const { readiness } = await ready({ language: 'DE', service_tier: 'premium' })
    expect(readiness('welcome')).toMatchObject({
      status: 'ready',
      candidate: { url: `${cdnBase}/de/premium/welcome.mp3`, words: 'Willkommen, Premium.' },
    })
  })

  it('takes the default and a note for a hostile attribute', async () => {
    const { readiness, state } = await ready({ language: '../../evil' })
    expect(readiness('welcome')).toMatchObject({ candidate: { url: `${cdnBase}/en/standard/welcome.mp3` } })
    expect(state().wish?.notes).toHaveLength(1)
  })

  it('shows the words of a prompt that is not in the catalogue as not known', async () => {
    const { service } = await ready()
    expect(await service.prepare('nowhere')).toMatchObject({
      status: 'unplayable',
      failure: { code: 'asset_missing' },
      words: null,
    })
  })
})

describe('a change of the customer', () => {
  it('makes every earlier choice void and prepares anew', async () => {
    const { service, customer, checked, readiness } = await ready()
    service.follow(customer({ language: 'de' }))
    expect(readiness('welcome')).toEqual({ status: 'checking' })
    await settled()
    expect(checked).toEqual(['en/standard/welcome.mp3', 'de/standard/welcome.mp3'])
    expect(readiness('welcome')).toMatchObject({ candidate: { language: 'de' } })
  })

  it('prepares anew also what was on screen, though it is not pinned', async () => {
    const { service, customer, readiness } = await ready()
    await service.prepare('terms')
    service.follow(customer({ language: 'de' }))
    await settled()
    expect(readiness('terms')).toMatchObject({
      status: 'ready',
      candidate: { reason: 'no German recording: English instead' },
    })
  })

  it('of anything else changes nothing', async () => {
    const { service, checked, state } = await ready({ language: 'de' })
    const before = state()
    service.follow(interaction({ attributes: { language: 'de', note: 'x' }, held: true }))
    expect(state()).toBe(before)
    expect(checked).toHaveLength(1)
  })

  it('is not undone by an earlier choice that took long', async () => {
    const { fake, service, customer, readiness } = setUp()
    await service.load()
    const held = createHeld<AssetCheck>()
    const works = fake.check
    fake.check = () => held.promise
    service.follow(customer({}))
    fake.check = works
    service.follow(customer({ language: 'de' }))
    held.release({ ok: true, asset: asset() })
    await settled()
    expect(readiness('welcome')).toMatchObject({ candidate: { language: 'de' } })
  })
})

describe('falling back', () => {
  it('takes the next candidate where a file is broken, and says why it is another', async () => {
    const { fake, service, customer, checked, readiness } = setUp()
    const works = fake.check
    fake.check = (candidate) =>
      candidate.tier === 'premium'
        ? Promise.resolve({ ok: false, failure: failure('asset_corrupt') })
        : works(candidate)
    await service.load()
    service.follow(customer({ language: 'de', service_tier: 'premium' }))
    await settled()
    expect(checked).toEqual(['de/premium/welcome.mp3', 'de/standard/welcome.mp3'])
    expect(readiness('welcome')).toMatchObject({
      candidate: { reason: 'no premium recording: standard instead' },
    })
  })

  it('takes the opus file on a line with only opus, and fetches no other', async () => {
    const { service, checked } = await ready({}, ['opus'])
    checked.length = 0
    expect(await service.prepare('terms')).toMatchObject({ candidate: { format: 'opus' } })
    expect(checked).toEqual(['en/standard/terms.opus'])
  })

  it('finds nothing on a line with only g722, fetches nothing, and keeps the words', async () => {
    const { readiness, checked } = await ready({}, ['g722'])
    expect(checked).toEqual([])
    expect(readiness('welcome')).toMatchObject({
      status: 'unplayable',
      failure: { code: 'codec_unsupported', detail: 'the line plays g722; the recording is mp3' },
      words: 'Welcome to us.',
    })
  })

  it('goes by the codec in the file, not by its name', async () => {
    const { fake, service, customer, readiness } = setUp([prompt({ pinned: true, formats: ['wav'] })])
    fake.check = () => Promise.resolve({ ok: true, asset: asset({ format: 'wav', codec: 'pcma' }) })
    await service.load()
    service.follow(customer({}, ['pcmu']))
    await settled()
    expect(readiness('welcome')).toMatchObject({ failure: { code: 'codec_unsupported' } })
  })

  it('says the first reason, and keeps the words, when every file is broken', async () => {
    const { fake, service, customer, readiness } = setUp()
    fake.check = ({ language }) =>
      Promise.resolve({
        ok: false,
        failure: failure(language === 'de' ? 'asset_truncated' : 'asset_missing'),
      })
    await service.load()
    service.follow(customer({ language: 'de' }))
    await settled()
    expect(readiness('welcome')).toEqual({
      status: 'unplayable',
      failure: failure('asset_truncated'),
      words: 'Willkommen.',
    })
  })

  it('looks again after a hiccup of the network, and only then', async () => {
    for (const [code, looks] of [
      ['fetch_timeout', 2],
      ['asset_missing', 1],
    ] as const) {
      const { fake, service, customer, checked } = setUp([
        prompt({ pinned: true, recordings: [recording()] }),
      ])
      fake.check = () => Promise.resolve({ ok: false, failure: failure(code) })
      await service.load()
      service.follow(customer({}))
      await settled()
      await service.prepare('welcome')
      expect(checked).toHaveLength(looks)
    }
  })
})

describe('a very large catalogue', () => {
  const many = Array.from({ length: 200 }, (_, i) => prompt({ key: `p${i}`, title: `Prompt ${i}` }))

  it('costs no copy of all answers for each new one', async () => {
    const { service, customer, state } = setUp(many)
    await service.load()
    service.follow(customer({}))
    const before = state()
    await service.prepare('p0')
    expect(state()).not.toBe(before)
    expect(state().readiness).toBe(before.readiness)
    expect(state().readiness.p0?.status).toBe('ready')
  })

  it('is made ready for another customer only as far as it was in view last', async () => {
    const { service, customer, state } = setUp(many)
    await service.load()
    service.follow(customer({}))
    for (const { key } of many) await service.prepare(key)
    await service.prepare('p0')
    service.follow(customer({ language: 'de' }))
    await settled()
    const again = Object.keys(state().readiness)
    expect(again).toHaveLength(60)
    expect(again).toEqual(expect.arrayContaining(['p0', 'p199', 'p141']))
    expect(again).not.toContain('p140')
  })
})

it('knows nothing of a prompt that is named like a part of every object', async () => {
  const { service, readiness } = setUp([prompt({ key: 'constructor' })])
  await service.load()
  expect(readiness('constructor')).toBeUndefined()
})
