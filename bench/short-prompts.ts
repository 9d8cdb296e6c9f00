// Prompts of a quarter of a second, so that hundreds can be played: a catalogue and a wav file, put on the bench's own host.
import type { Answer } from './devtools'
import type { StaticHost } from './static-host'

const shortPromptMs = 250
const sampleRateHz = 16_000

/** 16 bits, one channel, a quiet tone. */
function tone(ms: number): Uint8Array {
  const frames = Math.round((sampleRateHz * ms) / 1_000)
  const file = Buffer.alloc(44 + frames * 2)
  file.write('RIFF', 0)
  file.writeUInt32LE(36 + frames * 2, 4)
  file.write('WAVEfmt ', 8)
  file.writeUInt32LE(16, 16)
  file.writeUInt16LE(1, 20)
  file.writeUInt16LE(1, 22)
  file.writeUInt32LE(sampleRateHz, 24)
  file.writeUInt32LE(sampleRateHz * 2, 28)
  file.writeUInt16LE(2, 32)
  file.writeUInt16LE(16, 34)
  file.write('data', 36)
  file.writeUInt32LE(frames * 2, 40)
  for (let at = 0; at < frames; at += 1)
    file.writeInt16LE(Math.round(3_000 * Math.sin((2 * Math.PI * 440 * at) / sampleRateHz)), 44 + at * 2)
  return file
}

/** Puts the prompts on the host, and the host into the configuration. A wav hardly has to be decoded. */
export function withShortPrompts(
  config: Answer,
  app: StaticHost,
  keys: readonly string[] = ['tone'],
): Answer {
  const prompts = keys.map((key) => ({
    key,
    title: `Prompt ${key}`,
    pinned: true,
    recordings: [{ language: 'en', tier: 'standard', durationMs: shortPromptMs, formats: ['wav'] }],
  }))
  app.serve('/prompts/catalogue.json', JSON.stringify({ prompts }))
  for (const key of keys) app.serve(`/prompts/en/standard/${key}.wav`, tone(shortPromptMs))
  return { ...config, cdn: { base: `${app.url}prompts` } }
}
