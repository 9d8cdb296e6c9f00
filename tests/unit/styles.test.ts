// The look keeps its promise: in each theme every text colour can be read on every surface, and every control can be seen.
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const root = new URL('../../src/', import.meta.url)
const tokens = readFileSync(new URL('styles/tokens.css', root), 'utf8')

/** The custom properties of one rule, by name. */
function readColors(selector: string): Record<string, string> {
  const start = tokens.indexOf(`${selector} {`)
  const block = tokens.slice(start, tokens.indexOf('\n}', start))
  return Object.fromEntries(
    [...block.matchAll(/--color-([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  )
}

/** WCAG 2.2: relative luminance, and the ratio of two. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

const surfaces = [
  'surface',
  'surface-soft',
  'surface-strong',
  'selected',
  'danger-soft',
  'success-soft',
  'warning-soft',
]
const texts = ['text', 'text-soft', 'primary', 'primary-strong', 'danger', 'success', 'warning', 'info']
const lines = ['control', 'focus']
const ornaments = ['border']
const themes = [
  [':root', 4.5],
  [":root[data-theme='dark']", 4.5],
  [":root[data-theme='contrast']", 7],
] as const

it('is measured as WCAG does', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5)
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2)
})

describe.each(themes)('%s', (selector, readable) => {
  const colors = readColors(selector)
  const tooWeak = (fronts: readonly string[], least: number) =>
    fronts.flatMap((front) =>
      surfaces.flatMap((surface) => {
        const ratio = contrast(colors[front] ?? '#000000', colors[surface] ?? '#000000')
        return ratio < least ? [`${front} on ${surface}: ${ratio.toFixed(2)}`] : []
      }),
    )

  it('has every colour, and none that is in no list here', () => {
    expect(Object.keys(colors).sort()).toEqual([...surfaces, ...texts, ...lines, ...ornaments].sort())
  })

  // Filled buttons have the surface's colour as their text: the same pairs, the other way round.
  it(`has text of ${readable}:1 and more on every surface`, () => {
    expect(tooWeak(texts, readable)).toEqual([])
  })

  it('has controls and a focus ring of 3:1 and more on every surface', () => {
    expect(tooWeak(lines, 3)).toEqual([])
  })
})

const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(vue|css)$/.test(name) && !name.endsWith('tokens.css'))
  .map((name) => [name, readFileSync(new URL(name.replaceAll('\\', '/'), root), 'utf8')] as const)

it.each(sources)('%s has no colour of its own, and none that is not there', (_, text) => {
  const style = text.includes('<style')
    ? text.slice(text.indexOf('<style'))
    : text.includes('<script')
      ? ''
      : text
  expect(style.match(/#[0-9a-f]{3,8}\b|\b(rgb|hsl|oklch)a?\(|\bopacity:/gi) ?? []).toEqual([])
  const known = Object.keys(readColors(':root'))
  const used = [...text.matchAll(/var\(--color-([\w-]+)\)/g)].map(([, name]) => name)
  expect(used.filter((name) => !known.includes(name ?? ''))).toEqual([])
})

it.each(sources)('%s draws no control with the colour of an ornament', (_, text) => {
  const rules = [...text.matchAll(/([^{}]+)\{([^{}]*)\}/g)]
  const wrong = rules.filter(
    ([, selector = '', body = '']) =>
      /(^|[\s,.])(button|input|select|textarea|stop|go|again)\b[^:]*$/m.test(selector.trim()) &&
      /border(-color)?:[^;]*--color-border\)/.test(body),
  )
  expect(wrong.map(([, selector]) => selector?.trim())).toEqual([])
})
