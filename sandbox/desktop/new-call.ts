// The dialog that starts another call, with the customer one wants to try.
import { el } from './dom'

export interface NewCall {
  customerName: string
  queue?: string
  attributes: Record<string, string>
}

const names = [
  'Maya Lindgren',
  'Tom Okoye',
  'Jonas Weber',
  'Inés Navarro',
  'Chloé Martin',
  'Piotr Zieliński',
  'Aiko Mori',
]

export function createNewCall(start: (wish: NewCall) => void) {
  let calls = 0
  const name = el('input', { id: 'new-name', autocomplete: 'off', required: true })
  const language = el('select', { id: 'new-language' }, ...languageOptions())
  const tier = el('select', { id: 'new-tier' }, option('', 'not set'), option('standard'), option('premium'))
  const queue = el('select', { id: 'new-queue' })
  const cancel = el('button', { type: 'button', class: 'secondary', click: () => dialog.close() }, 'Cancel')
  const begin = el('button', { class: 'primary' }, 'Start call')
  const submit = (event: Event): void => {
    event.preventDefault()
    const wish: NewCall = { customerName: name.value.trim(), attributes: {} }
    if (queue.value) wish.queue = queue.value
    if (language.value) wish.attributes.language = language.value
    if (tier.value) wish.attributes.service_tier = tier.value
    dialog.close()
    start(wish)
  }
  const form = el(
    'form',
    { class: 'fields', submit },
    el('h2', { id: 'new-call-title' }, 'New call'),
    field('new-name', 'Customer', name),
    field('new-queue', 'Queue', queue),
    field('new-language', 'Language', language),
    field('new-tier', 'Service tier', tier),
    el('div', { class: 'actions' }, cancel, begin),
  )
  const dialog = el('dialog', { 'aria-labelledby': 'new-call-title' }, form)
  return {
    element: dialog,
    open(queueNames: readonly string[]): void {
      name.value = names[calls++ % names.length] ?? ''
      queue.replaceChildren(...queueNames.map((queueName) => option(queueName)))
      tier.value = 'standard'
      language.value = 'en-GB'
      dialog.showModal()
      name.select()
    },
  }
}

export const field = (id: string, label: string, input: HTMLElement): HTMLElement =>
  el('div', { class: 'field' }, el('label', { for: id }, label), input)

const option = (value: string, label = value): HTMLElement => el('option', { value }, label)

const languageOptions = (): HTMLElement[] => [
  option('en-GB', 'English'),
  option('de-DE', 'German'),
  option('es-ES', 'Spanish'),
  option('fr-FR', 'French'),
  option('pt-BR', 'Portuguese (no recordings)'),
  option('', 'not set'),
]
