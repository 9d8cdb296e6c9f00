// The stage: one scene on an empty page, the one that the address names behind its #. Another name shows another scene.
import '@fontsource/urbanist/latin-600.css'
import '../src/styles/fonts.css'
import '../src/styles/tokens.css'
import '../src/styles/base.css'
import '../src/styles/controls.css'
import './stage.css'
import type { App } from 'vue'
import { findScene, sceneNames } from './exhibits'
import { readSettings } from './look'
import { mountScene } from './scene'
import { speakTo } from './speech'

const settings = readSettings(location.search)
const root = document.documentElement
root.dataset.theme = settings.theme
root.dataset.density = settings.density

let shown: App | null = null
let turn = 0

async function show(): Promise<void> {
  const own = ++turn
  delete root.dataset.scene
  shown?.unmount()
  shown = null
  const name = decodeURIComponent(location.hash.slice(1))
  const place = document.createElement('div')
  place.id = 'app'
  document.querySelector('#app')?.replaceWith(place)
  // The empty stage.
  if (name === '') return void (root.dataset.scene = '')
  const found = findScene(name)
  if (found === undefined) {
    place.textContent = `There is no scene "${name}".`
    return
  }
  place.classList.toggle('component', found.kind === 'component')
  shown = await mountScene(found.make(settings), place)
  await document.fonts.ready
  // Only the last one that was asked for is told of: whoever waits for its name meets it finished.
  if (own === turn) root.dataset.scene = name
}

await speakTo(settings.language)
/** For whoever goes through all of them. */
root.dataset.names = JSON.stringify(sceneNames())
window.addEventListener('hashchange', () => void show())
await show()
