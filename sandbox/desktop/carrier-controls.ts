// The drawer's part about flows, extra legs, sign-in and language: what the organisation permits, and how carriers behave.
import { el } from './dom'
import { asFlag, asText, type JsonRecord } from './json-read'
import type { DesktopCall } from './world'

export interface CarrierIntents {
  setMonitored(id: string, monitored: boolean): void
  setSettings(settings: Record<string, string | number | boolean>): void
}

const flags = {
  flowEvents: 'Agents may follow the start and end of flows',
  flowAttributes: 'The flow tells its progress by attributes',
}
const choices = {
  legAnswer: { label: 'An extra leg', values: ['answers', 'busy', 'no-answer'] },
  grant: { label: 'Sign-in named in the configuration', values: ['implicit', 'pkce'] },
  frameLogin: { label: 'The login page in a frame', values: ['allowed', 'refused'] },
  desktopLanguage: {
    label: 'Language that the desktop tells its apps',
    values: ['en-us', 'de', 'es', 'fr', 'pt-br', 'ja', 'en-xa'],
  },
}

export function createCarrierControls(intents: CarrierIntents) {
  let call: DesktopCall | null = null
  const monitored = el('input', { type: 'checkbox', id: 'monitored' })
  monitored.addEventListener('change', () => {
    if (call) intents.setMonitored(call.id, monitored.checked)
  })
  const boxes = Object.entries(flags).map(([name, label]) => {
    const input = el('input', { type: 'checkbox', id: `setting-${name}` })
    input.addEventListener('change', () => intents.setSettings({ [name]: input.checked }))
    return { name, input, row: check(input, label) }
  })
  const selects = Object.entries(choices).map(([name, { label, values }]) => {
    const input = el(
      'select',
      { id: `setting-${name}` },
      ...values.map((value) => el('option', { value }, value)),
    )
    input.addEventListener('change', () => intents.setSettings({ [name]: input.value }))
    const row = el('div', { class: 'field' }, el('label', { for: input.id }, label), input)
    return { name, input, row }
  })
  return {
    elements: [
      check(monitored, 'A supervisor monitors this call'),
      ...boxes.map(({ row }) => row),
      ...selects.map(({ row }) => row),
    ],
    render(shown: DesktopCall | null, settings: JsonRecord): void {
      call = shown
      monitored.disabled = shown === null || shown.over
      monitored.checked = shown?.monitored ?? false
      for (const { name, input } of boxes) input.checked = asFlag(settings[name])
      for (const { name, input } of selects) {
        if (document.activeElement !== input) input.value = asText(settings[name])
      }
    },
  }
}

export const check = (input: HTMLInputElement, label: string): HTMLElement =>
  el('div', { class: 'check' }, input, el('label', { for: input.id }, label))
