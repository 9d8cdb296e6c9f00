// The buttons of a live call, and the wrap-up that follows it.
import { el, setAttribute, setText } from './dom'
import { icon, type IconName } from './icons'
import type { DesktopCall } from './world'

export interface CallIntents {
  change(
    id: string,
    change: { held?: boolean; muted?: boolean; disconnected?: boolean; recordingState?: string },
  ): void
  finishWrapUp(id: string): void
}

const wrapUpCodes = ['Resolved', 'Follow-up agreed', 'Passed on', 'No answer to the question', 'Wrong number']

export function createCallControls(intents: CallIntents) {
  let call: DesktopCall | null = null
  const on = (act: (call: DesktopCall) => void) => () => {
    if (call) act(call)
  }
  const hold = toggle(on(({ id, held }) => intents.change(id, { held: !held })))
  const mute = toggle(on(({ id, muted }) => intents.change(id, { muted: !muted })))
  const record = toggle(
    on(({ id, recordingState }) =>
      intents.change(id, { recordingState: recordingState === 'active' ? 'paused' : 'active' }),
    ),
  )
  const hangUp = el(
    'button',
    {
      type: 'button',
      class: 'control danger',
      click: on(({ id }) => intents.change(id, { disconnected: true })),
    },
    icon('hangUp'),
    el('span', {}, 'Hang up'),
  )
  const buttons = el('div', { class: 'controls', role: 'group', 'aria-label': 'Call controls' })
  buttons.append(hold.element, mute.element, record.element, hangUp)

  const code = el('select', { id: 'wrap-up-code' }, ...wrapUpCodes.map((label) => el('option', {}, label)))
  const finish = (event: Event): void => {
    event.preventDefault()
    if (call) intents.finishWrapUp(call.id)
  }
  const done = el('button', { class: 'primary' }, 'Finish wrap-up')
  const label = el('label', { for: 'wrap-up-code' }, 'The call has ended. How did it go?')
  const wrapUp = el('form', { class: 'wrap-up', 'aria-label': 'Wrap-up', submit: finish }, label, code, done)

  return {
    elements: [buttons, wrapUp],
    render(shown: DesktopCall): void {
      if (call?.id !== shown.id) code.selectedIndex = 0
      call = shown
      const focusWasHere = buttons.contains(document.activeElement)
      buttons.hidden = shown.over
      wrapUp.hidden = !shown.over
      if (focusWasHere && shown.over) code.focus()
      hold.render(shown.held, shown.held ? 'Resume' : 'Hold', shown.held ? 'resume' : 'hold')
      mute.render(shown.muted, shown.muted ? 'Unmute' : 'Mute', shown.muted ? 'microphone' : 'mute')
      const paused = shown.recordingState !== 'active'
      record.render(paused, paused ? 'Record' : 'Pause recording', 'record')
    },
  }
}

function toggle(click: () => void) {
  const words = el('span')
  const element = el('button', { type: 'button', class: 'control', click }, words)
  let drawn: IconName | null = null
  return {
    element,
    render(pressed: boolean, label: string, symbol: IconName): void {
      setText(words, label)
      setAttribute(element, 'data-on', pressed ? '' : null)
      if (drawn !== symbol) element.replaceChildren(icon(symbol), words)
      drawn = symbol
    },
  }
}
