// What the build leaves out of Vue and Pinia is named, found, and missed by nobody: all tests of views are drawn by what is left.
import { mount } from '@vue/test-utils'
import { createPinia, defineStore } from 'pinia'
import { expect, it } from 'vitest'
import { computed, h, nextTick, reactive, shallowRef } from 'vue'
import { findLeftOut, shortened, shortenedFiles } from '../../scripts/library-parts.mjs'

it('what is reactive in Vue is reactive in the shortened one: objects, lists, maps', async () => {
  const box = reactive({ count: 1, list: [1], names: new Map([[1, 'one']]) })
  const drawn = mount(() => h('p', `${String(box.count)} ${box.list.join()} ${box.names.get(1) ?? ''}`))
  box.count = 2
  box.list.push(3)
  box.names.set(1, 'two')
  await nextTick()
  expect(drawn.text()).toBe('2 1,3 two')
})

it('a store of the shortened Pinia is made once, unwraps what it holds, and is forgotten when disposed of', () => {
  let made = 0
  const useCounter = defineStore('counter', () => {
    made++
    const count = shallowRef(1)
    return { count, twice: computed(() => count.value * 2), add: () => count.value++ }
  })
  const pinia = createPinia()
  const store = useCounter(pinia)
  store.add()
  expect([useCounter(pinia).count, store.twice, made]).toEqual([2, 4, 1])
  store.$dispose()
  expect([useCounter(pinia).count, made]).toEqual([1, 2])
})

it.each(shortenedFiles)('%s in another wording fails the build', (name) => {
  expect(() => shortened('export const nothing = 1', name)).toThrow(`${name} has 0 times`)
})

const imports = (names: string, from = 'vue'): string => `import { ${names} } from "${from}"`

it.each([
  [imports('computed, Teleport as _Teleport'), ['Teleport']],
  [`${imports('h')}\n${imports('KeepAlive,\n  Transition')}`, ['KeepAlive', 'Transition']],
  [imports('computed, defineComponent as _defineComponent'), []],
  [imports('Teleport', './rooms'), []],
])('of %s it names %j', (code, names) => {
  expect(findLeftOut(code)).toEqual(names)
})
