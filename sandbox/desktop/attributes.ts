// The customer's attributes, edited in place: they are what flows and apps write, and what chooses language and tier.
import { createRows, el, setAttribute, type Row } from './dom'
import { icon } from './icons'

type Change = (attributes: Record<string, string | null>) => void
type Entry = [name: string, value: string]

const suggestions: Record<string, string> = { language: 'languages', service_tier: 'tiers' }
const firstNames = Object.keys(suggestions)

export function createAttributes(change: Change) {
  const list = el('dl', { class: 'attributes' })
  const update = createRows<Entry>(
    list,
    ([name]) => name,
    ([name]) => createRow(name, change),
  )
  const name = el('input', {
    placeholder: 'Name',
    'aria-label': 'Name of a new attribute',
    autocomplete: 'off',
  })
  const value = el('input', {
    placeholder: 'Value',
    'aria-label': 'Value of the new attribute',
    autocomplete: 'off',
  })
  const add = el('button', { class: 'quiet', 'aria-label': 'Add the attribute' }, icon('add'))
  const submit = (event: Event): void => {
    event.preventDefault()
    if (name.value.trim() === '') return name.focus()
    change({ [name.value.trim()]: value.value })
    name.value = value.value = ''
    name.focus()
  }
  const element = el(
    'div',
    {},
    list,
    el('form', { class: 'attribute-new', submit }, name, value, add),
    options('languages', ['en-GB', 'de-DE', 'es-ES', 'fr-FR', 'pt-BR', '../../evil']),
    options('tiers', ['standard', 'premium']),
  )
  return {
    element,
    render: (attributes: Record<string, string>): void =>
      update(Object.entries(attributes).sort(byImportance)),
  }
}

const rank = (name: string): number =>
  firstNames.includes(name) ? firstNames.indexOf(name) : firstNames.length
const byImportance = ([a]: Entry, [b]: Entry): number => rank(a) - rank(b) || a.localeCompare(b)

const options = (id: string, values: string[]): HTMLElement =>
  el('datalist', { id }, ...values.map((value) => el('option', { value })))

function createRow(name: string, change: Change): Row<Entry> {
  let known = ''
  const input = el('input', {
    'aria-label': name,
    spellcheck: 'false',
    autocomplete: 'off',
    ...(suggestions[name] ? { list: suggestions[name] } : {}),
    change: () => {
      if (input.value !== known) change({ [name]: input.value })
    },
    keydown: (event) => {
      if (!(event instanceof KeyboardEvent)) return
      if (event.key === 'Escape') input.value = known
      if (event.key === 'Escape' || event.key === 'Enter') input.blur()
    },
  })
  const remove = el(
    'button',
    { type: 'button', class: 'quiet', 'aria-label': `Remove ${name}`, click: () => change({ [name]: null }) },
    icon('close'),
  )
  return {
    element: el('div', {}, el('dt', {}, name), el('dd', {}, input, remove)),
    update([, value]) {
      known = value
      setAttribute(input, 'title', value)
      if (document.activeElement !== input && input.value !== value) input.value = value
    },
  }
}
