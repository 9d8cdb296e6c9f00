// Decodes Opus in Ogg, after its pages were walked: the last one must be whole and bear the end-of-stream flag.
import { OggOpusDecoder } from 'ogg-opus-decoder'
import type { DecodedAudio } from '../org/media'

const endOfStream = 0x04
const pageHeaderBytes = 27

interface Page {
  isLast: boolean
  body: Uint8Array
}

export const isOgg = (bytes: Uint8Array): boolean => latin1(bytes, 0, 4) === 'OggS'

export async function decodeOggOpus(bytes: Uint8Array): Promise<DecodedAudio> {
  const pages = [...pagesOf(bytes)]
  if (!pages[0] || latin1(pages[0].body, 0, 8) !== 'OpusHead') throw new Error('the Ogg file holds no Opus')
  if (!pages.at(-1)?.isLast) throw new Error('the Ogg file is cut off: its end of stream is missing')
  const decoder = new OggOpusDecoder()
  try {
    await decoder.ready
    const { samplesDecoded, sampleRate, errors } = await decoder.decodeFile(bytes)
    const failure = errors[0]
    if (failure) throw new Error(`the Opus stream is damaged: ${failure.message}`)
    if (samplesDecoded === 0) throw new Error('the Opus file holds no sound')
    return { codec: 'opus', codecs: ['opus'], durationMs: (samplesDecoded / sampleRate) * 1000 }
  } finally {
    decoder.free()
  }
}

/** The whole pages of the file; an incomplete one is left out. */
function* pagesOf(bytes: Uint8Array): Generator<Page> {
  for (let at = 0; latin1(bytes, at, 4) === 'OggS';) {
    const segments = bytes[at + 26] ?? 0
    const bodyAt = at + pageHeaderBytes + segments
    const lengths = bytes.subarray(at + pageHeaderBytes, bodyAt)
    const end = bodyAt + lengths.reduce((sum, length) => sum + length, 0)
    if (end > bytes.byteLength) return
    yield { isLast: ((bytes[at + 5] ?? 0) & endOfStream) !== 0, body: bytes.subarray(bodyAt, end) }
    at = end
  }
}

const latin1 = (bytes: Uint8Array, at: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + length))
