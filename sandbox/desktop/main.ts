// The agent desktop page: puts its parts together, holds what is selected, and shows each new state of the organisation.
import { createCallView } from './call-view'
import { el, setText } from './dom'
import { createDrawer } from './drawer'
import { ask, openFeed } from './feed'
import { createFrames } from './frames'
import { listenToApps } from './host'
import { icon } from './icons'
import { createInteractions } from './interactions'
import { asText } from './json-read'
import { createNewCall } from './new-call'
import { createPanelWidth } from './panel-width'
import { createPhone } from './phone'
import { createPhoneView } from './phone-view'
import { createSelection } from './selection'
import { createToasts } from './toasts'
import { createTour } from './tour'
import { initials } from './wording'
import { emptyWorld, type World } from './world'

let world: World = emptyWorld
const attention = new Map<string, number>()
const selection = createSelection(sessionStorage)
const toasts = createToasts()

/** Sends a wish to the control door; a refusal is shown, never swallowed. */
function wish(path: string, body: object): void {
  ask(path, body).catch((reason: unknown) => {
    const message = reason instanceof Error ? reason.message : String(reason)
    toasts.show({ title: 'That did not work', message, type: 'error', timeout: 0, showCloseButton: true })
  })
}

const phone = createPhone(
  (report) => feed.report(report),
  (blocked) => phoneView.setBlocked(blocked),
  () => phoneView.wake(),
)
const phoneView = createPhoneView(phone)
const drawer = createDrawer({
  setMonitored: (id, monitored) => wish(`calls/${id}`, { monitored }),
  setCodecs: (id, supportedCodecs) => wish(`calls/${id}`, { supportedCodecs }),
  setSettings: (settings) => wish('settings', settings),
  reloadApps: () => frames.reloadAll(),
  reset: () => wish('reset', {}),
})
const newCall = createNewCall((call) =>
  wish('calls', { ...call, shuffleParticipants: drawer.shufflesParticipants() }),
)
const callView = createCallView(
  {
    change: (id, change) => wish(`calls/${id}`, change),
    changeAttributes: (id, attributes) => wish(`calls/${id}`, { attributes }),
    finishWrapUp(id) {
      selection.finish(id)
      render()
    },
  },
  phoneView.element,
)
const interactions = createInteractions((id) => {
  selection.select(id)
  render()
})

const desktop = document.querySelector<HTMLElement>('#desktop')
if (!desktop) throw new Error('The page has no #desktop.')
const panelWidth = createPanelWidth()
const appsPlace = el('div', { class: 'apps' })
const appTitle = el('h2')
const noApp = el('p', { class: 'empty' }, 'No app is installed at this desktop yet.')
const frames = createFrames({ container: appsPlace, hostOrigin: location.origin, note: drawer.note })
const agentName = el('span', { class: 'agent-name' })
const agentInitials = el('span', { class: 'avatar', 'aria-hidden': 'true' })
const presence = el('span', { class: 'presence' })
const lost = el('p', { class: 'lost', role: 'alert' }, 'The connection to the sandbox is lost. Trying again…')
lost.hidden = true

const openNewCall = (): void => newCall.open(world.queueNames)
const callPlace = el('main', { id: 'call', tabindex: -1 }, ...callView.elements)
const panelPlace = el(
  'aside',
  { class: 'panel', 'aria-label': 'App panel' },
  el('header', {}, appTitle, panelWidth.choices),
  noApp,
  appsPlace,
)
const controls = el(
  'button',
  { type: 'button', class: 'top-button', click: drawer.open },
  icon('controls'),
  'Sandbox controls',
)
const tour = createTour({ call: callPlace, phone: phoneView.element, panel: panelPlace, controls })
desktop.append(
  el(
    'header',
    { class: 'top' },
    el('span', { class: 'mark', 'aria-hidden': 'true' }, 'N'),
    el('span', { class: 'brand' }, 'Northwind Care'),
    el('span', { class: 'brand-detail' }, 'Agent desktop (sandbox)'),
    tour.opener,
    controls,
    el('div', { class: 'agent' }, agentInitials, el('div', {}, agentName, presence)),
  ),
  lost,
  el(
    'nav',
    { class: 'left', 'aria-label': 'Interactions' },
    el('h2', {}, 'Interactions'),
    ...interactions.elements,
    tour.section,
    el('button', { type: 'button', class: 'new-call', click: openNewCall }, icon('call'), 'New call'),
  ),
  callPlace,
  panelWidth.edge,
  panelPlace,
)
document.body.append(newCall.element, drawer.element, toasts.element)

function render(): void {
  const open = selection.open(world.calls)
  const selected = open.find(({ id }) => id === selection.selectedId()) ?? null
  const selectedId = selected?.id ?? null
  setText(agentName, world.agent.name)
  setText(agentInitials, initials(world.agent.name))
  setText(presence, world.agent.presence)
  interactions.render(
    open.map((call) => ({ call, selected: call.id === selectedId, attention: attention.get(call.id) ?? 0 })),
  )
  callView.render(selected, world.recordings[selectedId ?? ''] ?? [])
  phoneView.render(selected, world.heard)
  drawer.render(selected, world)
  setText(appTitle, world.integration?.name ?? 'Apps')
  noApp.hidden = world.integration !== null
  // Selected before made: the first frame is then made visible, and needs no focus hook.
  frames.select(selectedId)
  // Where a login refuses to be framed, the integration asks for a window.
  const usePopupAuth = world.settings.all.frameLogin === 'refused'
  frames.sync(open, world.integration, {
    usePopupAuth,
    langTag: asText(world.settings.all.desktopLanguage, 'en-us'),
  })
}

listenToApps({
  frames,
  showToast: toasts.show,
  setAttention(id, count) {
    attention.set(id, count)
    render()
  },
  note: drawer.note,
})

let due: number | null = null
/** Once for all changes of one frame. A page in the background has no frames: it is drawn when it is seen again. */
function renderSoon(): void {
  due ??= requestAnimationFrame(() => {
    due = null
    render()
  })
}

const feed = openFeed({
  world(next) {
    world = next
    renderSoon()
  },
  prepare: phone.prepare,
  play: (order) => void phone.play(order),
  stop: phone.stop,
  connected(connected) {
    lost.hidden = connected
  },
})

// A click in an app's frame permits sound here as well, but is not seen here: what follows it is.
for (const sign of ['pointerdown', 'keydown', 'focus', 'blur', 'message'])
  window.addEventListener(sign, phone.wake)
setInterval(render, 1000)
render()
