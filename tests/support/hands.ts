// Two ways to work in a panel: by the keyboard alone, and by the accessibility tree alone. Neither knows a selector or a place.
import type { CDPSession, Frame, Page } from 'playwright-core'
import { expect } from 'vitest'

type Role = 'button' | 'searchbox' | 'link' | 'region' | 'status' | 'alert'

export interface Hands {
  /** Does what it does when it is pressed. */
  press(role: Role, name: RegExp): Promise<void>
  /** Writes into a field. */
  write(name: RegExp, text: string): Promise<void>
  /** What the live regions say, each in its own line. */
  said(): Promise<string>
  /** What stands in a region of this name; null where there is none. */
  region(name: RegExp): Promise<string | null>
}

/** Waits until the live regions say this. */
export const hears = (hands: Hands, words: RegExp): Promise<void> =>
  expect.poll(() => hands.said(), { timeout: 20_000, interval: 100 }).toMatch(words)

/** More than there are stops in the desktop and a panel together. */
const mostTabs = 200

export interface Keyboard extends Hands {
  /** How many keys were pressed so far, other than those that only move the focus to the panel. */
  pressed(): number
  key(name: string): Promise<void>
  type(text: string): Promise<void>
}

/** Everything goes through Tab, arrows, Enter and letters. Each stop on the way must show that it has the focus. */
export function keyboardOf(page: Page, frame: Frame): Keyboard {
  let pressed = 0
  const key = async (name: string) => {
    pressed += 1
    await page.keyboard.press(name)
  }
  const showsFocus = async (): Promise<void> => {
    const bare = await frame.evaluate(findBareFocus)
    expect(bare, 'each stop shows that it has the focus').toBeNull()
  }
  /** Tab by Tab, as somebody without a pointer. */
  const goTo = async (role: Role, name: RegExp): Promise<void> => {
    const target = frame.getByRole(role, { name }).first()
    await target.waitFor()
    for (let tabs = 0; tabs < mostTabs; tabs += 1) {
      if (await target.evaluate((element) => element === document.activeElement && document.hasFocus()))
        return
      await page.keyboard.press('Tab')
      await showsFocus()
      // A list is one stop of Tab: from there the arrow keys go to the others of it.
      for (let steps = 0; steps < mostTabs && (await target.evaluate(isBeside)); steps += 1) {
        await page.keyboard.press('ArrowDown')
        await showsFocus()
      }
    }
    throw new Error(`Neither Tab nor an arrow key comes to the ${role} ${String(name)}.`)
  }
  return {
    pressed: () => pressed,
    key,
    async type(text) {
      for (const letter of text) await key(letter)
    },
    async press(role, name) {
      await goTo(role, name)
      await key('Enter')
    },
    async write(name, text) {
      // The panel's own key for it, once the panel has the focus.
      if (await frame.evaluate(() => document.hasFocus())) await key('/')
      await goTo('searchbox', name)
      await key('Control+a')
      for (const letter of text) await key(letter)
    },
    said: async () => (await frame.getByRole('status').allInnerTexts()).join('\n'),
    async region(name) {
      const found = frame.getByRole('region', { name })
      return (await found.count()) === 0 ? null : found.first().innerText()
    },
  }
}

/** Runs in the page: the focus is in the same list as this element, to which Tab does not lead, and at another one. */
function isBeside(element: Element): boolean {
  const { activeElement: focused } = document
  if (!(element instanceof HTMLElement) || !(focused instanceof HTMLElement) || element === focused)
    return false
  return element.tabIndex === -1 && focused.dataset.prompt !== undefined && document.hasFocus()
}

/** Runs in the page: what has the focus and does not show it. */
function findBareFocus(): string | null {
  const element = document.activeElement
  if (element === null || element === document.body || !document.hasFocus()) return null
  const { outlineStyle, outlineWidth } = getComputedStyle(element)
  const ofLabel = element.closest('label')
  const shows =
    (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) ||
    (ofLabel !== null && getComputedStyle(ofLabel).outlineStyle !== 'none')
  return shows ? null : element.outerHTML.slice(0, 120)
}

interface TreeNode {
  readonly nodeId: string
  readonly ignored: boolean
  readonly role?: { readonly value: string }
  readonly name?: { readonly value: string }
  readonly childIds?: readonly string[]
  readonly backendDOMNodeId?: number
}

/** Everything goes through what the browser tells assistive technology: a role, a name, and the default action behind them. */
export async function treeOf(page: Page, frame: Frame): Promise<Hands> {
  const session: CDPSession = await page.context().newCDPSession(frame)
  const read = async (): Promise<TreeNode[]> =>
    (await session.send('Accessibility.getFullAXTree')).nodes as unknown as TreeNode[]
  const is = (node: TreeNode, role: Role): boolean => !node.ignored && node.role?.value === role
  const textOf = (nodes: readonly TreeNode[], top: TreeNode): string => {
    const byId = new Map(nodes.map((node) => [node.nodeId, node]))
    const words = (node: TreeNode): readonly string[] =>
      node.role?.value === 'StaticText'
        ? [node.name?.value ?? '']
        : (node.childIds ?? []).flatMap((id) => words(byId.get(id) ?? { nodeId: id, ignored: true }))
    return words(top).join(' ')
  }
  const find = async (role: Role, name: RegExp): Promise<TreeNode> => {
    let found: TreeNode | undefined
    await expect
      .poll(
        async () => {
          found = (await read()).find((node) => is(node, role) && name.test(node.name?.value ?? ''))
          return found !== undefined
        },
        { timeout: 10_000, interval: 100, message: `the tree has a ${role} ${String(name)}` },
      )
      .toBe(true)
    return found as TreeNode
  }
  /** As assistive technology acts: the browser counts it as the person's own doing. */
  const act = async ({ backendDOMNodeId }: TreeNode, deed: string, text = ''): Promise<void> => {
    const { object } = await session.send('DOM.resolveNode', { backendNodeId: backendDOMNodeId })
    await session.send('Runtime.callFunctionOn', {
      objectId: object.objectId,
      functionDeclaration: deed,
      arguments: [{ value: text }],
      userGesture: true,
    })
  }
  return {
    press: async (role, name) => act(await find(role, name), 'function () { this.focus(); this.click() }'),
    write: async (name, text) =>
      act(
        await find('searchbox', name),
        `function (text) {
          this.focus()
          this.value = text
          this.dispatchEvent(new Event('input', { bubbles: true }))
        }`,
        text,
      ),
    async said() {
      const nodes = await read()
      return nodes
        .filter((node) => is(node, 'status'))
        .map((node) => textOf(nodes, node))
        .join('\n')
    },
    async region(name) {
      const nodes = await read()
      const found = nodes.find((node) => is(node, 'region') && name.test(node.name?.value ?? ''))
      return found === undefined ? null : textOf(nodes, found)
    },
  }
}
