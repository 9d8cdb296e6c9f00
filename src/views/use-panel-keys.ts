// Keys of the panel: they act only while the panel has the focus, and never while somebody types.
import { onScopeDispose, ref, type Ref } from 'vue'

export interface PanelKeys {
  playPinned(index: number): void
  focusSearch(): void
  escape(): void
}

/** Returns whether the panel has the focus, for the screen to show. */
export function usePanelKeys(keys: PanelKeys): Readonly<Ref<boolean>> {
  const focused = ref(document.hasFocus())
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
    if (event.key === 'Escape') return keys.escape()
    if (isTyping(event.target)) return
    if (event.key === '/') keys.focusSearch()
    else if (/^[1-9]$/.test(event.key) && !event.repeat) keys.playPinned(Number(event.key) - 1)
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp')
      moveFocus(event.key === 'ArrowDown' ? 1 : -1)
    else return
    event.preventDefault()
  }
  const onFocus = () => (focused.value = true)
  const onBlur = () => (focused.value = document.hasFocus())
  document.addEventListener('keydown', onKey)
  window.addEventListener('focus', onFocus)
  window.addEventListener('blur', onBlur)
  onScopeDispose(() => {
    document.removeEventListener('keydown', onKey)
    window.removeEventListener('focus', onFocus)
    window.removeEventListener('blur', onBlur)
  })
  return focused
}

/** From prompt to prompt, in the order on screen. */
export function moveFocus(by: 1 | -1): void {
  const buttons = [...document.querySelectorAll<HTMLButtonElement>('button.prompt')]
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement)
  const next = at === -1 ? (by === 1 ? 0 : buttons.length - 1) : at + by
  buttons[next]?.focus()
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.matches('input, textarea, select') || target.isContentEditable)
  )
}
