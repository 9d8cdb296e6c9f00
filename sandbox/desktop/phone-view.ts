// The customer's telephone as a picture: what sounds in it now, how loud, and what was heard in this call.
import { createRows, drawChanged, el, setText, type Row } from './dom'
import { icon } from './icons'
import type { Phone } from './phone'
import { describeFile, describeOutcome, earWords, milliseconds } from './wording'
import type { DesktopCall, Heard } from './world'

const barCount = 28
/** Of a call with more, the newest. */
const longestList = 50

export function createPhoneView(phone: Phone) {
  let call: DesktopCall | null = null
  const owner = el('p', { class: 'phone-owner' })
  const line = el('p', { class: 'phone-line' })
  const bars = Array.from({ length: barCount }, () => el('span'))
  const meter = el('div', { class: 'meter', 'aria-hidden': 'true' }, ...bars)
  const now = el('p', { class: 'phone-now' })
  const detail = el('p', { class: 'phone-detail' })
  const progress = el('progress', { max: 1, value: 0, 'aria-label': 'How much of the prompt was heard' })
  const blocked = el(
    'p',
    { class: 'phone-blocked', role: 'status' },
    icon('sound'),
    'Click anywhere on this page to turn the phone’s sound on.',
  )
  const list = el('ol', { class: 'heard' })
  const none = el('p', { class: 'hint' }, 'Nothing was played to this customer yet.')
  const updateList = createRows<Heard>(
    list,
    ({ startedAtMs, url }) => `${startedAtMs} ${url}`,
    createHeardRow,
  )
  blocked.hidden = true

  const screen = el('div', { class: 'phone-screen' }, owner, line, meter, now, detail, progress)
  const device = el('div', { class: 'phone-device' }, el('span', { class: 'phone-speaker' }), screen, blocked)
  const heard = el('div', { class: 'phone-heard' }, el('h3', {}, 'Heard in this call'), none, list)
  const element = el(
    'section',
    { class: 'card phone', 'aria-labelledby': 'phone-title' },
    el('h2', { id: 'phone-title' }, 'Customer’s telephone'),
    el('div', { class: 'phone-parts' }, device, heard),
  )

  const levels: number[] = bars.map(() => 0)
  const calm = window.matchMedia('(prefers-reduced-motion: reduce)')
  let drawnAtMs = 0
  let isDrawing = false

  /** A picture that does not move is not drawn: the desk's processor is for the call. */
  function wake(): void {
    if (isDrawing) return
    isDrawing = true
    requestAnimationFrame(draw)
  }

  /** A travelling level meter; for those who asked for reduced motion one level for all bars, four times a second. */
  function draw(atMs: number): void {
    if (atMs - drawnAtMs < (calm.matches ? 250 : 33)) return void requestAnimationFrame(draw)
    drawnAtMs = atMs
    const listening = call ? phone.listening(call.id) : null
    isDrawing = listening !== null
    if (isDrawing) requestAnimationFrame(draw)
    else levels.fill(0)
    const level = listening?.level ?? 0
    levels.push(level)
    levels.shift()
    bars.forEach((bar, place) => {
      const shown = calm.matches ? level : (levels[place] ?? 0)
      bar.style.setProperty('--level', shown.toFixed(3))
    })
    meter.dataset.sounding = String(listening !== null)
    progress.value = listening ? listening.playedMs / listening.durationMs : 0
    if (!listening) return silence()
    const file = describeFile(listening.url)
    setText(now, file.name)
    setText(
      detail,
      `${milliseconds(listening.playedMs)} of ${milliseconds(listening.durationMs)} · ${file.detail}`,
    )
  }

  function silence(): void {
    if (!blocked.hidden) {
      setText(now, 'Sound is off')
      return setText(detail, ' ')
    }
    setText(now, call?.over ? 'Call ended' : call?.held ? 'Waiting on hold' : 'No prompt playing')
    setText(detail, call?.held && !call.over ? 'A prompt would not be heard now' : ' ')
  }

  return {
    element,
    wake,
    setBlocked(isBlocked: boolean): void {
      blocked.hidden = !isBlocked
      wake()
    },
    render(shown: DesktopCall | null, all: readonly Heard[]): void {
      if (call?.id !== shown?.id) levels.fill(0)
      call = shown
      wake()
      if (!shown) return
      setText(owner, shown.customerName)
      setText(line, lineWords(shown))
      const mine = all.filter(
        ({ interactionId, heardBy }) => interactionId === shown.id && !isOnlyAgents(heardBy),
      )
      none.hidden = mine.length > 0
      updateList(mine.toSorted((a, b) => b.startedAtMs - a.startedAtMs).slice(0, longestList))
    },
  }
}

function lineWords(call: DesktopCall): string {
  if (call.over) return 'Not in a call'
  if (call.secure) return 'In the secure flow'
  return call.held ? 'On hold' : 'In a call'
}

/** What the agent alone could hear did not reach this telephone. */
const isOnlyAgents = (heardBy: readonly string[]): boolean =>
  heardBy.length > 0 && !heardBy.includes('customer')

function createHeardRow(): Row<Heard> {
  const title = el('strong')
  const detail = el('span', { class: 'heard-detail' })
  const length = el('span', { class: 'heard-length' })
  const outcome = el('span', { class: 'heard-outcome' })
  const head = el('div', {}, title, outcome)
  return {
    element: el('li', {}, head, detail, length),
    update: drawChanged((heard) => {
      const file = describeFile(heard.url)
      setText(title, file.name)
      const time = new Date(heard.startedAtMs).toLocaleTimeString('en-GB')
      setText(detail, [time, file.detail, earWords(heard.heardBy)].filter((part) => part !== '').join(' · '))
      setText(outcome, describeOutcome(heard))
      outcome.dataset.outcome = heard.outcome
      const measured = heard.measuredBy === 'web-audio' ? 'at the speaker' : 'by the clock'
      const total = milliseconds(heard.durationMs)
      const soFar = `${milliseconds(heard.playedMs)} of ${total} ${measured}`
      setText(length, heard.outcome === 'playing' ? `${total} long` : soFar)
    }),
  }
}
