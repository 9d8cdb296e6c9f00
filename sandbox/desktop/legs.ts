// Who takes part in the call, in the platform's order, and what the customer's endpoint says it can play.
import { createRows, el, setText, type Row } from './dom'
import type { DesktopCall, Leg } from './world'

const purposes: Record<string, string> = {
  customer: 'Customer',
  external: 'Customer',
  acd: 'Queue',
  agent: 'Agent',
  user: 'Agent',
  ivr: 'Flow',
  extra: 'Extra leg',
  supervisor: 'Supervisor',
}

export function createLegs() {
  const list = el('ul', { class: 'legs' })
  const update = createRows<Leg>(list, ({ id }) => id, createRow)
  const codecs = el('p', { class: 'hint' })
  const element = el(
    'section',
    { class: 'card in-call', 'aria-labelledby': 'legs-title' },
    el('h2', { id: 'legs-title' }, 'In this call'),
    list,
    codecs,
  )
  return {
    element,
    render(call: DesktopCall): void {
      update(call.legs)
      setText(codecs, `The customer’s endpoint plays: ${codecWords(call.codecs)}`)
    },
  }
}

function codecWords(codecs: string[] | null): string {
  if (codecs === null) return 'not reported'
  return codecs.length > 0 ? codecs.join(', ') : 'nothing'
}

function createRow(): Row<Leg> {
  const name = el('span', { class: 'leg-name' })
  const purpose = el('span', { class: 'leg-purpose' })
  const state = el('span', { class: 'leg-state' })
  return {
    element: el('li', {}, name, purpose, state),
    update(leg) {
      setText(name, leg.name)
      setText(purpose, purposes[leg.purpose] ?? leg.purpose)
      setText(state, leg.state)
      state.dataset.state = leg.state
    },
  }
}
