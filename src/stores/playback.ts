// Mirror of the playback, plus the answers to its questions.
import { defineStore } from 'pinia'
import { computed } from 'vue'
import { describeCapabilities } from '../core/capability-words'
import { estimateProgress, isOutcome, isRunning } from '../core/playback'
import { describePlayback } from '../core/playback-words'
import { mirror, usePanelServices } from './mirror'

export const usePlaybackStore = defineStore('playback', () => {
  const { playback } = usePanelServices()
  const state = mirror(playback.snapshot)
  const current = computed(() => state.value.current)
  return {
    state,
    current,
    busy: computed(() => current.value !== null && !isOutcome(current.value.state)),
    words: computed(() => describePlayback(current.value)),
    progressAt: (nowMs: number) => (current.value ? estimateProgress(current.value, nowMs) : null),
    capabilities: playback.capabilities,
    capabilityWords: describeCapabilities(playback.capabilities),
    canStop: computed(() => playback.capabilities.stop && current.value !== null && isRunning(current.value)),
    stop: () => void playback.stop(),
    answer: (anyway: boolean) => playback.answer(anyway),
    cancel: () => playback.cancel(),
  }
})
