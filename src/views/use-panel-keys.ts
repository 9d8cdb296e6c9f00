// Keys of the panel: they act only while the panel has the focus, and never while somebody types.
import { onScopeDispose } from 'vue'

export interface PanelKeys {
  /** False: no key does anything. */
  listens(): boolean
  playPinned(index: number): void
  /** To the search. A new one starts where a letter is typed: the letter goes into it by itself. */
  search(how: 'start' | 'go on'): void
  move(by: 1 | -1 | 'first' | 'last'): void
  escape(): void
  showKeys(): void
}

const moves = { ArrowDown: 1, ArrowUp: -1, Home: 'first', End: 'last' } as const

/** Each digit plays, each other letter searches: no letter is a command, so none can be hit by mistake. */
export function usePanelKeys(keys: PanelKeys): void {
  const onKey = (event: KeyboardEvent) => {
    if (!keys.listens()) return
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.isComposing) return
    const { key } = event
    const typing = typingIn(event.target)
    // Held down, it would clear the search and then stop what plays. In any other field it belongs to the field.
    if (key === 'Escape') return typing === 'elsewhere' || event.repeat ? undefined : keys.escape()
    if (typing !== null) return
    const digit = digitOf(event)
    if (digit !== null) {
      if (!event.repeat) keys.playPinned(digit - 1)
    } else if (key === '/') keys.search('start')
    else if (key === '?') keys.showKeys()
    else if (key === 'Backspace') keys.search('go on')
    else if (key in moves) keys.move(moves[key as keyof typeof moves])
    else {
      // Whatever can be typed goes into the search, which now has the focus; a space presses the button it is on.
      if (key.length === 1 && key !== ' ') keys.search('start')
      return
    }
    if (key !== 'Backspace') event.preventDefault()
  }
  document.addEventListener('keydown', onKey)
  onScopeDispose(() => document.removeEventListener('keydown', onKey))
}

/** Also the key with the digit on it where it takes Shift to type the digit, as on French keyboards. */
function digitOf({ key, code, shiftKey }: KeyboardEvent): number | null {
  if (/^[1-9]$/.test(key)) return Number(key)
  const place = /^Digit([1-9])$/.exec(code)?.[1]
  return place !== undefined && !shiftKey && !/^\d$/.test(key) ? Number(place) : null
}

function typingIn(target: EventTarget | null): 'search' | 'elsewhere' | null {
  if (!(target instanceof HTMLElement)) return null
  if (target.id === 'prompt-search') return 'search'
  const types = target.matches('input, textarea, select, [role="textbox"]') || target.isContentEditable
  return types ? 'elsewhere' : null
}
