// The gallery is whole: every component has an exhibit, every view is drawn by some scene, and no scene is broken.
import { afterEach, describe, expect, it } from 'vitest'
import type { App, VNode } from 'vue'
import { exhibits, findScene, sceneNames } from '../../gallery/exhibits'
import { readSettings } from '../../gallery/look'
import { mountScene } from '../../gallery/scene'

const nameOf = (path: string): string => path.split('/').at(-1)?.replace('.vue', '') ?? ''
/** The names of the files as they lie there; none of them is loaded for that. */
const components = Object.keys(import.meta.glob('../../src/components/*.vue')).map(nameOf)
const views = Object.keys(import.meta.glob('../../src/views/*.vue')).map(nameOf)

/** The file names of all components that stand in this tree now. */
function namesDrawn(vnode: VNode | null | undefined, found = new Set<string>()): Set<string> {
  if (vnode == null) return found
  const { __file: path } = vnode.type as { __file?: string }
  if (path !== undefined) found.add(nameOf(path))
  namesDrawn(vnode.component?.subTree, found)
  if (Array.isArray(vnode.children))
    for (const child of vnode.children)
      if (child !== null && typeof child === 'object') namesDrawn(child as VNode, found)
  return found
}

const look = readSettings('')
const drawn = new Map<string, Set<string>>()
let app: App | null = null

afterEach(() => {
  app?.unmount()
  document.body.replaceChildren()
})

describe('each scene', () => {
  it.each(sceneNames())('%s is drawn, without a word of complaint from Vue', async (name) => {
    const complaints: string[] = []
    const place = document.body.appendChild(document.createElement('div'))
    const scene = findScene(name)?.make(look)
    if (scene === undefined) throw new Error(`There is no scene "${name}".`)
    app = await mountScene(scene, place, ({ config }) => {
      config.warnHandler = (message) => void complaints.push(message)
      config.errorHandler = (error) => void complaints.push(String(error))
    })
    drawn.set(name, namesDrawn((place as Element & { _vnode?: VNode })._vnode))
    expect(complaints).toEqual([])
    expect(place.innerHTML.replaceAll(/<!--.*?-->/g, '')).not.toBe('')
  })
})

describe('the gallery', () => {
  it('has each scene once by its name', () => {
    expect(new Set(sceneNames()).size).toBe(sceneNames().length)
  })

  it('has an exhibit for every component', () => {
    const shown = exhibits.filter(({ kind }) => kind === 'component').map(({ name }) => name)
    expect(components.length).toBeGreaterThan(10)
    expect(components.filter((name) => !shown.includes(name))).toEqual([])
  })

  it('draws in each exhibit the component that it is named after', () => {
    const wrong = exhibits
      .filter(({ kind }) => kind === 'component')
      .flatMap(({ name, scenes }) =>
        Object.keys(scenes).map((scene) => [name, `${name} / ${scene}`] as const),
      )
      .filter(([name, scene]) => drawn.get(scene)?.has(name) !== true)
    expect(wrong).toEqual([])
  })

  it('draws every view in some scene', () => {
    const all = new Set([...drawn.values()].flatMap((names) => [...names]))
    expect(views.length).toBeGreaterThan(10)
    expect(views.filter((name) => !all.has(name))).toEqual([])
  })
})
