// A recording on its way to Architect: converted, shown, sent, and waited for until the platform can play it.
import type { Complaint } from '../core/config'
import { answered, refused, type Answer } from '../core/errors'
import type { ConvertedSound, PromptUploads, SoundConverter } from '../core/health-ports'
import { refusedSentence } from '../core/health-words'
import type { Clock } from '../core/ports'
import { judgeUpload, judgeWish, maxWavBytes, uploadLanguage, type UploadWish } from '../core/prompt-upload'
import { architectName } from '../core/reach'
import { createSnapshot } from './snapshot'
import { t } from '../core/text'

export interface HealthUploadPorts {
  readonly clock: Clock
  readonly converter: SoundConverter
  readonly uploads: PromptUploads
}

export interface HealthUploadState {
  readonly stage: 'empty' | 'converting' | 'ready' | 'sending' | 'transcoding' | 'done'
  readonly fileName: string | null
  readonly sound: Omit<ConvertedSound, 'wav'> | null
  readonly wavBytes: number
  readonly complaints: readonly Complaint[]
  /** There is such a recording already: to be confirmed, then sent once more. */
  readonly replaces: string | null
  readonly problem: string | null
  /** What stands in Architect now. */
  readonly result: { readonly name: string; readonly language: string; readonly durationMs: number } | null
}

const lookEveryMs = 1_000
const looks = 60
const nothing: HealthUploadState = {
  stage: 'empty',
  fileName: null,
  sound: null,
  wavBytes: 0,
  complaints: [],
  replaces: null,
  problem: null,
  result: null,
}

export function createHealthUpload(
  { clock, converter, uploads }: HealthUploadPorts,
  prefix: string,
  changed: () => void,
) {
  const snapshot = createSnapshot<HealthUploadState>(nothing)
  let wav: Uint8Array<ArrayBuffer> | null = null
  let choice = 0

  async function choose(fileName: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    choice += 1
    const own = choice
    wav = null
    snapshot.set({ ...nothing, stage: 'converting', fileName })
    const answer = await converter.convert(bytes)
    if (own !== choice) return
    if (!answer.ok)
      return snapshot.set({
        ...nothing,
        fileName,
        problem: refusedSentence(t('The file was not taken'), answer.refusal),
      })
    const { wav: converted, ...sound } = answer.value
    if (converted.length > maxWavBytes)
      return snapshot.set({
        ...nothing,
        fileName,
        problem: t(
          'The file was not taken: as WAV it has more than 25 MB, and Architect takes no more. Shorten it.',
        ),
      })
    wav = converted
    snapshot.patch({ stage: 'ready', sound, wavBytes: converted.length })
  }

  /** `mayReplace`: the admin has seen that a recording of this language is there, and wants it replaced. */
  async function send(typed: UploadWish, mayReplace: boolean): Promise<void> {
    const { stage, sound } = snapshot.value
    if (stage !== 'ready' || wav === null || sound === null) return
    const wish = { ...typed, promptKey: typed.promptKey.trim(), language: typed.language.trim() }
    const complaints = judgeWish(wish)
    snapshot.patch({ complaints, problem: null, replaces: null })
    if (complaints.length > 0) return
    snapshot.patch({ stage: 'sending' })
    const name = architectName(wish.promptKey, prefix)
    const language = uploadLanguage(wish.language)
    const ready = await makeReady(name, language, wish, mayReplace)
    if (!ready.ok) return fail(refusedSentence(t('Nothing was sent'), ready.refusal))
    if (ready.value === null) return snapshot.patch({ stage: 'ready', replaces: `${name}, ${language}` })
    const promptId = ready.value
    const sent = await uploads.upload(promptId, language, wav)
    if (!sent.ok) return fail(refusedSentence(t('The file was not stored'), sent.refusal))
    snapshot.patch({ stage: 'transcoding' })
    const outcome = await waitFor(promptId, language, sound.durationMs)
    if (!outcome.ok) return fail(refusedSentence(t('The recording is not ready'), outcome.refusal))
    snapshot.patch({ stage: 'done', result: { name, language, durationMs: outcome.value } })
    changed()
  }

  const fail = (problem: string) => snapshot.patch({ stage: 'ready', problem })

  /** The prompt's id once prompt and language are there; null where a recording would be replaced unasked. */
  async function makeReady(
    name: string,
    language: string,
    { title, text, promptKey }: UploadWish,
    mayReplace: boolean,
  ): Promise<Answer<string | null>> {
    const found = await uploads.findPrompt(name)
    if (!found.ok) return found
    const known = found.value?.recordings.find((recording) => recording.language.toLowerCase() === language)
    if (known !== undefined && known.durationMs !== null && !mayReplace) return answered(null)
    const prompt = found.value
      ? answered(found.value)
      : await uploads.createPrompt(name, title.trim() || promptKey)
    if (!prompt.ok) return prompt
    const { id } = prompt.value
    if (known !== undefined) return answered(id)
    const added = await uploads.addRecording(id, language, text.trim() || null)
    return added.ok ? answered(id) : added
  }

  async function waitFor(promptId: string, language: string, sentMs: number): Promise<Answer<number>> {
    for (let look = 0; look < looks; look += 1) {
      await new Promise<void>((over) => clock.after(lookEveryMs, over))
      const state = await uploads.fetchRecording(promptId, language)
      if (!state.ok && (state.refusal.mayHaveArrived || state.refusal.kind === 'rate-limited')) continue
      if (!state.ok) return state
      const verdict = judgeUpload(state.value, sentMs)
      if (verdict === 'done') return answered(state.value.durationMs ?? 0)
      if (verdict === 'failed')
        return refused({ kind: 'rejected', message: t('Architect could not transcode it. Try another file') })
    }
    return refused({
      kind: 'timeout',
      message: t('Architect has not said so within {n} seconds. Look there before you send it again', {
        n: (looks * lookEveryMs) / 1000,
      }),
    })
  }

  return {
    snapshot,
    choose,
    send,
    reset(): void {
      choice += 1
      wav = null
      snapshot.set(nothing)
    },
  }
}

export type HealthUpload = ReturnType<typeof createHealthUpload>
