// Decodes mp3 with mpg123, and compares what came out with the number of frames that its first frame claims.
import { MPEGDecoder } from 'mpg123-decoder'
import type { DecodedAudio } from '../org/media'

/** A cut within the very last frame loses less than this: inaudible, and padding anyway. */
const toleratedFrames = 1

export const isMp3 = (bytes: Uint8Array): boolean => latin1(bytes, 0, 3) === 'ID3' || isFrame(bytes, 0)

export async function decodeMp3(bytes: Uint8Array): Promise<DecodedAudio> {
  const decoder = new MPEGDecoder()
  try {
    await decoder.ready
    const { samplesDecoded, sampleRate } = decoder.decode(bytes)
    if (samplesDecoded === 0) throw new Error('the mp3 file holds no sound')
    const claim = claimedSamples(bytes)
    if (claim && samplesDecoded < claim.samples - toleratedFrames * claim.perFrame) {
      throw new Error(`the mp3 file is cut off: ${samplesDecoded} of ${claim.samples} samples`)
    }
    return { codec: 'mp3', codecs: ['mp3'], durationMs: (samplesDecoded / sampleRate) * 1000 }
  } finally {
    decoder.free()
  }
}

interface Claim {
  samples: number
  perFrame: number
}

/** What the Xing or Info header of the first frame promises, less the encoder's delay and padding; null without one. */
function claimedSamples(bytes: Uint8Array): Claim | null {
  const at = firstFrame(bytes)
  if (at === null) return null
  const version = ((bytes[at + 1] ?? 0) >> 3) & 3
  const isMono = (bytes[at + 3] ?? 0) >> 6 === 3
  const isMpeg1 = version === 3
  const perFrame = isMpeg1 ? 1152 : 576
  const header = at + 4 + (isMpeg1 ? (isMono ? 17 : 32) : isMono ? 9 : 17)
  if (!['Xing', 'Info'].includes(latin1(bytes, header, 4)) || header + 12 > bytes.byteLength) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const flags = view.getUint32(header + 4)
  if ((flags & 1) === 0) return null
  return { samples: view.getUint32(header + 8) * perFrame - trimmedSamples(bytes, header, flags), perFrame }
}

/** Encoder delay and padding, 12 bits each, as LAME and FFmpeg write them behind the Xing fields. */
function trimmedSamples(bytes: Uint8Array, header: number, flags: number): number {
  const tag =
    header + 8 + (flags & 1 ? 4 : 0) + (flags & 2 ? 4 : 0) + (flags & 4 ? 100 : 0) + (flags & 8 ? 4 : 0)
  if (!/^(LAME|Lav[cf])/.test(latin1(bytes, tag, 4))) return 0
  const [high = 0, middle = 0, low = 0] = bytes.subarray(tag + 21, tag + 24)
  return (high << 4) + (middle >> 4) + ((middle & 15) << 8) + low
}

/** Where the first MPEG frame begins: behind the ID3 tag, whose length is written in bytes of seven bits. */
function firstFrame(bytes: Uint8Array): number | null {
  let at = 0
  if (latin1(bytes, 0, 3) === 'ID3') {
    const length = bytes.subarray(6, 10).reduce((sum, part) => sum * 128 + (part & 127), 0)
    at = 10 + length
  }
  return isFrame(bytes, at) ? at : null
}

/** Eleven set bits, then a version, a layer, a bit rate and a sample rate that exist. */
function isFrame(bytes: Uint8Array, at: number): boolean {
  const [first = 0, second = 0, third = 0] = bytes.subarray(at, at + 3)
  const isSynchronised = first === 0xff && (second & 0xe0) === 0xe0
  const isKnown = ((second >> 3) & 3) !== 1 && ((second >> 1) & 3) === 1
  return isSynchronised && isKnown && third >> 4 !== 15 && ((third >> 2) & 3) !== 3
}

const latin1 = (bytes: Uint8Array, at: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + length))
