// Shows that the import rule finds what it is there to find: a rule that cannot fail holds nothing.
import { describe, expect, it } from 'vitest'
import { findImports, type Import } from '../support/import-graph'
import { findCircles, findForbiddenImports } from '../support/import-rule'

const file = (from: string, to: string, typeOnly = false): Import => ({
  from,
  specifier: `./${to}`,
  to,
  typeOnly,
  dynamic: false,
})
const pack = (from: string, specifier: string, typeOnly = false): Import => ({
  from,
  specifier,
  to: undefined,
  typeOnly,
  dynamic: false,
})

const sdk = 'purecloud-platform-client-v2/src/purecloud-platform-client-v2/ApiClient.js'

describe('an import that breaks the rule is named with its reason', () => {
  const forbidden: Import[] = [
    file('src/core/playback.ts', 'src/services/playback.ts', true),
    file('src/core/playback.ts', 'src/adapters/browser.ts'),
    pack('src/core/playback.ts', 'vue'),
    pack('src/core/playback.ts', 'node:fs'),
    file('src/services/live.ts', 'src/adapters/genesys/channel.ts'),
    file('src/services/live.ts', 'src/stores/live.ts', true),
    pack('src/services/live.ts', 'vue'),
    file('src/adapters/assets.ts', 'src/services/prompts.ts', true),
    file('src/adapters/playback/media-api.ts', 'src/adapters/genesys/client.ts'),
    pack('src/adapters/genesys/auth.ts', sdk),
    pack('src/adapters/assets.ts', 'purecloud-client-app-sdk'),
    pack('src/adapters/host.ts', sdk),
    file('src/stores/playback.ts', 'src/services/playback.ts'),
    file('src/stores/playback.ts', 'src/stores/prompts.ts'),
    file('src/components/Badge.vue', 'src/stores/badge.ts'),
    file('src/components/Badge.vue', 'src/core/badge.ts'),
    pack('src/components/Badge.vue', 'pinia'),
    file('src/views/PanelView.vue', 'src/services/playback.ts', true),
    file('src/views/PanelView.vue', 'src/core/playback.ts'),
    file('src/App.vue', 'src/adapters/host.ts'),
    file('src/oddities/thing.ts', 'src/core/playback.ts'),
    file('src/services/live.ts', 'sandbox/org/clock.ts'),
    file('sandbox/org/org.ts', 'src/core/codec.ts', true),
    pack('sandbox/org/org.ts', sdk),
    pack('sandbox/desktop/desktop.ts', 'purecloud-client-app-sdk'),
    file('tests/unit/x.test.ts', 'src/main.ts'),
    file('src/panel.ts', 'src/main.ts'),
    file('src/main-team.ts', 'src/main.ts'),
    file('src/views/TeamView.vue', 'src/main-team.ts'),
    file('src/services/live.ts', 'src/panel.ts'),
    pack('src/services/live.ts', 'valibot'),
    file('bench/run.ts', '../elsewhere/x.ts'),
    { from: 'bench/run.ts', specifier: './nowhere', to: undefined, typeOnly: false, dynamic: true },
  ]
  it.each(forbidden)('$from -> $specifier', (entry) => {
    const sentences = findForbiddenImports([entry])
    expect(sentences).toHaveLength(1)
    expect(sentences[0]).toContain(`${entry.from} imports ${entry.specifier}: `)
  })
})

it('lets pass what the rule allows', () => {
  const allowed = [
    file('src/main.ts', 'src/adapters/genesys/client.ts'),
    file('src/main.ts', 'src/panel.ts'),
    file('src/main.ts', 'src/main-team.ts'),
    file('src/main-team.ts', 'src/services/live.ts'),
    pack('src/adapters/catalogue.ts', 'valibot'),
    file('src/core/playback.ts', 'src/core/errors.ts'),
    pack('src/core/config.ts', 'valibot'),
    file('src/services/live.ts', 'src/core/ports.ts'),
    file('src/adapters/genesys/auth.ts', 'src/adapters/genesys/client.ts'),
    pack('src/adapters/genesys/client.ts', sdk),
    pack('src/adapters/genesys/conversations.ts', 'purecloud-platform-client-v2', true),
    pack('src/adapters/host.ts', 'purecloud-client-app-sdk'),
    file('src/stores/playback.ts', 'src/services/playback.ts', true),
    file('src/stores/playback.ts', 'src/stores/services.ts'),
    file('src/views/PanelView.vue', 'src/stores/playback.ts'),
    file('src/views/PanelView.vue', 'src/core/playback.ts', true),
    file('src/views/PanelView.vue', 'src/core/playback-words.ts'),
    file('sandbox/org/org.ts', 'sandbox/org/clock.ts'),
    pack('sandbox/org/org.ts', 'purecloud-platform-client-v2', true),
    file('tests/unit/x.test.ts', 'src/core/codec.ts'),
  ]
  expect(findForbiddenImports(allowed)).toEqual([])
})

it('names each circle, also one of types and one of a file with itself', () => {
  const circle = [file('a.ts', 'b.ts'), file('b.ts', 'c.ts', true), file('c.ts', 'a.ts')]
  expect(findCircles(circle)).toEqual(['a.ts -> b.ts -> c.ts -> a.ts'])
  expect(findCircles([...circle, file('c.ts', 'b.ts'), file('d.ts', 'd.ts')])).toHaveLength(3)
  expect(findCircles([file('a.ts', 'b.ts'), file('a.ts', 'c.ts'), file('b.ts', 'c.ts')])).toEqual([])
})

it('reads every way of importing, and tells types from values', () => {
  const text = `import a from './a'
    import type { B } from './b'
    import { type C } from './c'
    import './d.css'
    export { e } from './e'
    export type { F } from './f'
    const g = await import('./g')
    let h: import('./h').H
    const text = "import x from './not-an-import'" // import y from './nor-this'`
  expect(
    findImports(text).map(
      (found) => `${found.specifier}${found.typeOnly ? ' type' : ''}${found.dynamic ? ' later' : ''}`,
    ),
  ).toEqual([
    './a',
    './b type',
    // Erased names, kept import: with verbatimModuleSyntax the file is still loaded.
    './c',
    './d.css',
    './e',
    './f type',
    './g later',
    './h type',
  ])
})
