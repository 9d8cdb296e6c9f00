// Loudness, peak and leading silence of signals whose figures are known.
import { describe, expect, it } from 'vitest'
import { integratedLoudness, leadingSilence, samplePeak } from '../../../src/core/loudness'

const sine = (hertz: number, dbfs: number, seconds: number, sampleRate: number): Float32Array =>
  Float32Array.from(
    { length: Math.round(seconds * sampleRate) },
    (_, at) => 10 ** (dbfs / 20) * Math.sin((2 * Math.PI * hertz * at) / sampleRate),
  )
const joined = (...parts: Float32Array[]): Float32Array =>
  Float32Array.from(parts.flatMap((part) => [...part]))

describe('integrated loudness by BS.1770', () => {
  // The recommendation: 997 Hz at 0 dBFS in one channel reads -3.01 LKFS.
  it.each([
    ['full scale, 48 kHz', 0, 48_000, -3.01],
    ['-20 dBFS, 48 kHz', -20, 48_000, -23.01],
    ['-20 dBFS, 44.1 kHz', -20, 44_100, -23.01],
    ['-20 dBFS, 16 kHz', -20, 16_000, -23.01],
    ['-33 dBFS, 24 kHz', -33, 24_000, -36.01],
  ])('of a 997 Hz sine at %s', (_, dbfs, sampleRate, lufs) => {
    expect(integratedLoudness([sine(997, dbfs, 3, sampleRate)], sampleRate)).toBeCloseTo(lufs, 1)
  })

  it('counts two channels together: EBU Tech 3341 has -23 LUFS for -23 dBFS in both', () => {
    const channel = sine(1000, -23, 20, 48_000)
    expect(integratedLoudness([channel, channel], 48_000)).toBeCloseTo(-23, 1)
  })

  it('does not count pauses: EBU Tech 3341, -36 around -23 dBFS', () => {
    const quiet = sine(1000, -36, 10, 48_000)
    const channel = joined(quiet, sine(1000, -23, 60, 48_000), quiet)
    expect(integratedLoudness([channel, channel], 48_000)).toBeCloseTo(-23, 1)
    const withPause = joined(sine(997, -20, 3, 16_000), new Float32Array(160_000))
    expect(integratedLoudness([withPause], 16_000)).toBeCloseTo(-23.01, 0)
  })

  it('weighs the low less and the high more', () => {
    const at = (hertz: number) => integratedLoudness([sine(hertz, -20, 2, 48_000)], 48_000) ?? 0
    expect(at(30)).toBeLessThan(at(997) - 5)
    expect(at(8_000)).toBeGreaterThan(at(997) + 3)
  })

  it('is not known for silence, for less than 400 ms, for nothing', () => {
    expect(integratedLoudness([new Float32Array(48_000)], 48_000)).toBeNull()
    expect(integratedLoudness([sine(997, 0, 0.39, 48_000)], 48_000)).toBeNull()
    expect(integratedLoudness([], 48_000)).toBeNull()
  })
})

it.each([
  [0, 0],
  [-6, -6],
  [-40, -40],
])('the sample peak of a sine at %i dBFS', (dbfs, peak) => {
  expect(samplePeak([sine(100, dbfs, 1, 48_000)])).toBeCloseTo(peak, 2)
})
it('has no peak in digital silence', () => expect(samplePeak([new Float32Array(10)])).toBeNull())

describe('leading silence', () => {
  const sound = sine(440, -20, 0.5, 16_000)
  it.each([
    [0, 0],
    [35, 30],
    [250, 250],
    [1_000, 1_000],
  ])('of %i ms before the sound is found within 10 ms', (silentMs, found) => {
    const channel = joined(new Float32Array(silentMs * 16), sound)
    expect(leadingSilence([channel], 16_000)).toBe(found)
  })
  it('takes the hiss of a quiet room for silence, and the first channel that sounds', () => {
    const hiss = sine(3_000, -60, 0.3, 16_000)
    expect(leadingSilence([joined(hiss, sound)], 16_000)).toBe(300)
    const late = joined(new Float32Array(4_800), sound)
    expect(leadingSilence([late, joined(sound, new Float32Array(4_800))], 16_000)).toBe(0)
  })
  it('is the whole length where nothing sounds', () => {
    expect(leadingSilence([new Float32Array(8_000)], 16_000)).toBe(500)
  })
})
