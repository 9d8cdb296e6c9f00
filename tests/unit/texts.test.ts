// The interface's languages, held against the sources: no text is missing, none is left over, and none bypasses the dictionaries.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { languages, pseudoTag } from '../../src/core/language'
import type { Dictionary } from '../../src/core/text'
import { pseudo } from '../../src/texts/pseudo'
import { findFaults } from '../support/dictionary-faults'
import { listFiles, readImports } from '../support/import-graph'
import { findRawWords, findSentences } from '../support/sentences'
import { parts, sentencesByPart, type PartName } from '../support/text-parts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const read = (file: string): string => readFileSync(join(root, file), 'utf8')
const said = sentencesByPart(root, readImports(root, ['src']))
const translated = languages.filter((language) => language !== 'en' && language !== pseudoTag)
const dictionaryOf = (language: string, part: PartName): Dictionary =>
  JSON.parse(read(`src/texts/${language}/${part}.json`)) as Dictionary

describe('the dictionaries', () => {
  it('have sentences to translate', () => {
    for (const part of parts) expect(said.get(part)?.length, part).toBeGreaterThan(20)
  })

  it.each(translated.flatMap((language) => parts.map((part) => [language, part] as const)))(
    '%s, %s: each sentence is there, with its holes and its plurals, and nothing else is',
    (language, part) => {
      expect(findFaults(language, said.get(part) ?? [], dictionaryOf(language, part))).toEqual([])
    },
  )

  it.each(parts)('the pseudo-language is made of all sentences of the part %s', async (part) => {
    const { default: spoken } = (await import(`../../src/texts/en-XA/${part}.ts`)) as { default: Dictionary }
    expect(Object.keys(spoken)).toEqual(Object.keys(dictionaryOf('de', part)))
  })
})

describe('findFaults', () => {
  const sentences = [{ key: 'Stop {title}' }, { one: '1 line', key: '{n} lines' }]
  const whole = { 'Stop {title}': '{title} anhalten', '{n} lines': { one: '{n} Zeile', other: '{n} Zeilen' } }

  it('finds nothing where all is well', () => {
    expect(findFaults('de', sentences, whole)).toEqual([])
  })

  it.each<[string, Dictionary]>([
    ['missing: Stop {title}', { '{n} lines': whole['{n} lines'] }],
    ['nobody says: Go', { ...whole, Go: 'Los' }],
    ['empty: Stop {title}', { ...whole, 'Stop {title}': ' ' }],
    ['other holes: Stop {title}', { ...whole, 'Stop {title}': '{titel} anhalten' }],
    ['not by number: {n} lines', { ...whole, '{n} lines': '{n} Zeilen' }],
    ['forms are not one, other: {n} lines', { ...whole, '{n} lines': { other: '{n} Zeilen' } }],
    ['by number: Stop {title}', { ...whole, 'Stop {title}': { other: '{title} anhalten' } }],
  ])('says "%s"', (fault, dictionary) => {
    expect(findFaults('de', sentences, dictionary)).toEqual([fault])
  })
})

describe('findSentences', () => {
  it('reads scripts and templates', () => {
    const component = `<script setup lang="ts">
      const words = m({ a: 'In a table', b: ['In a list'] })
      const say = () => t(open ? 'Open' : 'Closed')
      </script>
      <template><p v-if="isThere" :title="t('A title')" @click="say(t('Clicked'))">{{ tn('1 line', '{n} lines', n) }}</p></template>`
    expect(findSentences('A.vue', component)).toEqual([
      { key: 'In a table' },
      { key: 'In a list' },
      { key: 'Open' },
      { key: 'Closed' },
      { key: 'A title' },
      { key: 'Clicked' },
      { one: '1 line', key: '{n} lines' },
    ])
  })

  it('refuses a sentence that is put together', () => {
    expect(() => findSentences('a.ts', 't(`Play ${title}`)')).toThrow('put together')
    expect(() => findSentences('a.ts', 'tn(one, many, n)')).toThrow('not written out')
  })
})

/** What people read stands in components, and in these modules. */
const spoken = [
  ...listFiles(root, 'src', ['.vue', '-words.ts']),
  'src/core/errors.ts',
  'src/core/guard.ts',
  'src/core/scopes.ts',
  'src/core/team-scopes.ts',
  ...listFiles(root, 'src/services', ['install.ts', 'install-steps.ts']),
  ...listFiles(root, 'src/services', [
    'health.ts',
    'health-rows.ts',
    'health-upload.ts',
    'health-dry-run.ts',
  ]),
]

describe('words', () => {
  it.each(spoken)('%s says all of its words through the dictionaries', (file) => {
    expect(findRawWords(file, read(file))).toEqual([])
  })

  it.each([
    ['a text', '<template><p>Hello</p></template>', ['Hello']],
    ['an attribute', '<template><input placeholder="Search" /></template>', ['Search']],
    ['a property', '<template><NoticeCard title="Oh" /></template>', ['Oh']],
    ['a bound attribute', `<template><p :title="a ? 'Yes' : t('No')" /></template>`, ['Yes']],
    ['an interpolation', `<template><p>{{ held ? 'Waits here' : t('Next') }}</p></template>`, ['Waits here']],
    ['a name', '<template><h1>Cueline</h1></template>', []],
    ['a class and a comparison', `<template><p :class="a === 'On a call' ? 'x' : 'y'" /></template>`, []],
    ['a script', `<script setup lang="ts">said.value = 'It did not work.'</script>`, ['It did not work.']],
  ])('are found in %s', (_, component, found) => {
    expect(findRawWords('A.vue', component)).toEqual(found)
  })

  it('are found in a module, also where they are put together', () => {
    expect(findRawWords('a-words.ts', "export const f = () => 'Not on a call.'")).toEqual(['Not on a call.'])
    expect(findRawWords('a-words.ts', 'export const f = (x: string) => `${x} was played`')).toEqual([
      '`${x} was played`',
    ])
    expect(findRawWords('a-words.ts', "export const f = () => t('{x} was played', { x: 'a' })")).toEqual([])
  })
})

it('the pseudo-language keeps holes, has no plain letter and is a third longer', () => {
  const said = pseudo('Play {title} now')
  expect(said).toContain('{title}')
  expect(said.replace('{title}', '')).not.toMatch(/[a-z]{3}/i)
  expect(said.length).toBeGreaterThan('Play {title} now'.length * 1.3)
})
