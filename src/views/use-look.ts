// At which prompt the agent looks: the one that the pointer rests on, or that was moved to by keys.
import { onScopeDispose, ref, type Ref } from 'vue'

/** A pointer on its way elsewhere looks at nothing. */
const restMs = 180

export interface Look {
  readonly key: Readonly<Ref<string | null>>
  readonly on: {
    pointerover(event: Event): void
    pointerleave(): void
    focusin(event: FocusEvent): void
  }
}

/** For the listeners of an element around buttons with `data-prompt`. What was looked at last stays, until something else is. */
export function useLook(): Look {
  const key = ref<string | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  const rowOf = ({ target }: Event) =>
    target instanceof Element ? target.closest<HTMLElement>('[data-prompt]') : null
  const forget = () => clearTimeout(timer)
  onScopeDispose(forget)
  return {
    key,
    on: {
      pointerover(event) {
        forget()
        const row = rowOf(event)
        // Which prompt it is by then: a row is written anew when the list changes.
        if (row) timer = setTimeout(() => (key.value = row.dataset.prompt ?? null), restMs)
      },
      pointerleave: forget,
      focusin(event) {
        forget()
        const wanted = rowOf(event)?.dataset.prompt
        // A click gives focus too, and plays: what is played is shown anyway.
        if (wanted !== undefined && (event.target as Element).matches(':focus-visible')) key.value = wanted
      },
    },
  }
}
