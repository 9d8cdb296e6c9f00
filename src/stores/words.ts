// The words on the screen: whose they are, which sentence is being spoken, and the sound that a preview would play.
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { estimateProgress, isOutcome } from '../core/playback'
import { describePlayback } from '../core/playback-words'
import type { PreviewSound } from '../core/preview'
import { languageName } from '../core/prompt'
import { chooseShownWords } from '../core/shown-words'
import { sentencesOf, spokenSentence } from '../core/spoken-words'
import { mirror, usePanelServices } from './mirror'

export const useWordsStore = defineStore('words', () => {
  const { playback, prompts } = usePanelServices()
  const played = mirror(playback.snapshot)
  const offered = mirror(prompts.snapshot)
  const lookedKey = ref<string | null>(null)
  const putAwayId = ref<string | null>(null)
  const current = computed(() => played.value.current)
  const shown = computed(() =>
    chooseShownWords({
      current: current.value,
      readAloud: describePlayback(current.value).readAloud,
      putAwayId: putAwayId.value,
      looked: offered.value.prompts.find(({ key }) => key === lookedKey.value) ?? null,
      readiness: offered.value.readiness,
    }),
  )

  /** The very file that was checked; else, where the carrier holds the sound, the same words from the CDN. */
  function soundOf(promptKey: string): PreviewSound | null {
    const readiness = offered.value.readiness[promptKey]
    const checked = readiness?.status === 'ready' && readiness.asset.sha256 !== null ? readiness.asset : null
    const url = checked?.url ?? prompts.localCopy(promptKey)
    return url === null ? null : { promptKey, url, sha256: checked?.sha256 ?? null }
  }

  return {
    shown,
    sentences: computed(() => sentencesOf(shown.value?.words ?? '', shown.value?.language ?? 'en')),
    language: computed(() => (shown.value?.language ? languageName(shown.value.language) : null)),
    /** Its place in `sentences`; null where nothing of these words is being spoken. An estimate. */
    spokenAt(nowMs: number): number | null {
      if (shown.value?.why !== 'spoken' || current.value === null || shown.value.words === null) return null
      const { words, language } = shown.value
      const progress = estimateProgress(current.value, nowMs)
      if (progress === null) return null
      return spokenSentence(words, progress.playedMs, progress.playedMs + progress.leftMs, language ?? 'en')
    },
    /** What a click on "preview" would play. Beside a prompt that the agent hears in the call, nothing. */
    sound: computed(() => {
      if (shown.value === null) return null
      const isBusy = current.value !== null && !isOutcome(current.value.state)
      return isBusy && playback.capabilities.agentHears !== 'no' ? null : soundOf(shown.value.promptKey)
    }),
    look: (promptKey: string | null) => void (lookedKey.value = promptKey),
    putAway: () => void (putAwayId.value = current.value?.id ?? null),
    playbackId: computed(() => current.value?.id ?? null),
  }
})
