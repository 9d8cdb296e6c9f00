// Audio files built byte by byte, as small as their headers allow.

export function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}

export interface WavShape {
  tag?: number
  extensibleTag?: number
  bytesPerSecond?: number
  dataBytes?: number
  extraChunkBytes?: number
}

/** RIFF/WAVE with a format chunk, perhaps a chunk nobody knows, and silence. */
export function wavBytes(shape: WavShape): Uint8Array {
  const { tag = 1, extensibleTag, bytesPerSecond = 16_000, dataBytes = 1_600, extraChunkBytes } = shape
  const format = new DataView(new ArrayBuffer(extensibleTag === undefined ? 16 : 40))
  format.setUint16(0, tag, true)
  format.setUint16(2, 1, true)
  format.setUint32(4, bytesPerSecond / 2, true)
  format.setUint32(8, bytesPerSecond, true)
  if (extensibleTag !== undefined) format.setUint16(24, extensibleTag, true)
  const extra = extraChunkBytes === undefined ? [] : [...chunk('LIST', new Uint8Array(extraChunkBytes))]
  const body = [
    ...chunk('fmt ', new Uint8Array(format.buffer)),
    ...extra,
    ...chunk('data', new Uint8Array(dataBytes)),
  ]
  return Uint8Array.from([...ascii('RIFF'), ...littleEndian(body.length + 4), ...ascii('WAVE'), ...body])
}

export interface OggShape {
  samples: number
  preSkip?: number
  ended?: boolean
}

/** Two pages: the Opus head, and one with the last position. */
export function oggOpusBytes({ samples, preSkip = 0, ended = true }: OggShape): Uint8Array {
  const head = [...ascii('OpusHead'), 1, 1, preSkip & 255, preSkip >> 8, ...new Uint8Array(7)]
  return Uint8Array.from([
    ...page(2, 0, head),
    ...page(ended ? 4 : 0, samples, new Array<number>(20).fill(0)),
  ])
}

function page(flags: number, position: number, body: readonly number[]): number[] {
  const rest = new Array<number>(16).fill(0)
  return [
    ...ascii('OggS'),
    0,
    flags,
    ...littleEndian(position),
    ...rest.slice(0, 4),
    ...rest.slice(0, 12),
    1,
    body.length,
    ...body,
  ]
}

export interface Mp3Shape {
  frames?: number
  counted?: boolean
  mono?: boolean
}

/** One MPEG-1 layer 3 frame at 44.1 kHz, with a Xing header where `frames` is given. */
export function mp3Bytes({ frames, counted = true, mono = false }: Mp3Shape): Uint8Array {
  const bytes = new Uint8Array(417)
  bytes.set([0xff, 0xfb, 0x90, mono ? 0xc0 : 0x00])
  if (frames !== undefined) {
    const at = 4 + (mono ? 17 : 32)
    bytes.set(ascii('Xing'), at)
    new DataView(bytes.buffer).setUint32(at + 4, counted ? 1 : 0)
    new DataView(bytes.buffer).setUint32(at + 8, frames)
  }
  return bytes
}

function chunk(id: string, body: Uint8Array): number[] {
  return [...ascii(id), ...littleEndian(body.length), ...body, ...(body.length % 2 === 1 ? [0] : [])]
}

function littleEndian(value: number): number[] {
  return [value & 255, (value >> 8) & 255, (value >> 16) & 255, (value >>> 24) & 255]
}
