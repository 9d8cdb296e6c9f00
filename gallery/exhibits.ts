// Everything that the gallery shows, in the order of its list.
import { components } from './exhibits/components'
import { numberComponents } from './exhibits/components-numbers'
import { health } from './exhibits/health-scene'
import { numbers } from './exhibits/numbers-scene'
import { playbacks } from './exhibits/panel-playback'
import { promptScenes } from './exhibits/panel-prompts'
import { starts } from './exhibits/panel-start'
import { records } from './exhibits/records-scene'
import { setup } from './exhibits/setup-scene'
import { team } from './exhibits/team-scene'
import type { Exhibit, Look, Scene } from './scene'

export const exhibits: readonly Exhibit[] = [
  ...starts,
  ...promptScenes,
  ...playbacks,
  ...records,
  ...team,
  ...numbers,
  ...health,
  ...setup,
  ...components,
  ...numberComponents,
]

/** "Panel, a playback / completed": how a scene is called in the gallery, in tests and in the names of pictures. */
export const sceneName = (exhibit: string, scene: string): string => `${exhibit} / ${scene}`

export const sceneNames = (): readonly string[] =>
  exhibits.flatMap(({ name, scenes }) => Object.keys(scenes).map((scene) => sceneName(name, scene)))

export function findScene(
  name: string,
): { readonly kind: Exhibit['kind']; make(look: Look): Scene } | undefined {
  for (const exhibit of exhibits)
    for (const [scene, make] of Object.entries(exhibit.scenes))
      if (sceneName(exhibit.name, scene) === name) return { kind: exhibit.kind, make }
  return undefined
}
