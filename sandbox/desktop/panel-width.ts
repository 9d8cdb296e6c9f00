// The width of the app's panel: four usual widths to choose from, any between them by dragging or by arrow keys.
import { el, setAttribute } from './dom'

const widths = [280, 360, 480, 640]
const [narrowest, , , widest] = [280, 360, 480, 640] as const
const firstWidth = 360

export function createPanelWidth() {
  let width = firstWidth
  const buttons = widths.map((choice) =>
    el(
      'button',
      { type: 'button', click: () => setWidth(choice), 'aria-label': `${choice} pixels wide` },
      String(choice),
    ),
  )
  const edge = el('div', {
    class: 'panel-edge',
    role: 'separator',
    tabindex: 0,
    'aria-orientation': 'vertical',
    'aria-label': 'Width of the app panel',
    'aria-valuemin': narrowest,
    'aria-valuemax': widest,
  })

  function setWidth(wanted: number): void {
    width = Math.round(Math.min(widest, Math.max(narrowest, wanted)))
    document.documentElement.style.setProperty('--panel-width', `${width}px`)
    setAttribute(edge, 'aria-valuenow', String(width))
    buttons.forEach((button, place) => setAttribute(button, 'aria-pressed', String(widths[place] === width)))
  }

  edge.addEventListener('pointerdown', (event) => edge.setPointerCapture(event.pointerId))
  edge.addEventListener('pointermove', (event) => {
    if (edge.hasPointerCapture(event.pointerId)) setWidth(window.innerWidth - event.clientX)
  })
  edge.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowLeft') setWidth(width + 10)
    if (event.key === 'ArrowRight') setWidth(width - 10)
  })
  setWidth(firstWidth)

  return {
    edge,
    choices: el('div', { class: 'widths', role: 'group', 'aria-label': 'Panel width' }, ...buttons),
  }
}
