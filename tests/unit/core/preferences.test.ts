// What agents set for themselves: whatever the storage holds, a usable setting comes out, field by field.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { defaultPreferences, readPreferences, withRecent } from '../../../src/core/preferences'

it('reads back what was written', () => {
  const mine = { ...defaultPreferences, pins: ['b', 'a'], theme: 'dark' as const, previewVolume: 0 }
  expect(readPreferences(JSON.stringify(mine))).toEqual(mine)
})

it.each([null, '', '{', 'null', '7', '[]', '"x"'])('takes %j for nothing set', (text) => {
  expect(readPreferences(text)).toEqual(defaultPreferences)
})

it('replaces a damaged field alone', () => {
  const text = JSON.stringify({
    theme: 'pink',
    density: 'compact',
    pins: 'x',
    recent: ['a', 'a', 7],
    previewVolume: 2,
  })
  expect(readPreferences(text)).toEqual({ ...defaultPreferences, density: 'compact' })
})

it('never throws, and keeps its bounds', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const { previewVolume, recent, pins } = readPreferences(JSON.stringify(value))
      expect(previewVolume >= 0 && previewVolume <= 1 && recent.length <= 5).toBe(true)
      expect(pins === null || pins.length <= 50).toBe(true)
    }),
  )
})

it('keeps what was played last, the newest first and each once', () => {
  expect(withRecent(['a', 'b', 'c'], 'b')).toEqual(['b', 'a', 'c'])
  expect(withRecent(['a', 'b', 'c', 'd', 'e'], 'f')).toEqual(['f', 'a', 'b', 'c', 'd'])
})
