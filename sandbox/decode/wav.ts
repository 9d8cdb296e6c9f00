// Reads WAV: PCM of 8, 16, 24 and 32 bits, float, mu-law and A-law. Everything else is refused by its format tag.
import type { DecodedAudio } from '../org/media'

const pcm = 0x0001
const float = 0x0003
const aLaw = 0x0006
const muLaw = 0x0007
const extensible = 0xfffe

interface Format {
  tag: number
  channels: number
  sampleRateHz: number
  bits: number
}

interface Chunk {
  name: string
  start: number
  claimedBytes: number
}

export const isWav = (bytes: Uint8Array): boolean => text(bytes, 0) === 'RIFF' && text(bytes, 8) === 'WAVE'

export function decodeWav(bytes: Uint8Array): DecodedAudio {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const chunks = [...chunksOf(bytes, view)]
  const formatChunk = chunks.find(({ name }) => name === 'fmt ')
  const audioChunk = chunks.find(({ name }) => name === 'data')
  if (!formatChunk || !audioChunk) throw new Error('the WAV file lacks its fmt or its data chunk')
  const format = readFormat(view, formatChunk)
  const codecs = codecNames(format)
  const presentBytes = bytes.byteLength - audioChunk.start
  if (presentBytes < audioChunk.claimedBytes) {
    throw new Error(`the WAV file is cut off: ${presentBytes} of ${audioChunk.claimedBytes} bytes of sound`)
  }
  const frames = Math.floor(audioChunk.claimedBytes / ((format.channels * format.bits) / 8))
  if (frames === 0) throw new Error('the WAV file holds no sound')
  return { codec: codecs[0] ?? 'wav', codecs, durationMs: (frames / format.sampleRateHz) * 1000 }
}

function* chunksOf(bytes: Uint8Array, view: DataView): Generator<Chunk> {
  for (let at = 12; at + 8 <= bytes.byteLength;) {
    const claimedBytes = view.getUint32(at + 4, true)
    yield { name: text(bytes, at), start: at + 8, claimedBytes }
    at += 8 + claimedBytes + (claimedBytes % 2)
  }
}

function readFormat(view: DataView, { start, claimedBytes }: Chunk): Format {
  if (claimedBytes < 16 || start + claimedBytes > view.byteLength) {
    throw new Error('the fmt chunk of the WAV file is too short')
  }
  const tag = view.getUint16(start, true)
  const format = {
    tag: tag === extensible && claimedBytes >= 26 ? view.getUint16(start + 24, true) : tag,
    channels: view.getUint16(start + 2, true),
    sampleRateHz: view.getUint32(start + 4, true),
    bits: view.getUint16(start + 14, true),
  }
  if (format.channels === 0 || format.sampleRateHz === 0) {
    throw new Error('the WAV file claims no channels or no sample rate')
  }
  return format
}

/** The names under which an endpoint lists this; the container's own name is the first. */
function codecNames({ tag, bits }: Format): string[] {
  if (tag === pcm && [8, 16, 24, 32].includes(bits)) return ['wav', 'pcm', 'l16']
  if (tag === float && [32, 64].includes(bits)) return ['wav', 'pcm']
  if (tag === muLaw && bits === 8) return ['wav', 'pcmu', 'ulaw']
  if (tag === aLaw && bits === 8) return ['wav', 'pcma', 'alaw']
  const name = `WAV format tag 0x${tag.toString(16).padStart(4, '0')}`
  throw new Error(bits === 0 ? `nobody plays ${name}` : `nobody plays ${name} with ${bits} bits`)
}

const text = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4))
