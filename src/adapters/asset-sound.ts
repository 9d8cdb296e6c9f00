// The browser's own decoder: bytes to samples at the file's rate, and a recording to what Architect takes.
import { sniffAudio } from '../core/sniff'
import { answered, refused } from '../core/errors'
import type { SoundConverter } from '../core/health-ports'
import { integratedLoudness, leadingSilence } from '../core/loudness'
import { uploadRateHz } from '../core/prompt-upload'
import { encodeWav } from '../core/wav'

/** Decoding at this rate changes no figure that is shown: all prompt files of the field have it, or less. */
const decodeRateHz = 48_000

/** Null where this browser cannot decode the bytes. Resampled to `decodeRateHz`, as every decoder of the web does. */
export async function decodeSound(bytes: Uint8Array<ArrayBuffer>): Promise<AudioBuffer | null> {
  try {
    return await new OfflineAudioContext(1, 1, decodeRateHz).decodeAudioData(bytes.slice().buffer)
  } catch (error) {
    if (error instanceof DOMException) return null
    throw error
  }
}

export const channelsOf = (sound: AudioBuffer): Float32Array[] =>
  Array.from({ length: sound.numberOfChannels }, (_, channel) => sound.getChannelData(channel))

/** One channel at `rateHz`: a context of one channel mixes down by the rules of the Web Audio API. */
async function resample(sound: AudioBuffer, rateHz: number): Promise<Float32Array> {
  const length = Math.max(1, Math.round(sound.duration * rateHz))
  const context = new OfflineAudioContext(1, length, rateHz)
  const source = context.createBufferSource()
  source.buffer = sound
  source.connect(context.destination)
  source.start()
  const rendered = await context.startRendering()
  return rendered.getChannelData(0)
}

export function createSoundConverter(): SoundConverter {
  return {
    async convert(bytes) {
      const { container } = sniffAudio(bytes)
      if (container === 'html' || container === 'unknown')
        return refused({ kind: 'malformed', message: 'it is not audio. Choose an mp3, Opus or wav file' })
      const sound = await decodeSound(bytes)
      if (sound === null || sound.length === 0)
        return refused({
          kind: 'malformed',
          message: 'this browser cannot decode it. Save it as mp3 or PCM wav',
        })
      const samples = await resample(sound, uploadRateHz)
      return answered({
        wav: encodeWav(samples, uploadRateHz),
        sampleRate: uploadRateHz,
        durationMs: (samples.length / uploadRateHz) * 1000,
        lufs: integratedLoudness([samples], uploadRateHz),
        leadingSilenceMs: leadingSilence([samples], uploadRateHz),
      })
    },
  }
}
