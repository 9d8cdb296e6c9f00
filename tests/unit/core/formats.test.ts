// The browser's formatters, each made once.
import { expect, it } from 'vitest'
import { displayNames, numberFormat, pluralRules, timeFormat } from '../../../src/core/formats'

it('makes one for each locale and set of options', () => {
  expect(numberFormat('de', {})).toBe(numberFormat('de', {}))
  expect(numberFormat('de', {})).not.toBe(numberFormat('en', {}))
  expect(numberFormat('de', {})).not.toBe(numberFormat('de', { maximumFractionDigits: 0 }))
})

it('formats as the browser does', () => {
  expect(numberFormat('de', { minimumFractionDigits: 1 }).format(3)).toBe('3,0')
  expect(timeFormat('en-GB', { dateStyle: 'short', timeZone: 'UTC' }).format(0)).toBe('01/01/1970')
  expect(pluralRules('en', {}).select(1)).toBe('one')
  expect(displayNames('de', { type: 'language' }).of('fr')).toBe('Französisch')
})
