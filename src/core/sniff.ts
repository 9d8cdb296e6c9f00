// Audio formats by their bytes. File names and content types are not believed.
import type { AudioFormat } from './catalogue'

/** What the header says the bytes are. `codec` is in the words endpoints use (lower case). */
export interface Sniffed {
  readonly container: 'wav' | 'mp3' | 'ogg' | 'webm' | 'mp4' | 'html' | 'unknown'
  readonly codec: string
  /** The length the header claims, where it claims one. */
  readonly claimedMs: number | null
  /** The length of audio that the bytes at hand can hold, where the container tells without decoding. */
  readonly presentMs: number | null
  /** False where the container says that its end is missing. */
  readonly whole: boolean
}

const nothing = { claimedMs: null, presentMs: null, whole: true }
const wavCodecs: Record<number, string> = {
  1: 'pcm',
  3: 'pcm',
  6: 'pcma',
  7: 'pcmu',
  0x31: 'gsm',
  0x11: 'adpcm',
  2: 'adpcm',
}

/** Reads only headers; never decodes. Works on any bytes without throwing. */
export function sniffAudio(bytes: Uint8Array): Sniffed {
  const ascii = (at: number, length: number) => String.fromCharCode(...bytes.subarray(at, at + length))
  if (ascii(0, 4) === 'RIFF' && ascii(8, 4) === 'WAVE') return sniffWav(bytes)
  if (ascii(0, 4) === 'OggS') return sniffOgg(bytes)
  if (ascii(4, 4) === 'ftyp') return { container: 'mp4', codec: 'aac', ...nothing }
  if (bytes[0] === 0x1a && bytes[1] === 0x45 && bytes[2] === 0xdf && bytes[3] === 0xa3)
    return { container: 'webm', codec: 'opus', ...nothing }
  const frameAt = ascii(0, 3) === 'ID3' ? 10 + syncSafe(bytes, 6) : 0
  if (isMpegFrame(bytes, frameAt)) return sniffMp3(bytes, frameAt)
  if (/^\s*(<!doctype|<html|<\?xml)/i.test(ascii(0, 64)))
    return { container: 'html', codec: 'none', ...nothing }
  return { container: 'unknown', codec: 'none', ...nothing }
}

function sniffWav(bytes: Uint8Array): Sniffed {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let codec = 'none'
  let bytesPerSecond = 0
  for (let at = 12; at + 8 <= bytes.length;) {
    const id = String.fromCharCode(...bytes.subarray(at, at + 4))
    const size = view.getUint32(at + 4, true)
    if (id === 'fmt ' && at + 24 <= bytes.length) {
      const tag = view.getUint16(at + 8, true)
      // 0xFFFE is "extensible": the real tag begins the sub-format at byte 24 of the chunk.
      const real = tag === 0xfffe && at + 34 <= bytes.length ? view.getUint16(at + 32, true) : tag
      codec = wavCodecs[real] ?? `wav-0x${real.toString(16)}`
      bytesPerSecond = view.getUint32(at + 16, true)
    }
    if (id === 'data' && bytesPerSecond > 0) {
      const present = Math.min(size, bytes.length - at - 8)
      const toMs = (count: number) => (count / bytesPerSecond) * 1000
      return {
        container: 'wav',
        codec,
        claimedMs: toMs(size),
        presentMs: toMs(present),
        whole: present >= size,
      }
    }
    at += 8 + size + (size % 2)
  }
  return { container: 'wav', codec, claimedMs: null, presentMs: 0, whole: false }
}

function sniffOgg(bytes: Uint8Array): Sniffed {
  const head = String.fromCharCode(...bytes.subarray(28, 36))
  if (head !== 'OpusHead')
    return { container: 'ogg', codec: head.includes('vorbis') ? 'vorbis' : 'none', ...nothing }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const preSkip = bytes.length >= 40 ? view.getUint16(38, true) : 0
  let ended = false
  let samples = 0
  for (let at = 0; at + 27 <= bytes.length && view.getUint32(at, false) === 0x4f676753;) {
    const segments = bytes[at + 26] ?? 0
    const sizes = bytes.subarray(at + 27, at + 27 + segments)
    const next = at + 27 + segments + sizes.reduce((sum, size) => sum + size, 0)
    if (sizes.length < segments || next > bytes.length) break
    ended = ((bytes[at + 5] ?? 0) & 4) !== 0
    samples = view.getUint32(at + 6, true)
    at = next
  }
  // Opus counts its position in 48 kHz samples whatever the sampling rate (RFC 7845).
  return {
    container: 'ogg',
    codec: 'opus',
    claimedMs: null,
    presentMs: Math.max(0, samples - preSkip) / 48,
    whole: ended,
  }
}

function isMpegFrame(bytes: Uint8Array, at: number): boolean {
  const [a, b, c] = [bytes[at] ?? 0, bytes[at + 1] ?? 0, bytes[at + 2] ?? 0]
  const layer3 = (b & 0x06) === 0x02
  return (
    a === 0xff && (b & 0xe0) === 0xe0 && (b & 0x18) !== 0x08 && layer3 && c >> 4 !== 15 && (c & 0x0c) !== 0x0c
  )
}

function sniffMp3(bytes: Uint8Array, at: number): Sniffed {
  const second = bytes[at + 1] ?? 0
  const mpeg1 = (second & 0x18) === 0x18
  const rates = mpeg1
    ? [44100, 48000, 32000]
    : (second & 0x18) === 0x10
      ? [22050, 24000, 16000]
      : [11025, 12000, 8000]
  const rate = rates[((bytes[at + 2] ?? 0) >> 2) & 3] ?? 44100
  const mono = (bytes[at + 3] ?? 0) >> 6 === 3
  const tagAt = at + 4 + (mpeg1 ? (mono ? 17 : 32) : mono ? 9 : 17)
  const tag = String.fromCharCode(...bytes.subarray(tagAt, tagAt + 4))
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const counted =
    (tag === 'Xing' || tag === 'Info') && tagAt + 12 <= bytes.length && (view.getUint32(tagAt + 4) & 1) === 1
  const claimedMs = counted ? (view.getUint32(tagAt + 8) * (mpeg1 ? 1152 : 576) * 1000) / rate : null
  return { container: 'mp3', codec: 'mp3', claimedMs, presentMs: null, whole: true }
}

function syncSafe(bytes: Uint8Array, at: number): number {
  return [0, 1, 2, 3].reduce((size, i) => (size << 7) | ((bytes[at + i] ?? 0) & 0x7f), 0)
}

/** The container that a format's name promises. */
export function promisedContainer(format: AudioFormat): Sniffed['container'] {
  return format === 'opus' ? 'ogg' : format
}
