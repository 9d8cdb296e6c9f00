// What the media server does with the bytes it fetched: recognise them by their header, decode them whole.
import type { DecodedAudio } from './org/media'
import { decodeMp3, isMp3 } from './decode/mp3'
import { decodeOggOpus, isOgg } from './decode/ogg-opus'
import { decodeWav, isWav } from './decode/wav'

/** Rejects with the reason where the bytes are no audio, not playable, or less than they claim to be. */
export async function decodeAudio(bytes: Uint8Array): Promise<DecodedAudio> {
  if (isWav(bytes)) return decodeWav(bytes)
  if (isOgg(bytes)) return decodeOggOpus(bytes)
  if (isMp3(bytes)) return decodeMp3(bytes)
  throw new Error(`${describe(bytes)} is no audio that can be played`)
}

const others: [string, RegExp][] = [
  ['an empty file', /^$/],
  ['a FLAC file', /^fLaC/],
  ['a WebM file', /^\x1aE\xdf\xa3/],
  ['an MP4 file', /^[\s\S]{4}ftyp/],
  ['an HTML page', /^\s*<(!doctype html|html)/i],
]

function describe(bytes: Uint8Array): string {
  const start = Buffer.from(bytes.subarray(0, 64)).toString('latin1')
  return others.find(([, pattern]) => pattern.test(start))?.[0] ?? 'an unknown kind of file'
}
