// How loud a recording is and when its sound begins: pure figures over samples between -1 and 1.

/** Samples of one or two channels, of equal length. */
export type Channels = readonly Float32Array[]

interface Biquad {
  readonly b: readonly [number, number, number]
  readonly a: readonly [number, number]
}

const blockMs = 400
const stepMs = 100
const absoluteGate = -70
const relativeGate = -10

/**
 * Integrated loudness in LUFS by ITU-R BS.1770-4: K-weighting, blocks of 400 ms every 100 ms, gated at -70 LUFS and at
 * 10 LU below the mean of what is left. Each channel counts once, as left and right do. Null where the sound is shorter
 * than one block, or silent throughout.
 */
export function integratedLoudness(channels: Channels, sampleRate: number): number | null {
  const energies = blockEnergies(channels, sampleRate)
  const loud = energies.filter((energy) => toLufs(energy) > absoluteGate)
  if (loud.length === 0) return null
  const gate = toLufs(mean(loud)) + relativeGate
  return toLufs(mean(loud.filter((energy) => toLufs(energy) > gate)))
}

/** The highest sample in dBFS (not an inter-sample, "true" peak); null for digital silence. */
export function samplePeak(channels: Channels): number | null {
  let peak = 0
  for (const samples of channels) for (const value of samples) peak = Math.max(peak, Math.abs(value))
  return peak === 0 ? null : 20 * Math.log10(peak)
}

const frameMs = 10
const audibleDbfs = -50

/** Milliseconds before the first 10 ms whose RMS is above -50 dBFS in any channel; the whole length where none is. */
export function leadingSilence(channels: Channels, sampleRate: number): number {
  const length = channels[0]?.length ?? 0
  const frame = Math.max(1, Math.round((frameMs / 1000) * sampleRate))
  const threshold = 10 ** (audibleDbfs / 10)
  for (let from = 0; from < length; from += frame) {
    const to = Math.min(from + frame, length)
    if (channels.some((samples) => sumOfSquares(samples, from, to) / (to - from) > threshold))
      return (from / sampleRate) * 1000
  }
  return (length / sampleRate) * 1000
}

/** The mean square of each block, K-weighted, summed over the channels. */
function blockEnergies(channels: Channels, sampleRate: number): number[] {
  const weighted = channels.map((samples) =>
    filtered(filtered(samples, shelf(sampleRate)), highPass(sampleRate)),
  )
  const block = Math.round((blockMs / 1000) * sampleRate)
  const step = Math.round((stepMs / 1000) * sampleRate)
  const energies: number[] = []
  for (let from = 0; from + block <= (channels[0]?.length ?? 0); from += step)
    energies.push(
      weighted.reduce((sum, samples) => sum + sumOfSquares(samples, from, from + block) / block, 0),
    )
  return energies
}

/** BS.1770 gives its filters as numbers for 48 kHz; these are their analogue shapes, for any rate. */
function shelf(sampleRate: number): Biquad {
  const k = Math.tan((Math.PI * 1681.974450955533) / sampleRate)
  const q = 0.7071752369554196
  const high = 10 ** (3.999843853973347 / 20)
  const band = high ** 0.4996667741545416
  const norm = 1 + k / q + k * k
  return {
    b: [
      (high + (band * k) / q + k * k) / norm,
      (2 * (k * k - high)) / norm,
      (high - (band * k) / q + k * k) / norm,
    ],
    a: [(2 * (k * k - 1)) / norm, (1 - k / q + k * k) / norm],
  }
}

function highPass(sampleRate: number): Biquad {
  const k = Math.tan((Math.PI * 38.13547087602444) / sampleRate)
  const q = 0.5003270373238773
  const norm = 1 + k / q + k * k
  return { b: [1, -2, 1], a: [(2 * (k * k - 1)) / norm, (1 - k / q + k * k) / norm] }
}

function filtered(samples: Float32Array, { b, a }: Biquad): Float32Array {
  const out = new Float32Array(samples.length)
  const [b0, b1, b2] = b
  const [a1, a2] = a
  let x1 = 0
  let x2 = 0
  let y1 = 0
  let y2 = 0
  for (let at = 0; at < samples.length; at += 1) {
    const x = samples[at] ?? 0
    const y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2
    x2 = x1
    x1 = x
    y2 = y1
    y1 = y
    out[at] = y
  }
  return out
}

function sumOfSquares(samples: Float32Array, from: number, to: number): number {
  let sum = 0
  for (let at = from; at < to; at += 1) sum += (samples[at] ?? 0) ** 2
  return sum
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length
const toLufs = (energy: number): number => -0.691 + 10 * Math.log10(energy)
