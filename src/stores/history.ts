// Mirror of the history of records, once it is there: what a call or a day holds, the checklist, and exports.
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { latestBodies } from '../core/evidence-chain'
import { dayOf, isIn, type Scope } from '../core/evidence-export'
import type { FileFormat } from '../core/evidence-file'
import { mirror, usePanelServices } from './mirror'

export const useHistoryStore = defineStore('history', () => {
  const { records, live } = usePanelServices()
  const { keeping } = records.snapshot.value
  if (keeping === null) throw new Error('The history was asked for before it was loaded.')
  const state = mirror(keeping.snapshot)
  const interaction = mirror(live.snapshot)
  const conversationId = computed(() => interaction.value.interaction?.id ?? null)
  const today = () => {
    const recordedAtMs = Date.now()
    return dayOf({ recordedAtMs, utcOffsetMin: -new Date(recordedAtMs).getTimezoneOffset() })
  }
  const kind = ref<Scope['kind']>(conversationId.value === null ? 'day' : 'interaction')
  const day = ref(today())
  const scope = computed<Scope>(() =>
    kind.value === 'interaction'
      ? { kind: 'interaction', conversationId: conversationId.value ?? '' }
      : { kind: 'day', day: day.value },
  )
  return {
    state,
    conversationId,
    kind,
    day,
    /** Newest first. */
    bodies: computed(() =>
      latestBodies(state.value.bodies)
        .filter((body) => isIn(scope.value, body))
        .reverse(),
    ),
    required: computed(() => state.value.required),
    refresh: () => keeping.refresh(),
    readAloud: (playbackId: string) => keeping.readAloud(playbackId),
    readRequired: (promptKey: string) => keeping.readRequired(promptKey),
    save: (format: FileFormat) => keeping.save(scope.value, format),
  }
})
