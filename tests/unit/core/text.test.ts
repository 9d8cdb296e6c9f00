// The words of the interface: English without a dictionary, translated with one, plurals and numbers by the language.
import { afterEach, describe, expect, it } from 'vitest'
import { chooseLanguage } from '../../../src/core/language'
import { seconds, speak, spokenTag, t, tn } from '../../../src/core/text'

afterEach(() => speak('en'))

describe('t', () => {
  it('says the sentence itself in English, and fills its holes', () => {
    expect(t('The customer heard all {played}.', { played: '3.4 s' })).toBe('The customer heard all 3.4 s.')
    expect(t('{unknown} stays')).toBe('{unknown} stays')
  })

  it('says the translation, and English where there is none', () => {
    speak('de', { Stop: 'Anhalten', '{n} of {all}': '{n} von {all}' })
    expect(t('Stop')).toBe('Anhalten')
    expect(t('{n} of {all}', { n: 1_234.5, all: 2 })).toBe('1.234,5 von 2')
    expect(t('Not translated')).toBe('Not translated')
    expect(spokenTag()).toBe('de')
  })

  it('adds the sentences of a further view, and forgets those of another language', () => {
    speak('de', { Stop: 'Anhalten' })
    speak('de', { Team: 'Gruppe' })
    expect([t('Stop'), t('Team')]).toEqual(['Anhalten', 'Gruppe'])
    speak('fr', { Team: 'Équipe' })
    expect([t('Stop'), t('Team')]).toEqual(['Stop', 'Équipe'])
  })

  it('puts values in as they are, whatever they hold', () => {
    expect(t('Found: {title}', { title: '{title} $& <b>' })).toBe('Found: {title} $& <b>')
  })
})

describe('tn', () => {
  const waiting = (n: number) => tn('1 record waits', '{n} records wait', n)

  it('counts in English', () => {
    expect([waiting(0), waiting(1), waiting(2_000)]).toEqual([
      '0 records wait',
      '1 record waits',
      '2,000 records wait',
    ])
  })

  it.each([
    ['fr', { one: '{n} fiche attend', other: '{n} fiches attendent' }, 0, '0 fiche attend'],
    ['ja', { other: '{n}件の記録が待機中' }, 1, '1件の記録が待機中'],
    [
      'es',
      { one: '{n} registro espera', many: '{n} de registros esperan', other: '{n} esperan' },
      3,
      '3 esperan',
    ],
    ['de', '{n} warten', 1, '1 warten'],
  ])('counts as %s does', (tag, forms, n, said) => {
    speak(tag, { '{n} records wait': forms })
    expect(waiting(n)).toBe(said)
  })
})

it('writes seconds with the decimals and the separator of the language', () => {
  expect([seconds(3_168), seconds(9_999), seconds(61_499)]).toEqual(['3.2 s', '10.0 s', '61 s'])
  speak('de')
  expect(seconds(3_168)).toBe('3,2 s')
})

it.each([
  [['de-AT'], 'de'],
  [['pt_PT'], 'pt-BR'],
  [['PT-br'], 'pt-BR'],
  [['en-us'], 'en'],
  [['ja-JP'], 'ja'],
  [['sv', 'fr-CA'], 'fr'],
  [['sv', null, undefined, ''], 'en'],
  [['en-XA'], 'en-XA'],
  [[], 'en'],
  [['__proto__', '-'], 'en'],
])('the host says %j: the interface speaks %s', (wishes, language) => {
  expect(chooseLanguage(wishes)).toBe(language)
})
