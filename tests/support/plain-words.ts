// What a screen says, text by text, and which of it no dictionary has touched.
const spokenAttributes = ['aria-label', 'title', 'placeholder', 'alt', 'aria-valuetext']

/** Each text and each spoken attribute beneath an element, as written, with letters in it. */
export function textsOf(root: Element): string[] {
  const found: string[] = []
  const walk = (element: Element): void => {
    if (element.tagName === 'STYLE') return
    for (const name of spokenAttributes) found.push(element.getAttribute(name) ?? '')
    for (const node of element.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) found.push(node.textContent ?? '')
      else if (node instanceof Element) walk(node)
    }
  }
  walk(root)
  return found.map((text) => text.trim().replace(/\s+/g, ' ')).filter((text) => /\p{L}/u.test(text))
}

/** What stands outside of the pseudo-language's brackets, without `data`: names, titles and what machines said. */
export function plainWords(root: Element, data: readonly string[]): string[] {
  return textsOf(root).flatMap((text) => {
    let rest = text
    for (let before = ''; before !== rest;) {
      before = rest
      rest = rest.replace(/⟦[^⟦⟧]*⟧/g, ' ')
    }
    // A sentence that was cut has lost its closing bracket.
    rest = rest.replace(/⟦.*$/, '')
    for (const one of data) rest = rest.replaceAll(one, ' ')
    return /\p{L}/u.test(rest) ? [rest.trim()] : []
  })
}
