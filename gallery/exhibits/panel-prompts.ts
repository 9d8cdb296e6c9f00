// The prompts of a panel: found, pinned, past their dates, many; their words and their preview; the keys and the settings.
import type { Prompt } from '../../src/core/catalogue'
import { prompt, recording } from '../../tests/support/factories'
import { press, view } from '../scene'
import { panelScene, playing, prompts, ready } from './panel-scene'

const many: readonly Prompt[] = Array.from({ length: 120 }, (_, place) =>
  prompt({
    key: `prompt-${place}`,
    title: `Information ${place + 1}`,
    category: `Category ${Math.floor(place / 30) + 1}`,
    recordings: [
      recording({ text: place % 7 === 0 ? 'You may ask for a refund within 14 days.' : 'Thank you.' }),
    ],
  }),
)

/** A key of the panel, as somebody presses it. What it opens is a chunk of its own. */
async function key(stage: HTMLElement, name: string, shown: string): Promise<void> {
  document.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true }))
  await seen(stage, shown)
}

/** Waits for what a click or a key has opened. */
async function seen(stage: HTMLElement, selector: string): Promise<void> {
  if (stage.querySelector(selector)) return
  await new Promise<void>((resolve) => {
    const observer = new MutationObserver(() => {
      if (stage.querySelector(selector) === null) return
      observer.disconnect()
      resolve()
    })
    observer.observe(stage, { childList: true, subtree: true, attributes: true })
  })
}

/** Looks at the first prompt, as by the arrow keys. */
function look(stage: HTMLElement): void {
  stage
    .querySelector<HTMLElement>('[data-prompt]')
    ?.dispatchEvent(new Event('pointerover', { bubbles: true }))
}
const looked = '.words [data-preview-state]'
async function openPreview(stage: HTMLElement): Promise<void> {
  look(stage)
  await seen(stage, looked)
  stage.querySelector<HTMLElement>(looked)?.click()
  await seen(stage, '[data-preview-state="sounding"], .words [role="alert"]')
}
async function openPins(stage: HTMLElement): Promise<void> {
  press(stage, 'Change the pins')
  await seen(stage, '.pins')
}
async function openSettings(stage: HTMLElement): Promise<void> {
  press(stage, 'Settings')
  await seen(stage, '[role="dialog"]')
}
const headset = { kind: 'list', outputs: [{ id: 'headset', label: 'USB headset (Contoso H5)' }] } as const

export const promptScenes = [
  view('Panel, the prompts', {
    'found by what is said': panelScene({ query: 'no at any' }),
    'played last': panelScene({ preferences: { recent: ['goodbye', 'withdrawal'] } }),
    'own pins': panelScene({ preferences: { pins: ['goodbye', 'hold'] } }),
    many: panelScene({ set: (of) => of.prompts.patch({ prompts: many, readiness: {} }) }),
    'many, found': panelScene({
      query: 'refund',
      set: (of) => of.prompts.patch({ prompts: many, readiness: {} }),
    }),
    'past their dates': panelScene({
      set: (of) =>
        of.prompts.patch({
          prompts: prompts.map((one, place) =>
            place === 1
              ? { ...one, validUntil: '2026-05-31' }
              : place === 2
                ? { ...one, validFrom: '2027-01-01' }
                : one,
          ),
        }),
    }),
    compact: panelScene({ preferences: { density: 'compact' } }),
  }),
  view('Panel, the pins', {
    "the catalogue's own": panelScene({ act: openPins }),
    'the own ones': panelScene({ preferences: { pins: ['goodbye', 'hold'] }, act: openPins }),
    none: panelScene({ preferences: { pins: [] }, act: openPins }),
  }),
  view('Panel, the keys', {
    shown: panelScene({ act: (stage) => key(stage, '?', 'dialog[open]') }),
    'where it can be stopped': panelScene({ stops: true, act: (stage) => key(stage, '?', 'dialog[open]') }),
  }),
  view('Panel, the words', {
    'of the prompt looked at': panelScene({
      async act(stage) {
        look(stage)
        await seen(stage, looked)
      },
    }),
    'without words': panelScene({
      set: (of) => of.prompts.patch({ readiness: { welcome: ready('welcome', 6_400, null, null) } }),
      async act(stage) {
        look(stage)
        await seen(stage, looked)
      },
    }),
    'a preview': panelScene({ act: openPreview }),
    'a preview, after a playback': panelScene({
      set({ playback }) {
        playback.patch({ current: playing({ state: 'completed', playedMs: 6_400 }) })
      },
      act: openPreview,
    }),
    'a preview that cannot be heard': panelScene({
      preview: { status: 'failed', problem: 'output-missing' },
      act: openPreview,
    }),
  }),
  view('Panel, the settings', {
    open: panelScene({ act: openSettings }),
    'outputs to choose from': panelScene({ outputs: headset, act: openSettings }),
    'an output that is not there': panelScene({
      outputs: headset,
      preferences: { previewOutput: 'gone', pins: [] },
      act: openSettings,
    }),
    'no choice of outputs': panelScene({ outputs: { kind: 'none', why: 'hidden' }, act: openSettings }),
    'while a prompt plays': panelScene({
      set: ({ playback }) => playback.patch({ current: playing({ state: 'playing' }) }),
      act: openSettings,
    }),
  }),
]
