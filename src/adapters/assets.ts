// Prompt files: fetched, looked into, decoded and hashed, so that what is offered is known to play.
import { judgeHeader, judgeLength, type AssetCheck } from '../core/asset'
import { sniffAudio, type Sniffed } from '../core/sniff'
import { failure } from '../core/errors'
import type { Assets } from '../core/ports'
import type { Candidate } from '../core/prompt'
import { fetchBytes, sha256, type AssetLimits } from './asset-bytes'

/** Checks are remembered for the life of the panel; one that failed on the way is forgotten, to be tried again. */
export function createAssets(limits: AssetLimits): Assets {
  const known = new Map<string, Promise<AssetCheck>>()
  return {
    check(candidate) {
      const running = known.get(candidate.url)
      if (running) return running
      const started = checkAsset(candidate, limits)
      known.set(candidate.url, started)
      void started.then((check) => {
        if (!check.ok && check.failure.code === 'fetch_timeout') known.delete(candidate.url)
      })
      return started
    },
  }
}

async function checkAsset(candidate: Candidate, limits: AssetLimits): Promise<AssetCheck> {
  const bytes = await fetchBytes(candidate.url, limits)
  if ('code' in bytes) return { ok: false, failure: bytes }
  const sniffed = sniffAudio(bytes)
  const wrong = judgeHeader(sniffed, candidate.format)
  if (wrong) return { ok: false, failure: wrong }
  // Beside the decoding: neither takes the page's own thread.
  const hashing = sha256(bytes)
  const decodedMs = await lengthOf(bytes, sniffed)
  if (decodedMs === null) return { ok: false, failure: failure('asset_corrupt', 'the file does not decode') }
  const short = judgeLength(sniffed, decodedMs, candidate.claimedDurationMs)
  if (short) return { ok: false, failure: short }
  const { url, format } = candidate
  const asset = {
    url,
    format,
    codec: sniffed.codec,
    durationMs: decodedMs,
    sizeBytes: bytes.length,
    sha256: await hashing,
  }
  return { ok: true, asset }
}

/** One for all files: it decodes them in the order asked, so that the first one is not the last to be ready. */
let decoder: OfflineAudioContext | null = null

/** A wav says by its chunks how much audio is there (browsers differ in which wav they decode); the rest is decoded. */
async function lengthOf(bytes: Uint8Array<ArrayBuffer>, sniffed: Sniffed): Promise<number | null> {
  if (sniffed.container === 'wav') return sniffed.presentMs
  try {
    decoder ??= new OfflineAudioContext(1, 1, 48_000)
    const decoded = await decoder.decodeAudioData(bytes.slice().buffer)
    return decoded.duration * 1000
  } catch (error) {
    if (error instanceof DOMException) return null
    throw error
  }
}
