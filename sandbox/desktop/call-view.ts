// The selected call in the middle of the desktop: the customer, the controls, the attributes.
import { createAttributes } from './attributes'
import { createCallControls, type CallIntents } from './call-controls'
import { el, setText } from './dom'
import { createLegs } from './legs'
import { createRecordingView } from './recording-view'
import { clockTime, initials } from './wording'
import type { DesktopCall, RecordingPart } from './world'

interface CallViewIntents extends CallIntents {
  changeAttributes(id: string, attributes: Record<string, string | null>): void
}

export function createCallView(intents: CallViewIntents, phoneCard: HTMLElement) {
  let call: DesktopCall | null = null
  const avatar = el('span', { class: 'avatar large', 'aria-hidden': 'true' })
  const name = el('h1')
  const where = el('p', { class: 'where' })
  const state = el('span', { class: 'call-state' })
  const time = el('span', { class: 'call-time' })
  const controls = createCallControls(intents)
  const attributes = createAttributes((change) => {
    if (call) intents.changeAttributes(call.id, change)
  })
  const head = el(
    'header',
    { class: 'card call-head' },
    el(
      'div',
      { class: 'who' },
      avatar,
      el('div', {}, name, where),
      el('div', { class: 'call-clock' }, state, time),
    ),
    ...controls.elements,
  )
  const customer = el(
    'section',
    { class: 'card customer', 'aria-labelledby': 'customer-title' },
    el('h2', { id: 'customer-title' }, 'Customer'),
    el(
      'p',
      { class: 'hint' },
      'What flows and callers wrote about this customer. Click a value to change it.',
    ),
    attributes.element,
  )
  const legs = createLegs()
  const recording = createRecordingView()
  const left = el('div', { class: 'call-side' }, customer, legs.element, recording.element)
  const body = el('div', { class: 'call-body' }, left, phoneCard)
  const nobody = el(
    'div',
    { class: 'nobody' },
    el('h1', {}, 'Ready for the next customer'),
    el('p', {}, 'Start a call with “New call”.'),
  )

  return {
    elements: [head, body, nobody],
    render(shown: DesktopCall | null, recorded: readonly RecordingPart[]): void {
      call = shown
      head.hidden = body.hidden = shown === null
      nobody.hidden = shown !== null
      if (!shown) return
      setText(avatar, initials(shown.customerName))
      setText(name, shown.customerName)
      setText(
        where,
        [shown.address, shown.queueName, shown.direction].filter((part) => part !== '').join(' · '),
      )
      setText(state, stateOf(shown))
      state.dataset.kind = shown.over ? 'over' : shown.held || shown.secure ? 'held' : 'live'
      setText(time, clockTime((shown.endedAtMs ?? Date.now()) - shown.connectedAtMs))
      controls.render(shown)
      attributes.render(shown.attributes)
      legs.render(shown)
      recording.render(recorded)
    },
  }
}

function stateOf(call: DesktopCall): string {
  if (call.over) return 'Ended'
  if (call.secure) return 'Customer is in the secure flow'
  if (call.held) return 'On hold'
  return call.muted ? 'Connected, muted' : 'Connected'
}
