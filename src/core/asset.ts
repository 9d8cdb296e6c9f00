// The verdict on one asset: do its bytes hold what its name and the catalogue promise?
import type { AudioFormat } from './catalogue'
import { promisedContainer, type Sniffed } from './sniff'
import { failure, type Failure } from './errors'

/** What a carrier is asked to play. `sha256` is lower-case hex of exactly the bytes that were checked. */
export interface CheckedAsset {
  readonly url: string
  readonly format: AudioFormat
  readonly codec: string
  readonly durationMs: number
  readonly sizeBytes: number
  /** Null where the carrier holds the bytes and the panel cannot see them. */
  readonly sha256: string | null
}

export type AssetCheck =
  { readonly ok: true; readonly asset: CheckedAsset } | { readonly ok: false; readonly failure: Failure }

/** Codecs for which the panel has a way to see that the bytes decode; anything else cannot be vouched for. */
const knownCodecs = new Set(['mp3', 'opus', 'pcm', 'pcmu', 'pcma'])

/** How far decoded and claimed length may differ: encoders pad by some frames, about 50 ms each way. */
export function withinTolerance(actualMs: number, claimedMs: number): boolean {
  return actualMs >= claimedMs - Math.max(150, claimedMs * 0.05)
}

/**
 * Did something that ran for `ranMs` play it all? Where nobody says so, only its own length can: what it lacks must be
 * less than can be heard, however long the prompt is.
 */
export function ranToItsEnd(ranMs: number, durationMs: number): boolean {
  return ranMs >= durationMs - 150
}

/** Before decoding: is it the promised container with a codec we know? */
export function judgeHeader(sniffed: Sniffed, format: AudioFormat): Failure | null {
  if (sniffed.container === 'html') return failure('asset_corrupt', 'a web page came instead of audio')
  if (sniffed.container === 'unknown') return failure('asset_corrupt', 'the file is not audio')
  if (sniffed.container !== promisedContainer(format)) {
    return failure(
      'asset_corrupt',
      `named ${format}, but holds ${sniffed.codec === 'none' ? sniffed.container : sniffed.codec}`,
    )
  }
  if (!knownCodecs.has(sniffed.codec))
    return failure('codec_unsupported', `${format} file with codec ${sniffed.codec}`)
  return null
}

/** After decoding: is there as much audio as the header and the catalogue claim? */
export function judgeLength(sniffed: Sniffed, decodedMs: number, catalogueMs: number | null): Failure | null {
  const claims = [sniffed.claimedMs, catalogueMs].filter((ms): ms is number => ms !== null)
  const broken = claims.find((claim) => !withinTolerance(decodedMs, claim))
  if (broken !== undefined)
    return failure('asset_truncated', `${Math.round(decodedMs)} of ${Math.round(broken)} ms`)
  if (!sniffed.whole) return failure('asset_truncated', 'the end of the file is missing')
  return null
}

/** An answer that is no file. */
export function failureOfStatus(status: number): Failure {
  if (status === 404 || status === 410) return failure('asset_missing', `HTTP ${status}`)
  if (status === 401 || status === 403) return failure('asset_denied', `HTTP ${status}`)
  if (status === 429 || status >= 500) return failure('fetch_timeout', `HTTP ${status}`)
  return failure('asset_missing', `HTTP ${status}`)
}
