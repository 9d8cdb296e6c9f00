// Architect's user prompts as they stand now: those of the first day, and what was created and uploaded since.
import type { Clock } from './clock'
import type { DecodedAudio } from './media'
import { emptyAnswer, type OrgAnswer, type OrgRequest } from './messages'
import { type PromptRecording, prompts, type StoredPrompt } from './prompt-library'
import type { Random } from './random'
import { notFound, Refusal } from './refusal'

/** Below the organisation's origin: a stand-in for the storage that the platform names. Bodies come as Latin-1 text. */
export const promptUploadPath = '/sandbox/uploads/prompts/'

/** What the platform takes at most. */
export const promptUploadBytes = 25 * 1024 * 1024

/** How long the platform transcodes. */
const transcodingMs = 1_500

export interface OwnPrompt extends Omit<StoredPrompt, 'recordings'> {
  recordings: PromptRecording[]
}

export interface PromptShelf {
  all(): readonly OwnPrompt[]
  /** Refuses with 404. */
  get(id: string | undefined): OwnPrompt
  add(name: string, description: string): OwnPrompt
  /** The path to which the audio of this recording is to be put. */
  expectUpload(
    prompt: OwnPrompt,
    recording: PromptRecording,
  ): { path: string; headers: Record<string, string> }
  /** The audio of a recording arrives, without a token: its address is the permission. */
  receive(request: OrgRequest): OrgAnswer
  reset(): void
}

interface ShelfParts {
  clock: Clock
  random: Random
  decodeAudio(bytes: Uint8Array): Promise<DecodedAudio>
}

const firstDay = (): OwnPrompt[] =>
  prompts.map((prompt) => structuredClone({ ...prompt, recordings: [...prompt.recordings] }))

export function createPromptShelf({ clock, random, decodeAudio }: ShelfParts): PromptShelf {
  let stored = firstDay()
  const expected = new Map<string, PromptRecording>()

  /** Architect takes WAV only, whatever else a media server could decode. */
  const transcode = (recording: PromptRecording, bytes: Uint8Array): void => {
    decodeAudio(bytes)
      .then(({ codec, durationMs }) => {
        if (codec !== 'wav') throw new Error('This is no WAV file.')
        Object.assign(recording, { status: 'transcoded', durationMs, path: '' })
      })
      .catch(() => Object.assign(recording, { status: 'transcodeFailed' }))
  }

  return {
    all: () => stored,
    get(id = '') {
      const prompt = stored.find((candidate) => candidate.id === id)
      if (!prompt) throw notFound('prompt', id)
      return prompt
    },
    add(name, description) {
      const texts = { title: description, version: '1', category: '', pinned: false }
      const prompt = { id: random.id(), key: name, name, ...texts, recordings: [] }
      stored.push(prompt)
      return prompt
    },
    expectUpload(prompt, recording) {
      const id = random.id()
      expected.set(id, recording)
      return { path: `${promptUploadPath}${id}`, headers: { 'x-amz-meta-promptid': prompt.id } }
    },
    receive({ path, headers, body }) {
      const id = path.slice(promptUploadPath.length)
      const recording = expected.get(id)
      if (!recording || headers['x-amz-meta-promptid'] === undefined) throw notFound('upload', id)
      if (body.length > promptUploadBytes)
        throw new Refusal(400, 'entity.too.large', 'A prompt may have at most 25 MB.')
      expected.delete(id)
      recording.status = 'uploaded'
      const bytes = new Uint8Array(Buffer.from(body, 'latin1'))
      clock.after(transcodingMs, () => transcode(recording, bytes))
      return emptyAnswer(200)
    },
    reset() {
      stored = firstDay()
      expected.clear()
    },
  }
}
