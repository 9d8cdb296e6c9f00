// What an endpoint says it can play, and whether a format is among it.
import type { AudioFormat } from './catalogue'

/** A map, since an endpoint's word is foreign: "constructor" is no alias. */
const aliases = new Map([
  ['audio/mpeg', 'mp3'],
  ['mpeg', 'mp3'],
  ['mpga', 'mp3'],
  ['audio/mp3', 'mp3'],
  ['audio/opus', 'opus'],
  ['audio/ogg', 'opus'],
  ['ogg/opus', 'opus'],
  ['wav', 'pcm'],
  ['wave', 'pcm'],
  ['audio/wav', 'pcm'],
  ['l16', 'pcm'],
  ['linear16', 'pcm'],
  ['pcm_s16le', 'pcm'],
  ['g711u', 'pcmu'],
  ['ulaw', 'pcmu'],
  ['mulaw', 'pcmu'],
  ['g.711u', 'pcmu'],
  ['g711a', 'pcma'],
  ['alaw', 'pcma'],
])

/** A comma list or an array, any case, with aliases folded; null and an empty list mean "not said". */
export function readSupportedCodecs(value: unknown): readonly string[] | null {
  const list = typeof value === 'string' ? value.split(',') : Array.isArray(value) ? value : []
  const names = list
    .filter((item): item is string => typeof item === 'string')
    .map((item) => item.trim().toLowerCase())
  const folded = [...new Set(names.filter(Boolean).map((item) => aliases.get(item) ?? item))]
  return folded.length > 0 ? folded : null
}

/** Whether an endpoint plays a codec; where it says nothing, all that a browser or gateway usually plays. */
export function playsCodec(supported: readonly string[] | null, codec: string): boolean {
  if (supported === null) return ['mp3', 'opus', 'pcm', 'pcmu', 'pcma'].includes(codec)
  return supported.includes(codec)
}

/** Whether a file of this format could be playable, before its bytes are known: a wav may hold pcm, mu-law or A-law. */
export function mayPlayFormat(supported: readonly string[] | null, format: AudioFormat): boolean {
  const codecs = format === 'wav' ? ['pcm', 'pcmu', 'pcma'] : [format]
  return codecs.some((codec) => playsCodec(supported, codec))
}
