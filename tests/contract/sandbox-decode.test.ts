// What the media server makes of bytes: real prompts of the CDN, generated WAV files, and things that are no audio.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { decodeAudio } from '../../sandbox/decode'
import { wav } from './sandbox-harness'

const prompt = (name: string): Buffer =>
  readFileSync(new URL(`../../sandbox/cdn/files/en/standard/${name}`, import.meta.url))
const refusalOf = (bytes: Uint8Array): Promise<string> =>
  decodeAudio(bytes).then(
    ({ codec }) => `decoded as ${codec}`,
    (error: Error) => error.message,
  )

describe('WAV', () => {
  it.each([
    ['8 bit PCM', { bits: 8 }, 'pcm'],
    ['16 bit PCM', { bits: 16 }, 'l16'],
    ['24 bit PCM in stereo', { bits: 24, channels: 2, sampleRateHz: 44_100 }, 'pcm'],
    ['32 bit float', { format: 3, bits: 32 }, 'pcm'],
    ['mu-law', { format: 7, bits: 8 }, 'pcmu'],
    ['A-law', { format: 6, bits: 8 }, 'pcma'],
  ])('%s has its length and is known to endpoints by its codec', async (_, options, name) => {
    const { codec, codecs, durationMs } = await decodeAudio(wav(700, options))
    expect(codec).toBe('wav')
    expect(codecs).toContain(name)
    expect(durationMs).toBeCloseTo(700, 0)
  })

  it.each([
    ['GSM', wav(100, { format: 0x31 }), /format tag 0x0031/],
    ['ADPCM', wav(100, { format: 2, bits: 8 }), /format tag 0x0002/],
    [
      'a third of the sound that its header claims',
      wav(900).subarray(0, 5000),
      /cut off: 4956 of 14400 bytes/,
    ],
    ['no sound', wav(0), /no sound/],
    ['a header only', wav(100).subarray(0, 20), /fmt or its data chunk/],
  ])('with %s is refused', async (_, bytes, reason) => {
    expect(await refusalOf(bytes)).toMatch(reason)
  })
})

describe.each(['welcome.mp3', 'welcome.opus'])('%s', (name) => {
  it('has the length that the catalogue lists', async () => {
    const { codec, durationMs } = await decodeAudio(prompt(name))
    expect(codec).toBe(name.split('.')[1])
    expect(durationMs).toBeGreaterThan(3163)
    expect(durationMs).toBeLessThan(3173)
  })

  it.each([0.2, 0.5, 0.9])('cut off after %f of its bytes is refused as such', async (share) => {
    const whole = prompt(name)
    expect(await refusalOf(whole.subarray(0, Math.round(whole.length * share)))).toMatch(/cut off/)
  })
})

describe('the bytes decide, not the name', () => {
  it.each([
    ['faulty-html.mp3', 'an HTML page is no audio that can be played'],
    ['faulty-mislabelled.mp3', 'decoded as opus'],
    ['faulty-codec.wav', 'nobody plays WAV format tag 0x0031'],
  ])('%s: %s', async (name, outcome) => {
    expect(await refusalOf(prompt(name))).toBe(outcome)
  })

  it('sees through the full length that a truncated file claims', async () => {
    expect(await refusalOf(prompt('faulty-truncated.mp3'))).toMatch(/^the mp3 file is cut off/)
  })

  it.each([
    ['an empty file', ''],
    ['a FLAC file', 'fLaC....'],
    ['a WebM file', '\x1aE\xdf\xa3....'],
    ['an MP4 file', '\0\0\0\x20ftypM4A '],
    ['an unknown kind of file', 'hello'],
  ])('%s is named and refused', async (what, start) => {
    expect(await refusalOf(Buffer.from(start, 'latin1'))).toBe(`${what} is no audio that can be played`)
  })
})
