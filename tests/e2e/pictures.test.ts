// The main states as pictures, in three widths and two themes. CUELINE_UPDATE_PICTURES=1 npm test -- e2e/pictures takes them anew.
import { mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { launchBrowser } from '../support/browser'
import { blurPicture, comparePictures, packPicture } from '../support/picture'
import { startGallery, type Stage } from '../support/stage'

const folder = fileURLToPath(new URL('../pictures', import.meta.url))
const results = fileURLToPath(new URL('../../test-results/pictures', import.meta.url))
const isUpdate = process.env.CUELINE_UPDATE_PICTURES === '1'
const mostBytes = 1_500_000

const states: Readonly<Record<string, string>> = {
  ready: 'Panel, the catalogue / ready',
  found: 'Panel, the catalogue / found by search',
  playing: 'Panel, a playback / playing',
  completed: 'Panel, a playback / completed',
  failed: 'Panel, around a playback / read aloud instead',
  unknown: 'Panel, a playback / unknown',
  queue: 'Panel, around a playback / a queue',
  'no-call': 'Panel, the call / no call',
  loading: 'Panel, starting / reading the call',
  team: 'Team / all badges',
  setup: 'Setup / plan',
}
const widths = [280, 360, 640]
const themes = ['light', 'dark']
const nameOf = (state: string, width: number, theme: string) => `${state}-${width}-${theme}.png`

let browser: Browser
let gallery: Awaited<ReturnType<typeof startGallery>>
let stage: Stage

beforeAll(async () => {
  gallery = await startGallery(inject('galleryFolder'))
  browser = await launchBrowser()
  stage = await gallery.open(browser, { width: 360, height: 480 })
  await mkdir(folder, { recursive: true })
  await rm(results, { recursive: true, force: true })
})
afterAll(async () => {
  await browser?.close()
  await gallery?.close()
})

/** After two frames: what measures itself has drawn itself anew by then. */
async function shoot(): Promise<Buffer> {
  await stage.page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  )
  return stage.page.screenshot({ animations: 'disabled', caret: 'hide' })
}

/** Null where the picture is as it was; else a sentence that says where to look. */
async function judge(name: string): Promise<string | null> {
  const actual = await shoot()
  const file = join(folder, name)
  if (isUpdate) {
    await writeFile(file, packPicture(actual))
    return null
  }
  const expected = await readFile(file).catch(() => null)
  if (expected === null)
    return `${name} is not there. Take it with CUELINE_UPDATE_PICTURES=1 npm test -- e2e/pictures`
  const { isSame, blocks, picture } = comparePictures(actual, expected)
  if (isSame) return null
  await mkdir(results, { recursive: true })
  await writeFile(join(results, name.replace('.png', '-actual.png')), actual)
  if (picture) await writeFile(join(results, name.replace('.png', '-diff.png')), picture)
  const what = blocks === null ? 'has another size' : `differs in ${blocks} blocks of 8 by 8 px`
  return `${name} ${what}. Compare tests/pictures/${name} with its -actual and -diff in test-results/pictures.`
}

describe('the main states look as they did', () => {
  test.each(Object.entries(states))('%s', async (state, scene) => {
    const problems: string[] = []
    for (const width of widths) {
      await stage.page.setViewportSize({ width, height: 480 })
      await stage.show('')
      await stage.show(scene)
      for (const theme of themes) {
        await stage.page.evaluate((next) => (document.documentElement.dataset.theme = next), theme)
        const problem = await judge(nameOf(state, width, theme))
        if (problem !== null) problems.push(problem)
      }
    }
    expect(problems).toEqual([])
  })

  test('and there is no picture too many, and all of them are small', async () => {
    const wanted = Object.keys(states).flatMap((state) =>
      widths.flatMap((width) => themes.map((theme) => nameOf(state, width, theme))),
    )
    const there = await readdir(folder)
    expect(there.sort()).toEqual(wanted.sort())
    const sizes = await Promise.all(there.map(async (name) => (await stat(join(folder, name))).size))
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(mostBytes)
  })
})

describe('the comparison', () => {
  const scene = 'Panel, around a playback / read aloud instead'
  /** As an adopted sheet: the page's policy lets no style element in. */
  const change = (css: string) =>
    stage.page.evaluate((text) => {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync(text)
      document.adoptedStyleSheets = [sheet]
    }, css)
  /** The scene as it is, and with this style sheet in addition. */
  async function compareWith(css: string) {
    await stage.page.setViewportSize({ width: 360, height: 600 })
    await stage.show(scene)
    await stage.page.evaluate(() => (document.documentElement.dataset.theme = 'light'))
    const before = await shoot()
    await change(css)
    const after = await shoot()
    await change('')
    return comparePictures(after, before)
  }

  test('lets pass what a font does', async () => {
    const before = await shoot()
    expect(comparePictures(blurPicture(before), before)).toMatchObject({ isSame: true })
    for (const css of ['#app { transform: translate(0.4px, 0.3px) }', '#app { filter: blur(0.5px) }'])
      expect((await compareWith(css)).isSame, css).toBe(true)
  })

  test('stops what people do', async () => {
    for (const css of [
      'button { transform: translateX(8px) }',
      'button { border-color: red !important }',
      'h2 { visibility: hidden }',
      'strong, .title { font-weight: 400 !important }',
      'svg { opacity: 0.5 }',
      'section { padding-top: 12px }',
    ])
      expect((await compareWith(css)).isSame, css).toBe(false)
  })
})
