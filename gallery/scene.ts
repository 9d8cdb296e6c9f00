// What the gallery is made of: an exhibit is a component or a view, a scene is one state of it.
import { createPinia } from 'pinia'
import { createApp, nextTick, type App, type Component, type VNode } from 'vue'
import type { Density, Theme } from '../src/core/preferences'

export interface Look {
  readonly theme: Theme
  readonly density: Density
}

export interface Scene {
  draw(): VNode
  readonly provide?: Readonly<Record<symbol, unknown>>
  /** What somebody does before it looks like this: opens what is closed, types into the search. */
  act?(stage: HTMLElement): void | Promise<void>
}

export interface Exhibit {
  readonly name: string
  /** A view fills the panel; a component stands by itself. */
  readonly kind: 'component' | 'view'
  readonly scenes: Readonly<Record<string, (look: Look) => Scene>>
}

/** States of one component: drawn by props alone, and `acted` ones that somebody has brought about. */
export function component(
  name: string,
  states: Readonly<Record<string, () => VNode>>,
  acted: Readonly<Record<string, Scene>> = {},
): Exhibit {
  const drawn = Object.entries(states).map(([state, draw]) => [state, { draw }] as const)
  const scenes = [...drawn, ...Object.entries(acted)].map(([state, scene]) => [state, () => scene] as const)
  return { name, kind: 'component', scenes: Object.fromEntries(scenes) }
}

export const view = (name: string, scenes: Exhibit['scenes']): Exhibit => ({ name, kind: 'view', scenes })

/** Puts a scene into `place` and lets it settle. The app is given back so that it can be taken away. */
export async function mountScene(scene: Scene, place: HTMLElement, watch?: (app: App) => void): Promise<App> {
  const root: Component = { render: () => scene.draw() }
  const app = createApp(root)
  watch?.(app)
  app.use(createPinia())
  const provided = scene.provide ?? {}
  for (const key of Object.getOwnPropertySymbols(provided)) app.provide(key, provided[key])
  app.mount(place)
  await settle()
  await scene.act?.(place)
  await settle()
  return app
}

/** A view may load a part of itself: that takes more than one turn. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) await nextTick()
}

/** Presses what has this name, as somebody would. */
export function press(stage: HTMLElement, name: string): void {
  const found = [...stage.querySelectorAll<HTMLElement>('button, summary, label')].find(
    (one) => (one.getAttribute('aria-label') ?? one.textContent ?? '').trim() === name,
  )
  if (!found) throw new Error(`The gallery finds nothing that is named "${name}".`)
  found.click()
}
