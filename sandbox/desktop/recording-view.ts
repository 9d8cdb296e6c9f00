// What the recording of the call contains so far: prompts and gaps, each with its place.
import { createRows, drawChanged, el, setText, type Row } from './dom'
import { clockTime, describeFile, milliseconds } from './wording'
import type { RecordingPart } from './world'

export function createRecordingView() {
  const list = el('ol', { class: 'recorded' })
  const update = createRows<RecordingPart>(list, ({ kind, fromMs }) => `${kind} ${fromMs}`, createRow)
  const none = el('p', { class: 'hint' }, 'The conversation, without prompts and without gaps.')
  const element = el(
    'section',
    { class: 'card in-call', 'aria-labelledby': 'recording-title' },
    el('h2', { id: 'recording-title' }, 'In the recording'),
    none,
    list,
  )
  return {
    element,
    render(parts: readonly RecordingPart[]): void {
      none.hidden = parts.length > 0
      update(parts)
    },
  }
}

function createRow(): Row<RecordingPart> {
  const name = el('strong')
  const place = el('span', { class: 'heard-length' })
  return {
    element: el('li', {}, name, place),
    update: drawChanged(({ kind, url, fromMs, toMs, isOpen }) => {
      setText(name, kind === 'gap' ? 'Gap: nothing recorded' : describeFile(url).name)
      setText(place, `at ${clockTime(fromMs)} · ${isOpen ? 'still going on' : milliseconds(toMs - fromMs)}`)
    }),
  }
}
