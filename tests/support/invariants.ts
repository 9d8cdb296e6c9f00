// What must hold after any schedule: no prompt twice, one outcome each, no invented end, true lengths, nothing left.
import { expect } from 'vitest'
import { shortFormKey } from '../../src/core/evidence-short'
import { isOutcome, type Playback } from '../../src/core/playback'
import type { Panel } from '../../src/services/panel'
import type { DeskInMemory } from './desk-in-memory'

/** How far what the record says may lie off from what the telephone heard. */
const toleranceMs = 250

/** All that was shown of each playback, in order, over all panels of the desk. */
export type History = Map<string, Playback[]>

export function watchPlaybacks(history: History) {
  return (playback: Playback | null): void => {
    if (playback === null) return
    const before = history.get(playback.id) ?? []
    if (before.at(-1)?.state !== playback.state) history.set(playback.id, [...before, playback])
    else history.set(playback.id, [...before.slice(0, -1), playback])
  }
}

export function checkInvariants(desk: DeskInMemory, history: History, panels: readonly Panel[]): void {
  for (const { outbox } of panels)
    expect(outbox.snapshot.value.waiting, 'records that were never confirmed').toBe(0)
  const { plays, heard: sounds, calls } = desk.org.state()
  // What only the agent heard is no playback to the customer.
  const heard = sounds.filter(({ heardBy }) => heardBy.includes('customer'))
  const all = [...history.values()]
  const last = all.map((states) => states.at(-1) as Playback)
  const sent = last.filter((playback) => playback.attempts > 0)
  // "rejected" says that nothing was played: then the carrier has no play of it either.
  const accepted = sent.filter((playback) => playback.state !== 'rejected')
  expect(plays.length, 'more plays reached the carrier than clicks were sent').toBeLessThanOrEqual(
    accepted.length,
  )

  for (const states of all) {
    const names = states.map((playback) => playback.state).join(' > ')
    expect(isOutcome(states.at(-1)?.state ?? 'preparing'), `no outcome: ${names}`).toBe(true)
    const outcomes = states.filter((playback) => isOutcome(playback.state)).map((playback) => playback.state)
    const replaced = outcomes.slice(0, -1)
    expect(
      replaced.filter((state) => state !== 'unknown'),
      `an outcome was replaced: ${names}`,
    ).toEqual([])
  }

  // Carriers other than the media server name no file: what was heard of a prompt is known by its recording.
  const isOf = (playback: Playback) => (sound: { url: string }) =>
    sound.url.includes(`/${playback.promptKey}.`)
  expect(heard.length, 'more was heard than was sent').toBeLessThanOrEqual(sent.length)

  // Where the end is deduced from how long it ran, or where an old word about the same file may be taken for it, it is
  // true to what can be told apart.
  const isWhole = (playback: Playback) => (sound: (typeof heard)[number]) =>
    sound.outcome === 'completed' ||
    ((sound.backend !== 'media-api' || playback.repeats) && sound.playedMs >= sound.durationMs - toleranceMs)
  const free = [...heard]
  for (const playback of last.filter((p) => p.state === 'completed')) {
    const at = free.findIndex((sound) => isOf(playback)(sound) && isWhole(playback)(sound))
    expect(at, `"completed" was invented for ${playback.promptKey}`).not.toBe(-1)
    free.splice(at, 1)
  }

  const measured = last.filter(
    (p) => p.state !== 'completed' && p.state !== 'rejected' && (p.playedMs ?? 0) > 0,
  )
  const cuts = heard.filter((entry) => entry.outcome === 'cut')
  for (const playback of measured) {
    const near = cuts.findIndex(
      (entry) => isOf(playback)(entry) && Math.abs(entry.playedMs - (playback.playedMs ?? 0)) <= toleranceMs,
    )
    expect(
      near,
      `${playback.state} after ${playback.playedMs} ms was not what was heard: ${JSON.stringify(heard)}`,
    ).not.toBe(-1)
    cuts.splice(near, 1)
  }
  for (const playback of last.filter(
    (p) => (p.state === 'interrupted' || p.state === 'failed') && p.playedMs === 0,
  )) {
    const more = cuts.find(
      (entry) =>
        isOf(playback)(entry) &&
        entry.playedMs > toleranceMs &&
        entry.startedAtMs >= (playback.times.requestedAtMs ?? 0) &&
        entry.startedAtMs <= (playback.times.endedAtMs ?? 0),
    )
    expect(more, `"nothing was heard", but it was: ${playback.state}`).toBeUndefined()
  }

  const attributes = calls.find((call) => call.id === desk.interactionId)?.attributes ?? {}
  const written = Object.keys(attributes).filter(
    (key) => key.startsWith('cueline.') && key !== 'cueline.flow',
  )
  expect(written.sort(), 'records in the conversation').toEqual(sent.map((p) => shortFormKey(p.id)).sort())
  for (const playback of sent) {
    const outcome = attributes[shortFormKey(playback.id)]?.split('|')[4]
    expect(outcome, 'the record says something else than the panel').toBe(playback.state)
  }
}

/** After the panel has gone. */
export function checkNothingLeft(desk: DeskInMemory): void {
  expect(desk.openSockets(), 'sockets left open').toBe(0)
  expect(desk.pendingTimers(), 'timers left running').toBe(0)
  expect([...desk.browser.locks], 'locks left held').toEqual([])
}
