// The list of the agent's interactions: who, which queue, how long, held or muted, and how much the app wants attention.
import { createRows, el, setAttribute, setText, type Row } from './dom'
import { clockTime, initials } from './wording'
import type { DesktopCall } from './world'

export interface InteractionRow {
  call: DesktopCall
  selected: boolean
  attention: number
}

export function createInteractions(select: (id: string) => void) {
  const list = el('ul', { class: 'interactions' })
  const empty = el('p', { class: 'empty' }, 'No interactions. A new call appears here.')
  const update = createRows<InteractionRow>(
    list,
    ({ call }) => call.id,
    ({ call }) => createRow(call.id, select),
  )
  return {
    elements: [list, empty],
    render(rows: readonly InteractionRow[]): void {
      empty.hidden = rows.length > 0
      update(rows)
    },
  }
}

function createRow(id: string, select: (id: string) => void): Row<InteractionRow> {
  const avatar = el('span', { class: 'avatar', 'aria-hidden': 'true' })
  const name = el('span', { class: 'row-name' })
  const queue = el('span', { class: 'row-queue' })
  const time = el('span', { class: 'row-time' })
  const chips = el('span', { class: 'row-chips' })
  const badge = el('span', { class: 'badge' })
  const words = el('span', { class: 'row-words' }, name, queue, chips)
  const side = el('span', { class: 'row-side' }, time, badge)
  const button = el('button', { type: 'button', class: 'row', click: () => select(id) }, avatar, words, side)
  return {
    element: el('li', {}, button),
    update({ call, selected, attention }) {
      setText(avatar, initials(call.customerName))
      setText(name, call.customerName)
      setText(queue, call.queueName)
      setText(time, clockTime((call.endedAtMs ?? Date.now()) - call.connectedAtMs))
      setAttribute(button, 'aria-current', selected ? 'true' : null)
      badge.hidden = attention === 0
      setText(badge, attention > 99 ? '99+' : String(attention))
      setAttribute(badge, 'aria-label', `${attention} waiting in the app`)
      const labels = call.over ? ['Wrap-up'] : [call.held ? 'On hold' : '', call.muted ? 'Muted' : '']
      const wanted = labels.filter((label) => label !== '')
      if (chips.textContent !== wanted.join('')) chips.replaceChildren(...wanted.map(chip))
    },
  }
}

const chip = (label: string): HTMLElement =>
  el('span', { class: 'chip', 'data-kind': label.toLowerCase().replace(' ', '-') }, label)
