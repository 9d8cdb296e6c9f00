// Makes the sandbox's prompt recordings and catalogue.json; needed only to change them: `npx tsx sandbox/cdn/make-prompts.ts`.
// Wants espeak-ng, ffmpeg, lame and opusenc (Debian: espeak-ng ffmpeg lame opus-tools). Afterwards: `npx prettier --write sandbox/cdn`.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  faultyTexts,
  promptTexts,
  type Format,
  type Language,
  type PromptTexts,
  type Tier,
  requiredPrompts,
} from './prompt-texts'

const filesDir = join(dirname(fileURLToPath(import.meta.url)), 'files')
const workDir = mkdtempSync(join(tmpdir(), 'cueline-prompts-'))
const languages: Language[] = ['en', 'de', 'es', 'fr']
const tiers: Tier[] = ['standard', 'premium']
const voices: Record<Language, string> = { en: 'en-us', de: 'de', es: 'es', fr: 'fr-fr' }
// A decoder may keep or drop a codec's padding frame; more than this would be a mistake of this script.
const toleranceMs = 100

const ffmpeg = (...args: string[]): Buffer =>
  execFileSync('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-y', ...args], {
    maxBuffer: 64 * 1024 * 1024,
  })

/** Speaks a text into a clean 22.05 kHz wav: silence at both ends trimmed to a short pause, level set for speech. */
function speak(text: string, language: Language, tier: Tier): string {
  const raw = join(workDir, 'raw.wav')
  const clean = join(workDir, 'clean.wav')
  // Another voice for the premium tier, so that the ear knows which file it hears.
  const voice = tier === 'premium' ? `${voices[language]}+f4` : voices[language]
  execFileSync('espeak-ng', ['-v', voice, '-s', '168', '-p', '45', '-a', '120', '-w', raw, text])
  const trim = 'silenceremove=start_periods=1:start_threshold=-50dB:start_silence=0.04'
  const chain = `${trim},areverse,${trim},areverse,highpass=f=90,alimiter=limit=0.8,apad=pad_dur=0.12`
  ffmpeg('-i', raw, '-af', chain, '-ac', '1', '-ar', '22050', '-bitexact', '-map_metadata', '-1', clean)
  return clean
}

function encode(source: string, format: Format, target: string, wavCodec: PromptTexts['wavCodec']): void {
  mkdirSync(dirname(target), { recursive: true })
  if (format === 'mp3') {
    // Average, not constant bit rate: lame leaves out the Xing header, which claims the length and says what to trim,
    // where it does not fit into a frame of a low constant rate. No ID3 tag is written.
    execFileSync('lame', ['--quiet', '-m', 'm', '--abr', '14', '--resample', '16', '-q', '0', source, target])
  } else if (format === 'opus') {
    const options = ['--quiet', '--speech', '--bitrate', '10', '--framesize', '60', '--serial', '1']
    execFileSync('opusenc', [...options, '--discard-comments', source, target])
  } else {
    const codec = wavCodec ?? 'pcm_s16le'
    ffmpeg('-i', source, '-ar', '8000', '-ac', '1', '-c:a', codec, '-bitexact', '-map_metadata', '-1', target)
  }
}

/** Length of what a decoder really gives, not of what a header claims. */
function decodedMs(file: string): number {
  const pcm = ffmpeg('-i', file, '-f', 's16le', '-ac', '1', '-ar', '48000', '-')
  return Math.round(pcm.length / 2 / 48)
}

function record(prompt: PromptTexts, tier: Tier, language: Language, text: string) {
  const source = speak(text, language, tier)
  const lengths = prompt.formats.map((format) => {
    const target = join(filesDir, language, tier, `${prompt.key}.${format}`)
    encode(source, format, target, prompt.wavCodec)
    return decodedMs(target)
  })
  const durationMs = decodedMs(source)
  for (const length of lengths) {
    if (Math.abs(length - durationMs) > toleranceMs) {
      throw new Error(
        `${language}/${tier}/${prompt.key}: ${lengths.join(', ')} ms differ from ${durationMs} ms`,
      )
    }
  }
  return { language, tier, text, durationMs }
}

function recordAll(prompt: PromptTexts) {
  const recordings = languages.flatMap((language) =>
    tiers.flatMap((tier) => {
      const text = prompt.texts[tier]?.[language]
      return text ? [record(prompt, tier, language, text)] : []
    }),
  )
  const { key, title, version, category, pinned, formats } = prompt
  return { key, title, version, category, pinned, formats, recordings }
}

const errorPage = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Not here</title></head>
<body><h1>This recording has moved</h1><p>A web server's error page, delivered under the name of an mp3.</p></body></html>
`

function makeFaulty({ key, title, format, text }: (typeof faultyTexts)[number]) {
  const source = speak(text, 'en', 'standard')
  const target = join(filesDir, 'en', 'standard', `${key}.${format}`)
  if (key === 'faulty-truncated') {
    encode(source, 'mp3', target, undefined)
    const whole = readFileSync(target)
    writeFileSync(target, whole.subarray(0, Math.floor(whole.length / 2)))
  } else if (key === 'faulty-mislabelled') {
    const opus = join(workDir, 'mislabelled.opus')
    encode(source, 'opus', opus, undefined)
    writeFileSync(target, readFileSync(opus))
  } else if (key === 'faulty-html') {
    writeFileSync(target, errorPage)
  } else if (key === 'faulty-codec') {
    ffmpeg(
      '-i',
      source,
      '-ar',
      '8000',
      '-ac',
      '1',
      '-c:a',
      'libgsm_ms',
      '-bitexact',
      '-map_metadata',
      '-1',
      target,
    )
  }
  const recording = { language: 'en', tier: 'standard', text, durationMs: decodedMs(source) }
  return {
    ...{ key, title, version: '1', category: 'Faulty recordings', pinned: false, formats: [format] },
    recordings: [recording],
  }
}

for (const language of languages) rmSync(join(filesDir, language), { recursive: true, force: true })
const prompts = [...promptTexts.map(recordAll), ...faultyTexts.map(makeFaulty)]
const catalogue = { $schema: './catalogue.schema.json', version: '1', prompts, required: requiredPrompts }
writeFileSync(join(filesDir, 'catalogue.json'), `${JSON.stringify(catalogue, null, 2)}\n`)
rmSync(workDir, { recursive: true, force: true })
