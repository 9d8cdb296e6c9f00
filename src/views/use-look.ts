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
  let row: HTMLElement | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  // Which prompt it is by then: a row is written anew when the list changes.
  const see = () => (key.value = row?.dataset.prompt ?? null)
  const rest = () => {
    clearTimeout(timer)
    timer = setTimeout(see, restMs)
  }
  const rewritten = new MutationObserver(rest)
  const forget = () => {
    clearTimeout(timer)
    rewritten.disconnect()
  }
  /** False where there is no row. */
  function turnTo({ target }: Event): boolean {
    const found = target instanceof Element ? target.closest<HTMLElement>('[data-prompt]') : null
    if (found === null) return false
    row = found
    rewritten.observe(row, { attributeFilter: ['data-prompt'] })
    return true
  }
  onScopeDispose(forget)
  return {
    key,
    on: {
      pointerover(event) {
        forget()
        if (turnTo(event)) rest()
        // The list has changed, and nothing of it is under the pointer any more.
        else if (row?.isConnected === false) key.value = null
      },
      pointerleave: forget,
      focusin(event) {
        forget()
        // A click gives focus too, and plays: what is played is shown anyway.
        if ((event.target as Element).matches(':focus-visible') && turnTo(event)) see()
      },
    },
  }
}
