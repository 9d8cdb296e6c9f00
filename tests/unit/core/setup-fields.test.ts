// Region, language and address of the prompt files: where they come from, what may stand there, what is missing still.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readConfig } from '../../../src/core/config'
import {
  judgeField,
  missingOf,
  startingFields,
  withFields,
  type FieldName,
  type SetupField,
  type SetupFields,
} from '../../../src/core/setup-fields'

describe('what config.json says besides', () => {
  const host = { environment: 'mypurecloud.de', languageTag: 'de_de' }
  const shipped = JSON.parse(
    readFileSync(new URL('../../../public/config.json', import.meta.url), 'utf8'),
  ) as object
  const values = (fields: SetupFields) =>
    Object.values(fields).map(({ value, source }: SetupField) => [value, source])

  it.each<[string, object, typeof host | { environment: null; languageTag: null }, string[][]]>([
    [
      'region and language of the desktop, in the file that the app came with',
      shipped,
      host,
      [
        ['mypurecloud.de', 'desktop'],
        ['de-DE', 'desktop'],
        ['', 'nobody'],
      ],
    ],
    [
      'what somebody has decided before the desktop',
      {
        api: { environment: 'mypurecloud.ie' },
        defaults: { language: 'fr' },
        cdn: { base: 'https://cdn.example' },
      },
      host,
      [
        ['mypurecloud.ie', 'file'],
        ['fr', 'file'],
        ['https://cdn.example', 'file'],
      ],
    ],
    [
      'nothing where nobody says it, or a tag is none',
      {},
      { environment: null, languageTag: null },
      [
        ['', 'nobody'],
        ['', 'nobody'],
        ['', 'nobody'],
      ],
    ],
  ])('is %s', (_, file, told, expected) =>
    expect(values(startingFields(file as Record<string, unknown>, told))).toEqual(expected),
  )

  it('stands in the file that the panel reads, beside what stood there', () => {
    const file = {
      oauth: { clientId: 'c' },
      defaults: { tier: 'premium' },
      cdn: { base: 'https://cdn.example' },
    }
    const whole = withFields(file, startingFields(file, host))
    expect(readConfig(JSON.stringify(whole))).toMatchObject({
      ok: true,
      config: {
        api: { environment: 'mypurecloud.de' },
        defaults: { language: 'de-DE', tier: 'premium' },
        cdn: { base: 'https://cdn.example' },
      },
    })
    const empty = startingFields({}, { environment: null, languageTag: null })
    expect(withFields(file, empty)).toEqual(file)
  })

  it.each<[FieldName, string, string | null]>([
    ['environment', 'mypurecloud.de', null],
    ['environment', 'https://x', 'api.environment'],
    ['language', 'pt-BR', null],
    ['language', '../x', 'defaults.language'],
    ['cdn', 'https://prompts.northwind.example/a/', null],
    ['cdn', 'http://prompts.northwind.example', 'cdn.base'],
    ['cdn', '', null],
  ])("holds %s %s to the panel's own rule", (name, value, field) =>
    expect(judgeField(name, value)?.field ?? null).toBe(field),
  )

  it.each<[string, object, string[]]>([
    ['the file that the app came with', shipped, ['oauth.clientId', 'cdn.base', 'api.gateway']],
    ['a flow that is not there', { backend: 'secure-flow' }, ['secureFlow.flowId']],
    ['an address to dial', { backend: 'announcement-leg' }, ['announcementLeg']],
    ['nothing at all', { api: { gateway: 'https://gateway.example' } }, []],
  ])('lacks what agents could not do without: %s', (_, change, fields) => {
    const complete = { oauth: { clientId: 'c' }, cdn: { base: 'https://cdn.example' }, ...change }
    expect(missingOf(JSON.stringify(complete)).map(({ field }) => field)).toEqual(fields)
  })
})
