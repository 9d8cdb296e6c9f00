// What a media gateway's error text means. The contract names no codes, so this reads words and falls back honestly.
import { failure, type Failure } from './errors'
import type { CallBreak } from './conversation'

const readings: readonly (readonly [
  RegExp,
  (text: string) => Failure | { readonly callBroke: CallBreak },
])[] = [
  [/disconnect|hang.?up|hung.?up/i, () => ({ callBroke: 'hang-up' })],
  [/(\b|_)(held|hold)\b/i, () => ({ callBroke: 'hold' })],
  [/codec/i, (text) => failure('codec_unsupported', text)],
  [/\b(401|403)\b/, (text) => failure('asset_denied', text)],
  [/\b(404|410)\b/, (text) => failure('asset_missing', text)],
  [/missing|not.?found/i, (text) => failure('asset_missing', text)],
  [/time.?out/i, (text) => failure('fetch_timeout', text)],
  [/truncat/i, (text) => failure('asset_truncated', text)],
  [/decode|corrupt|format/i, (text) => failure('asset_corrupt', text)],
]

/** Addresses and file names: a prompt called "hold-notice" must not read as a customer on hold. */
const names = /\S*[/\\]\S*|\S+\.(mp3|opus|wav)\b/gi

export function carrierFailure(error: string | null): Failure | { readonly callBroke: CallBreak } {
  const text = (error ?? '').slice(0, 200)
  const words = text.replace(names, ' ')
  const known = readings.find(([pattern]) => pattern.test(words))
  return known ? known[1](text) : failure('carrier_failed', text || 'no reason given')
}
