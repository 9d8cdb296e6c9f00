// Holds the sandbox's CDN to its catalogue: every listed file exists, decodes to the length listed, and the faulty ones are faulty.
import { Ajv } from 'ajv'
import { MPEGDecoder } from 'mpg123-decoder'
import { OggOpusDecoder } from 'ogg-opus-decoder'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

interface Recording {
  language: string
  tier: string
  text: string
  durationMs: number
  formats?: string[]
}
interface Prompt {
  key: string
  title: string
  category: string
  pinned: boolean
  formats: string[]
  recordings: Recording[]
}

const filesDir = fileURLToPath(new URL('../../sandbox/cdn/files/', import.meta.url))
const readJson = (name: string): unknown => JSON.parse(readFileSync(join(filesDir, name), 'utf8'))
const { prompts } = readJson('catalogue.json') as { prompts: Prompt[] }
const good = prompts.filter((prompt) => prompt.category !== 'Faulty recordings')
const faultyFile = (name: string) => readFileSync(join(filesDir, 'en/standard', name))

const pathsOf = (prompt: Prompt) =>
  prompt.recordings.flatMap((recording) =>
    (recording.formats ?? prompt.formats).map((format) => ({
      path: `${recording.language}/${recording.tier}/${prompt.key}.${format}`,
      format,
      durationMs: recording.durationMs,
    })),
  )

async function mp3Ms(bytes: Uint8Array): Promise<number> {
  const decoder = new MPEGDecoder()
  await decoder.ready
  const { samplesDecoded, sampleRate, errors } = decoder.decode(bytes)
  decoder.free()
  expect(errors).toEqual([])
  return (samplesDecoded / sampleRate) * 1000
}

async function opusMs(bytes: Uint8Array): Promise<number> {
  const decoder = new OggOpusDecoder()
  await decoder.ready
  const { samplesDecoded, sampleRate } = await decoder.decodeFile(bytes)
  decoder.free()
  return (samplesDecoded / sampleRate) * 1000
}

/** Plain RIFF as the script writes it: PCM16 (tag 1) or mu-law (tag 7), mono. */
function wavMs(bytes: Buffer): number {
  expect(bytes.toString('latin1', 0, 4)).toBe('RIFF')
  expect([1, 7]).toContain(bytes.readUInt16LE(20))
  const dataAt = bytes.indexOf('data', 12, 'latin1')
  expect(dataAt).toBeGreaterThan(0)
  return (bytes.readUInt32LE(dataAt + 4) / bytes.readUInt32LE(28)) * 1000
}

const decodedMs = (format: string, bytes: Buffer): Promise<number> | number =>
  format === 'mp3' ? mp3Ms(bytes) : format === 'opus' ? opusMs(bytes) : wavMs(bytes)

describe('the sandbox catalogue', () => {
  it('obeys the schema beside it, and the schema refuses what it does not name', () => {
    const validate = new Ajv({ allErrors: true }).compile(readJson('catalogue.schema.json') as object)
    const catalogue = readJson('catalogue.json') as object
    validate(catalogue)
    expect(validate.errors).toBeNull()
    expect(validate({ ...catalogue, surprise: true })).toBe(false)
  })

  it('offers at least eight prompts in four languages, one of them a welcome in everything', () => {
    const languagesOf = (prompt: Prompt) => new Set(prompt.recordings.map((r) => r.language)).size
    expect(good.filter((prompt) => languagesOf(prompt) === 4).length).toBeGreaterThanOrEqual(8)
    const welcomes = prompts.filter((prompt) => prompt.title.includes('Welcome'))
    expect(welcomes.map((prompt) => prompt.key)).toEqual(['welcome'])
    expect(pathsOf(welcomes[0]!)).toHaveLength(4 * 2 * 3)
    expect(good.filter((prompt) => prompt.formats.includes('wav')).length).toBeGreaterThanOrEqual(2)
    expect(good.filter((p) => p.recordings.some((r) => r.tier === 'premium')).length).toBeGreaterThanOrEqual(
      3,
    )
  })

  it('stays under 1.5 MB', () => {
    const names = readdirSync(filesDir, { recursive: true }) as string[]
    const sizes = names.map((name) => statSync(join(filesDir, name))).filter((stat) => stat.isFile())
    expect(sizes.reduce((sum, stat) => sum + stat.size, 0)).toBeLessThan(1_500_000)
  })

  it.each(good.flatMap(pathsOf))(
    '$path decodes to its listed length',
    async ({ path, format, durationMs }) => {
      const bytes = readFileSync(join(filesDir, path))
      expect(Math.abs((await decodedMs(format, bytes)) - durationMs)).toBeLessThan(100)
    },
  )
})

describe('the faulty recordings', () => {
  it('are missing, truncated, mislabelled, an error page, and of a codec nobody plays', async () => {
    expect(existsSync(join(filesDir, 'en/standard/faulty-missing.mp3'))).toBe(false)
    const claimedMs = prompts.find((prompt) => prompt.key === 'faulty-truncated')!.recordings[0]!.durationMs
    const truncated = faultyFile('faulty-truncated.mp3')
    expect(truncated.indexOf('Xing', 0, 'latin1')).toBeGreaterThan(0)
    expect(await mp3Ms(truncated)).toBeLessThan(claimedMs * 0.7)
    expect(faultyFile('faulty-mislabelled.mp3').toString('latin1', 0, 4)).toBe('OggS')
    expect(faultyFile('faulty-html.mp3').toString('latin1', 0, 9)).toBe('<!doctype')
    expect(faultyFile('faulty-codec.wav').readUInt16LE(20)).toBe(0x31)
  })
})
