// A short tour for who is here for the first time: words beside the calls, never over anything, and the part they are about is marked.
import { el, setText } from './dom'
import { icon } from './icons'
import { isFirstVisit, rememberVisit } from './tour-memory'

/** What a step is about: the parts of the page that are marked meanwhile. */
export interface TourPlaces {
  readonly call: Element
  readonly phone: Element
  readonly panel: Element
  readonly controls: Element
}

const steps: readonly (readonly [title: string, words: string, place: keyof TourPlaces])[] = [
  [
    'You are an agent',
    'This is the desktop of a made-up company. In the middle is the call that you are in; choose another one above.',
    'call',
  ],
  [
    'Cueline is beside the call',
    'Click "Welcome" there, or press 1 after a click into the panel. It plays the recording to the customer and says what happens to it.',
    'panel',
  ],
  [
    'Hear what the customer hears',
    'The telephone is the customer’s. It plays what really arrives, and lists what was heard and for how long.',
    'phone',
  ],
  [
    'Let something go wrong',
    'Put the call on hold while a prompt plays, hang up, or play one of the "Faulty" prompts. The panel says what the customer got, and shows the words to read aloud.',
    'call',
  ],
  [
    'Change the world',
    'The sandbox controls have what no desktop has: other carriers, other codecs, a slow media server. The tabs of the panel show the team, the records and the numbers.',
    'controls',
  ],
]

export function createTour(places: TourPlaces) {
  let at = 0
  const title = el('h3', {})
  const words = el('p', {})
  const count = el('span', { class: 'tour-count' })
  const back = el('button', { type: 'button', class: 'secondary', click: goBack }, 'Back')
  const next = el('button', { type: 'button', class: 'primary', click: () => show(at + 1) }, 'Next')
  const close = el(
    'button',
    { type: 'button', class: 'quiet', 'aria-label': 'Close the tour', click: end },
    icon('close'),
  )
  const section = el(
    'section',
    { class: 'tour', 'aria-label': 'Tour of the sandbox', keydown: onKey as (event: Event) => void },
    el('header', {}, count, close),
    // Whoever goes on hears the next words; the focus stays on the button.
    el('div', { 'aria-live': 'polite' }, title, words),
    el('div', { class: 'tour-buttons' }, back, next),
  )
  section.hidden = true
  const opener = el(
    'button',
    {
      type: 'button',
      class: 'top-button',
      'aria-expanded': 'false',
      click: () => (section.hidden ? open() : end()),
    },
    icon('info'),
    'Tour',
  )

  function mark(place: keyof TourPlaces | null): void {
    for (const [name, element] of Object.entries(places)) element.classList.toggle('toured', name === place)
  }

  function show(wanted: number): void {
    if (wanted >= steps.length) return end()
    at = Math.max(0, wanted)
    const [heading, text, place] = steps[at] ?? ['', '', 'call']
    setText(title, heading)
    setText(words, text)
    setText(count, `Tour, ${at + 1} of ${steps.length}`)
    setText(next, at === steps.length - 1 ? 'Done' : 'Next')
    back.hidden = at === 0
    mark(place)
  }

  /** On the first step there is no way back: the focus does not stay on a button that is gone. */
  function goBack(): void {
    show(at - 1)
    if (back.hidden) next.focus()
  }

  function start(): void {
    section.hidden = false
    opener.setAttribute('aria-expanded', 'true')
    show(0)
    rememberVisit(localStorage)
  }

  function open(): void {
    start()
    next.focus()
  }

  function end(): void {
    const hadFocus = section.contains(document.activeElement)
    section.hidden = true
    opener.setAttribute('aria-expanded', 'false')
    mark(null)
    if (hadFocus) opener.focus()
  }

  function onKey(event: KeyboardEvent): void {
    if (event.key === 'Escape') end()
  }

  // By itself it takes no focus: nobody asked for it.
  if (isFirstVisit(localStorage, navigator.webdriver)) start()

  return { section, opener }
}
