// The verdict on a file: on built headers, and on the real files of the sandbox, good and bad.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { failureOfStatus, judgeHeader, judgeLength, withinTolerance } from '../../../src/core/asset'
import { readCatalogue } from '../../../src/core/catalogue'
import { sniffAudio, type Sniffed } from '../../../src/core/sniff'
import { resolvePrompt } from '../../../src/core/prompt'
import { candidate } from '../../support/factories'

const filesDir = fileURLToPath(new URL('../../../sandbox/cdn/files/', import.meta.url))
const bytesOf = (path: string) => new Uint8Array(readFileSync(filesDir + path))
const sniffFile = (path: string) => sniffAudio(bytesOf(path))
const sniffed = (of: Partial<Sniffed>): Sniffed => ({
  container: 'mp3',
  codec: 'mp3',
  claimedMs: null,
  presentMs: null,
  whole: true,
  ...of,
})

describe('judgeHeader', () => {
  it.each([
    ['html', 'none', 'mp3', 'asset_corrupt'],
    ['unknown', 'none', 'mp3', 'asset_corrupt'],
    ['ogg', 'opus', 'mp3', 'asset_corrupt'],
    ['mp3', 'mp3', 'opus', 'asset_corrupt'],
    ['webm', 'opus', 'opus', 'asset_corrupt'],
    ['ogg', 'vorbis', 'opus', 'codec_unsupported'],
    ['wav', 'gsm', 'wav', 'codec_unsupported'],
  ] as const)('refuses %s with %s under the name of %s: %s', (container, codec, format, code) => {
    expect(judgeHeader(sniffed({ container, codec }), format)?.code).toBe(code)
  })

  it.each([
    ['mp3', 'mp3', 'mp3'],
    ['ogg', 'opus', 'opus'],
    ['wav', 'pcmu', 'wav'],
    ['wav', 'pcm', 'wav'],
  ] as const)('takes %s with %s for %s', (container, codec, format) => {
    expect(judgeHeader(sniffed({ container, codec }), format)).toBeNull()
  })
})

describe('judgeLength', () => {
  it('takes what is as long as header and catalogue claim, or longer', () => {
    expect(judgeLength(sniffed({ claimedMs: 3_000 }), 3_000, 3_000)).toBeNull()
    expect(judgeLength(sniffed({ claimedMs: 3_000 }), 3_080, null)).toBeNull()
    expect(judgeLength(sniffed({}), 10, null)).toBeNull()
  })

  it('finds what is shorter than either claims, and says by how much', () => {
    expect(judgeLength(sniffed({ claimedMs: 3_000 }), 1_500, null)).toEqual({
      code: 'asset_truncated',
      detail: '1500 of 3000 ms',
    })
    expect(judgeLength(sniffed({}), 1_500, 3_000)?.code).toBe('asset_truncated')
  })

  it('finds a file whose container misses its end', () => {
    expect(judgeLength(sniffed({ whole: false }), 3_000, 3_000)?.code).toBe('asset_truncated')
  })

  it('allows 150 ms or 5 per cent, whichever is more', () => {
    expect([withinTolerance(850, 1_000), withinTolerance(849, 1_000)]).toEqual([true, false])
    expect([withinTolerance(9_500, 10_000), withinTolerance(9_499, 10_000)]).toEqual([true, false])
  })
})

describe('failureOfStatus', () => {
  it.each([
    [404, 'asset_missing'],
    [410, 'asset_missing'],
    [401, 'asset_denied'],
    [403, 'asset_denied'],
  ])('reads HTTP %i as %s', (status, code) => {
    expect(failureOfStatus(status)).toEqual({ code, detail: `HTTP ${status}` })
  })
})

describe('the files of the sandbox', () => {
  const { prompts, gaps } = readCatalogue(JSON.parse(readFileSync(`${filesDir}catalogue.json`, 'utf8')))
  const rules = { defaults: { language: 'en', tier: 'standard' }, tiers: ['standard', 'premium'] }
  const good = prompts
    .filter((p) => p.category !== 'Faulty recordings')
    .flatMap((p) =>
      ['en', 'de', 'es', 'fr'].flatMap((language) =>
        resolvePrompt(p, { language, tier: 'premium', notes: [] }, rules, ''),
      ),
    )

  it('have a catalogue without a gap', () => {
    expect(gaps).toEqual([])
    expect(good.length).toBeGreaterThan(50)
  })

  it('are what their names say, each of the good ones', () => {
    const wrong = good.filter((c) => judgeHeader(sniffFile(c.url.slice(1)), c.format) !== null)
    expect(wrong.map((c) => c.url)).toEqual([])
  })

  // An mp3 header counts the encoder's delay and padding too: up to 150 ms at these sampling rates.
  it('are as long as the catalogue claims, where the header tells', () => {
    const told = good.flatMap((c) => {
      const { claimedMs, presentMs } = sniffFile(c.url.slice(1))
      const ms = presentMs ?? claimedMs
      return ms === null ? [] : [{ url: c.url, ok: Math.abs(ms - (c.claimedDurationMs ?? 0)) <= 150 }]
    })
    expect(told.length).toBeGreaterThan(50)
    expect(told.filter(({ ok }) => !ok)).toEqual([])
  })

  it.each([
    ['faulty-mislabelled.mp3', 'asset_corrupt', 'named mp3, but holds opus'],
    ['faulty-html.mp3', 'asset_corrupt', 'a web page came instead of audio'],
    ['faulty-codec.wav', 'codec_unsupported', 'wav file with codec gsm'],
  ])('refuse %s by its header: %s', (file, code, detail) => {
    const format = file.endsWith('wav') ? 'wav' : 'mp3'
    expect(judgeHeader(sniffFile(`en/standard/${file}`), format)).toEqual({ code, detail })
  })

  it('hide the cut in the truncated mp3 from the header, but not from the length', () => {
    const file = sniffFile('en/standard/faulty-truncated.mp3')
    const claimed = candidate({ claimedDurationMs: 5_418 }).claimedDurationMs
    expect(judgeHeader(file, 'mp3')).toBeNull()
    expect(file.claimedMs).toBeGreaterThan(5_000)
    expect(judgeLength(file, 2_900, claimed)?.code).toBe('asset_truncated')
  })

  it.each(['en/standard/welcome.wav', 'en/standard/welcome.opus'])(
    'show a cut in %s by its container',
    (path) => {
      const whole = sniffFile(path)
      const bytes = bytesOf(path)
      const half = sniffAudio(bytes.subarray(0, bytes.length / 2))
      expect(judgeLength(whole, whole.presentMs ?? 0, null)).toBeNull()
      expect(judgeLength(half, half.presentMs ?? 0, whole.presentMs)?.code).toBe('asset_truncated')
    },
  )
})
