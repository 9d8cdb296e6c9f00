// From the customer's attributes to an ordered list of files: never anything but the catalogue's own words in a URL.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { audioFormats } from '../../../src/core/catalogue'
import { languageName, normaliseLanguage, readWish, resolvePrompt } from '../../../src/core/prompt'
import { cdnBase, prompt, recording } from '../../support/factories'

const rules = { defaults: { language: 'en', tier: 'standard' }, tiers: ['standard', 'premium'] }
const wishFor = (language: string | null, tier: string | null = null) => readWish({ language, tier }, rules)

describe('normaliseLanguage', () => {
  it.each([
    ['pt_BR', 'pt-BR'],
    ['PT-br', 'pt-BR'],
    ['pt-BR', 'pt-BR'],
    ['DE', 'de'],
    ['zh_hant_tw', 'zh-Hant-TW'],
    ['iw', 'he'],
    ['', null],
    ['e', null],
    ['english', null],
    ['en-', null],
    ['en--us', null],
    ['-en', null],
    ['en-xx-yy', null],
    ['en us', null],
    ['../../evil', null],
    ['en/../..', null],
    ['en\u0000', null],
    ['en\n', null],
    ['en-abcdefgh-bcdefghi-cdefghij-defghijk', null],
  ])('reads %j as %j', (tag, expected) => {
    expect(normaliseLanguage(tag)).toBe(expected)
  })

  it('never throws and never yields a character that means something in a URL', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (tag) => {
        expect(normaliseLanguage(tag) ?? 'none').toMatch(/^[A-Za-z0-9-]+$/)
      }),
    )
  })
})

describe('readWish', () => {
  it('follows attributes that are well-formed', () => {
    expect(wishFor(' pt_BR ', 'PREMIUM')).toEqual({ language: 'pt-BR', tier: 'premium', notes: [] })
  })

  it.each([null, '', '   '])('takes the defaults without a note where the attributes are %j', (value) => {
    expect(wishFor(value, value)).toEqual({ language: 'en', tier: 'standard', notes: [] })
  })

  it.each([
    '../../evil',
    'https://evil.example/',
    'evil.example',
    '//evil.example',
    'en%2f..%2f',
    'en\u0000',
    'en\r\nHost: evil',
    '\u202Egpj',
    'x'.repeat(10_240),
    '{{language}}',
  ])('takes the defaults and a note that ends with a full stop for %j', (hostile) => {
    const wish = wishFor(hostile, hostile)
    expect(wish).toMatchObject({ language: 'en', tier: 'standard' })
    expect(wish.notes).toHaveLength(2)
    for (const note of wish.notes) {
      expect(note).toMatch(/\.$/)
      expect(note).not.toContain(hostile)
    }
  })

  it('does not know a tier that is not configured', () => {
    expect(wishFor('de', 'platinum')).toMatchObject({ language: 'de', tier: 'standard' })
    expect(wishFor('de', '__proto__').notes).toHaveLength(1)
  })
})

describe('resolvePrompt', () => {
  const both = prompt({
    recordings: [
      recording({ language: 'en', tier: 'standard' }),
      recording({ language: 'en', tier: 'premium' }),
      recording({ language: 'de', tier: 'standard', text: 'Willkommen.' }),
      recording({ language: 'de', tier: 'premium', durationMs: 4_000 }),
      recording({ language: 'pt_BR', tier: 'standard' }),
    ],
  })
  const pathsOf = (language: string, tier = 'standard') =>
    resolvePrompt(both, wishFor(language, tier), rules, cdnBase).map((c) => c.url.slice(cdnBase.length + 1))

  it('offers German premium to a German premium customer, then what comes nearest', () => {
    expect(pathsOf('de', 'premium')).toEqual([
      'de/premium/welcome.mp3',
      'de/standard/welcome.mp3',
      'en/premium/welcome.mp3',
      'en/standard/welcome.mp3',
    ])
  })

  it('falls back to the base language, and finds a recording written with an underscore', () => {
    expect(pathsOf('de-AT')[0]).toBe('de/standard/welcome.mp3')
    expect(pathsOf('PT-br')[0]).toBe('pt_BR/standard/welcome.mp3')
  })

  it('falls back to the default language, with a reason in words', () => {
    const [first] = resolvePrompt(both, wishFor('fr'), rules, cdnBase)
    expect(first).toMatchObject({
      url: `${cdnBase}/en/standard/welcome.mp3`,
      reason: 'no French recording: English instead',
    })
  })

  it('falls back to the default tier, with a reason in words', () => {
    const [first] = resolvePrompt(both, wishFor('pt-BR', 'premium'), rules, cdnBase)
    expect(first?.reason).toBe('no premium recording: standard instead')
  })

  it('gives no reason where it is what was asked for', () => {
    const [first] = resolvePrompt(both, wishFor('de', 'premium'), rules, cdnBase)
    expect(first).toMatchObject({ reason: null, claimedDurationMs: 4_000, language: 'de', tier: 'premium' })
  })

  it('offers the formats of the recording, else of the prompt, else opus, mp3, wav', () => {
    const formats = (of: Parameters<typeof prompt>[0]) =>
      resolvePrompt(prompt(of), wishFor('en'), rules, cdnBase).map((c) => c.format)
    expect(formats({ formats: ['wav', 'mp3'], recordings: [recording({ formats: ['opus'] })] })).toEqual([
      'opus',
    ])
    expect(formats({ formats: ['wav', 'mp3', 'wav'] })).toEqual(['wav', 'mp3'])
    expect(formats({ formats: undefined })).toEqual(['opus', 'mp3', 'wav'])
  })

  it('offers nothing where neither the language nor the default was recorded', () => {
    const french = prompt({ recordings: [recording({ language: 'fr' })] })
    expect(resolvePrompt(french, wishFor('de'), rules, cdnBase)).toEqual([])
  })

  it('never lets a value of an attribute into a URL', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.webUrl(),
      fc.constantFrom(
        '../../evil',
        'de/../..',
        '//evil.example',
        'de%2Fx',
        'pt_BR',
        'de-AT',
        'premium',
        'xx',
      ),
    )
    const allowed = both.recordings.flatMap((r) =>
      audioFormats.map((format) => `${cdnBase}/${r.language}/${r.tier}/welcome.${format}`),
    )
    fc.assert(
      fc.property(hostile, hostile, (language, tier) => {
        const candidates = resolvePrompt(both, wishFor(language, tier), rules, cdnBase)
        expect(candidates.length).toBeGreaterThan(0)
        for (const { url } of candidates) expect(allowed).toContain(url)
      }),
      { numRuns: 500 },
    )
  })

  it('offers no file twice', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('de', 'en', 'en-US', 'pt-BR', 'fr'),
        fc.constantFrom('premium', 'x'),
        (l, t) => {
          const urls = resolvePrompt(both, wishFor(l, t), rules, cdnBase).map((c) => c.url)
          expect(new Set(urls).size).toBe(urls.length)
        },
      ),
    )
  })
})

describe('languageName', () => {
  it.each([
    ['de', 'German'],
    ['pt-BR', 'Brazilian Portuguese'],
    ['pt_BR', 'Brazilian Portuguese'],
    ['en-xx-yy', 'en-xx-yy'],
    ['zz', 'zz'],
  ])('calls %s %s', (tag, name) => {
    expect(languageName(tag)).toBe(name)
  })
})
