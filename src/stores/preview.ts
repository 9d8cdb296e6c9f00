// Mirror of the preview. Its code comes with the first click: until then it is quiet.
import { defineStore } from 'pinia'
import { inject, shallowRef } from 'vue'
import type { PreviewSound } from '../core/preview'
import type { PreviewService, PreviewState } from '../services/preview'
import { previewKey } from './services'

const quiet: PreviewState = {
  status: 'quiet',
  promptKey: null,
  startedAtMs: null,
  durationMs: 0,
  problem: null,
}

export const usePreviewStore = defineStore('preview', () => {
  const load = inject(previewKey, null)
  const state = shallowRef(quiet)
  let loading: Promise<PreviewService> | null = null

  /** Null where it did not arrive: the next click tries again. */
  async function open(): Promise<PreviewService | null> {
    try {
      loading ??=
        load?.().then((service) => {
          service.snapshot.subscribe((value) => (state.value = value))
          return service
        }) ?? null
      return await loading
    } catch {
      loading = null
      return null
    }
  }

  return {
    state,
    /** Where nothing brings a preview, none is offered. */
    isOffered: load !== null,
    async start(sound: PreviewSound): Promise<void> {
      state.value = { ...quiet, status: 'loading', promptKey: sound.promptKey }
      const service = await open()
      if (service) return service.start(sound)
      state.value = { ...quiet, status: 'failed', promptKey: sound.promptKey, problem: 'not-loaded' }
    },
    stop: async () => (await loading)?.stop(),
    fetchOutputs: async () => (await open())?.fetchOutputs() ?? null,
    askOutput: async () => (await open())?.askOutput() ?? null,
  }
})
