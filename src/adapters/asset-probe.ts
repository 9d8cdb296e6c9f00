// One file of the catalogue looked into for the admin: judged as the panel judges it, and measured.
import { judgeHeader, judgeLength } from '../core/asset'
import { sniffAudio, type Sniffed } from '../core/sniff'
import { failure } from '../core/errors'
import type { Finding } from '../core/health'
import type { AssetProbe } from '../core/health-ports'
import { integratedLoudness, leadingSilence, samplePeak } from '../core/loudness'
import { fetchBytes, sha256, type AssetLimits } from './asset-bytes'
import { channelsOf, decodeSound } from './asset-sound'

export function createAssetProbe(limits: AssetLimits): AssetProbe {
  return {
    async probe({ url, format, claimedDurationMs }, signal) {
      const bytes = await fetchBytes(url, limits, signal)
      if ('code' in bytes) return { ok: false, failure: bytes }
      const sniffed = sniffAudio(bytes)
      const wrong = format === 'architect' ? null : judgeHeader(sniffed, format)
      if (wrong) return { ok: false, failure: wrong }
      const sound = await decodeSound(bytes)
      const durationMs = lengthOf(sniffed, sound)
      if (durationMs === null)
        return { ok: false, failure: failure('asset_corrupt', 'the file does not decode') }
      const short = judgeLength(sniffed, durationMs, claimedDurationMs)
      if (short) return { ok: false, failure: short }
      return {
        ok: true,
        measured: {
          durationMs,
          sizeBytes: bytes.length,
          codec: sniffed.codec,
          sha256: await sha256(bytes),
          ...figuresOf(sound),
        },
      } satisfies Finding
    },
  }
}

/** As the panel takes it: a wav by its chunks, since browsers differ in which wav they decode; the rest decoded. */
function lengthOf({ container, presentMs }: Sniffed, sound: AudioBuffer | null): number | null {
  if (container === 'wav') return presentMs
  return sound === null ? null : sound.duration * 1000
}

function figuresOf(sound: AudioBuffer | null) {
  if (sound === null) return { lufs: null, peakDbfs: null, leadingSilenceMs: null }
  const channels = channelsOf(sound)
  return {
    lufs: integratedLoudness(channels, sound.sampleRate),
    peakDbfs: samplePeak(channels),
    leadingSilenceMs: leadingSilence(channels, sound.sampleRate),
  }
}
