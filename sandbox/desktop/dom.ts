// Builds and updates DOM without a framework: elements by description, lists by key, so that focus survives an update.
type Attributes = Record<string, string | number | boolean | ((event: Event) => void)>

/** An element; attributes that are functions become listeners (`click`), `false` leaves the attribute out. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name, value)
    else if (value === true) element.setAttribute(name, '')
    else if (value !== false) element.setAttribute(name, String(value))
  }
  element.append(...children)
  return element
}

/** Writes only what differs: an unchanged text must not wake a screen reader. */
export function setText(node: Node, text: string): void {
  if (node.textContent !== text) node.textContent = text
}

export function setAttribute(element: Element, name: string, value: string | null): void {
  if (value === null) element.removeAttribute(name)
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value)
}

/** Draws only what differs from what it drew last: of a long list most rows stay, and times and numbers in words are dear. */
export function drawChanged<T>(draw: (item: T) => void): (item: T) => void {
  let drawn = ''
  return (item) => {
    const wanted = JSON.stringify(item)
    if (wanted === drawn) return
    drawn = wanted
    draw(item)
  }
}

export interface Row<T> {
  element: HTMLElement
  update(item: T): void
}

/** Keeps one element per key in the order of the items; elements that stay are moved only when they must be. */
export function createRows<T>(
  parent: HTMLElement,
  keyOf: (item: T) => string,
  create: (item: T) => Row<T>,
): (items: readonly T[]) => void {
  const rows = new Map<string, Row<T>>()
  return (items) => {
    const keys = new Set(items.map(keyOf))
    for (const [key, row] of rows) {
      if (keys.has(key)) continue
      row.element.remove()
      rows.delete(key)
    }
    items.forEach((item, place) => {
      const key = keyOf(item)
      const row = rows.get(key) ?? create(item)
      rows.set(key, row)
      row.update(item)
      const there = parent.children[place]
      if (there !== row.element) parent.insertBefore(row.element, there ?? null)
    })
  }
}
