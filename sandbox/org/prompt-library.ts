// The organisation's Architect prompts: the CDN's catalogue as if somebody had uploaded its standard recordings.
import catalogue from '../cdn/files/catalogue.json'

/** What an upload came to: still without audio, on its way, refused by the platform's transcoder, or ready. */
type UploadStatus = 'created' | 'uploaded' | 'transcodeFailed' | 'transcoded'

export interface PromptRecording {
  language: string
  text: string
  durationMs: number
  status: UploadStatus
  /** Below the sandbox's origin; empty: its audio is not given out. */
  path: string
}

export interface StoredPrompt {
  id: string
  /** The prompt's key in the catalogue, e.g. `hold-notice`. */
  key: string
  /** Its name in Architect, which allows no hyphens, e.g. `cueline_hold_notice`. */
  name: string
  title: string
  version: string
  category: string
  pinned: boolean
  recordings: readonly PromptRecording[]
}

const defaultLanguage = 'en'

/** Architect has one recording per language: the organisation uploaded those of this tier. */
const tier = 'standard'

export const prompts: readonly StoredPrompt[] = catalogue.prompts.map((prompt, place) => ({
  id: `a7c1e0de-0000-4000-8000-${String(place + 1).padStart(12, '0')}`,
  key: prompt.key,
  name: architectName(prompt.key),
  title: prompt.title,
  version: prompt.version,
  category: prompt.category ?? '',
  pinned: prompt.pinned ?? false,
  recordings: prompt.recordings
    .filter((recording) => recording.tier === tier)
    .map(({ language, text, durationMs }) => ({
      language,
      text,
      durationMs,
      status: statusOf(prompt.key),
      path: `/cdn/${language}/${tier}/${prompt.key}.mp3`,
    })),
}))

export const findPrompt = (key: string): StoredPrompt | undefined =>
  prompts.find((prompt) => prompt.key === key)

/** In the language, else in its base language, else in the default one. */
export function recordingIn(prompt: StoredPrompt, language: string): PromptRecording | undefined {
  const tag = language.toLowerCase().replaceAll('_', '-')
  const wanted = [tag, tag.split('-')[0], defaultLanguage]
  return wanted
    .map((candidate) => prompt.recordings.find((recording) => recording.language === candidate))
    .find((found) => found !== undefined)
}

function architectName(key: string): string {
  return `cueline_${key.replaceAll('-', '_')}`
}

/** The catalogue's deliberately bad files could not be uploaded, or did not survive the transcoder. */
function statusOf(key: string): UploadStatus {
  if (key === 'faulty-missing') return 'created'
  return key.startsWith('faulty-') ? 'transcodeFailed' : 'transcoded'
}
