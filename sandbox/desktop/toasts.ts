// Toasts as the desktop shows them for its apps: text only, announced, closed by time or by hand.
import { el } from './dom'
import { icon } from './icons'
import { asFlag, asNumber, asText, type JsonRecord } from './json-read'

export interface Toast {
  /** A later toast with the same id replaces the earlier one. */
  id?: string
  title: string
  message: string
  type: 'info' | 'error' | 'success'
  /** Seconds; 0 stays until closed. */
  timeout: number
  showCloseButton: boolean
}

const defaultTimeoutS = 7

/** The Client App SDK's `showToast` message as a toast. Markdown is not rendered: it is shown as the text it is. */
export function readToast(message: JsonRecord): Toast {
  const type = message.type === 'error' || message.type === 'success' ? message.type : 'info'
  const timeout = Math.max(0, asNumber(message.timeout, defaultTimeoutS))
  return {
    id: asText(message.id) || undefined,
    title: asText(message.title),
    message: asText(message.message),
    type,
    timeout,
    // What never goes by itself must be closable, whatever was asked for.
    showCloseButton: timeout === 0 || asFlag(message.showCloseButton),
  }
}

export function createToasts(): { element: HTMLElement; show(toast: Toast): void } {
  const calm = el('div', { 'aria-live': 'polite', class: 'toast-list' })
  const urgent = el('div', { 'aria-live': 'assertive', class: 'toast-list' })
  const shown = new Map<string, () => void>()

  function show(toast: Toast): void {
    if (toast.id) shown.get(toast.id)?.()
    const symbol = el('span', { class: 'toast-symbol' }, icon(toast.type))
    const words = el(
      'div',
      { class: 'toast-words' },
      el('strong', {}, toast.title),
      el('p', {}, toast.message),
    )
    const box = el('div', { class: 'toast', 'data-type': toast.type }, symbol, words)
    let timer: number | undefined
    const close = (): void => {
      window.clearTimeout(timer)
      if (toast.id && shown.get(toast.id) === close) shown.delete(toast.id)
      box.remove()
    }
    if (toast.id) shown.set(toast.id, close)
    if (toast.showCloseButton) {
      const label = `Close: ${toast.title}`
      box.append(
        el('button', { class: 'quiet', type: 'button', 'aria-label': label, click: close }, icon('close')),
      )
    }
    const list = toast.type === 'error' ? urgent : calm
    list.append(box)
    if (toast.timeout > 0) timer = window.setTimeout(close, toast.timeout * 1000)
  }

  return { element: el('section', { class: 'toasts', 'aria-label': 'Notices' }, urgent, calm), show }
}
