// The drawer “Sandbox controls”: what no real desktop has, kept out of the way of what one has.
import { check, createCarrierControls, type CarrierIntents } from './carrier-controls'
import { el, setAttribute, setText } from './dom'
import { icon } from './icons'
import { field } from './new-call'
import type { DesktopCall, World } from './world'

export interface DrawerIntents extends CarrierIntents {
  setCodecs(id: string, codecs: string[] | null): void
  reloadApps(): void
  reset(): void
}

const codecNames = ['opus', 'mp3', 'wav', 'pcmu', 'g722']
const backendNames = ['media-api', 'secure-flow', 'announcement-leg']
const longestLog = 60

export function createDrawer(intents: DrawerIntents) {
  let call: DesktopCall | null = null
  const boxes = codecNames.map((name) => el('input', { type: 'checkbox', id: `codec-${name}`, change: send }))
  const silent = el('input', { type: 'checkbox', id: 'codec-none', change: send })
  function send(): void {
    const chosen = codecNames.filter((_, place) => boxes[place]?.checked)
    if (call) intents.setCodecs(call.id, silent.checked ? null : chosen)
  }
  const codecs = el('fieldset', {}, el('legend', {}, 'Codecs the customer’s endpoint reports'))
  codecs.append(
    ...boxes.map((box, place) => check(box, codecNames[place] ?? '')),
    check(silent, 'not reported'),
  )
  const whose = el('p', { class: 'hint' })

  const backends = backendNames.map((name) => {
    const radio = el('input', { type: 'radio', name: 'backend', id: `backend-${name}`, value: name })
    radio.addEventListener('change', () => intents.setSettings({ backend: name }))
    const words = el('label', { for: radio.id })
    return { name, radio, words, row: el('div', { class: 'check' }, radio, words) }
  })
  const carrier = el(
    'fieldset',
    {},
    el('legend', {}, 'How audio reaches the call'),
    ...backends.map(({ row }) => row),
  )

  const buffering = el('input', { id: 'buffering', type: 'number', min: 0, max: 60000, step: 10 })
  buffering.addEventListener('change', () => {
    if (buffering.validity.valid && buffering.value !== '')
      intents.setSettings({ bufferingMs: buffering.valueAsNumber })
  })
  const carriers = createCarrierControls(intents)
  const shuffle = el('input', { type: 'checkbox', id: 'shuffle' })
  const log = el('ol', { class: 'log', 'aria-label': 'What happened between desktop and apps', tabindex: 0 })

  const close = el(
    'button',
    {
      type: 'button',
      class: 'quiet',
      'aria-label': 'Close the sandbox controls',
      click: () => dialog.close(),
    },
    icon('close'),
  )
  const action = (label: string, click: () => void) =>
    el('button', { type: 'button', class: 'secondary', click }, label)
  const dialog = el(
    'dialog',
    { class: 'drawer', 'aria-labelledby': 'drawer-title' },
    el('header', {}, el('h2', { id: 'drawer-title' }, 'Sandbox controls'), close),
    el('section', {}, whose, codecs),
    el('section', {}, carrier),
    el('section', { class: 'fields' }, ...carriers.elements),
    el(
      'section',
      { class: 'fields' },
      field('buffering', 'Buffering before the first sound (ms)', buffering),
    ),
    el('section', {}, check(shuffle, 'New calls list their participants in random order')),
    el(
      'section',
      { class: 'actions' },
      action('Reload the apps', intents.reloadApps),
      action('Reset the sandbox', intents.reset),
    ),
    el('section', { class: 'log-part' }, el('h3', {}, 'Between desktop and apps'), log),
  )

  let latest: World | null = null
  function draw({ settings }: World): void {
    codecs.disabled = call === null || call.over
    setText(whose, call ? `For the call with ${call.customerName}` : 'No call is selected')
    silent.checked = call?.codecs === null
    boxes.forEach((box, place) => {
      box.checked = call?.codecs?.includes(codecNames[place] ?? '') ?? false
      box.disabled = silent.checked
    })
    for (const { name, radio, words } of backends) {
      radio.checked = settings.backend === name
      radio.disabled = !settings.backends.includes(name)
      setText(words, radio.disabled ? `${name} (not offered yet by this sandbox)` : name)
      setAttribute(words, 'data-disabled', radio.disabled ? '' : null)
    }
    carriers.render(call, settings.all)
    if (document.activeElement !== buffering) buffering.value = String(settings.bufferingMs)
  }

  return {
    element: dialog,
    open(): void {
      if (latest) draw(latest)
      dialog.showModal()
    },
    shufflesParticipants: (): boolean => shuffle.checked,
    note(text: string): void {
      log.prepend(el('li', {}, el('time', {}, new Date().toLocaleTimeString('en-GB')), ` ${text}`))
      while (log.children.length > longestLog) log.lastElementChild?.remove()
    },
    /** Thirty fields that nobody sees are not written while it is closed. */
    render(shown: DesktopCall | null, world: World): void {
      call = shown
      latest = world
      if (dialog.open) draw(world)
    },
  }
}
