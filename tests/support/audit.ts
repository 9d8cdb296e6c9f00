// What a page owes to everybody, measured in the browser itself: axe's rules, sizes of targets, width, stillness.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Frame, Page } from 'playwright-core'

type Audited = Pick<Page, 'evaluate'> | Pick<Frame, 'evaluate'>

/** All of WCAG 2.2 at A and AA that a machine can judge. */
const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa']
/** WCAG 2.5.8, in CSS pixels. */
const leastTargetPx = 24

const source = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/**
 * One sentence for each element that breaks a rule. `colours`: only the rules that another theme can break; the others
 * see no colour, and judging them once is enough.
 */
export async function findViolations(page: Audited, judge: 'all' | 'colours' = 'all'): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(await source)
  const runOnly =
    judge === 'colours'
      ? { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }
      : { type: 'tag', values: wcag }
  return page.evaluate(async (only) => {
    const { axe } = window as unknown as { axe: { run(of: Document, options: object): Promise<AxeResults> } }
    const { violations } = await axe.run(document, {
      runOnly: only,
      resultTypes: ['violations'],
      // A frame is judged by itself.
      iframes: false,
    })
    // That rule, still experimental in axe, takes every word inside a button for its label. Where a part of the button
    // names it by its id, that part is the label, and the rest describes. A key drawn on it is a hint for the eye: it is
    // told as aria-keyshortcuts, and nobody would say it as a part of the name.
    const isNamedByItsLabel = (selector: string) => {
      const element = document.querySelector(selector)
      const id = element?.getAttribute('aria-labelledby') ?? ''
      if (id !== '') return element?.querySelector(`#${CSS.escape(id)}`) != null
      const label = element?.cloneNode(true) as Element | undefined
      if (!element?.hasAttribute('aria-keyshortcuts')) return false
      for (const key of label?.querySelectorAll('kbd[aria-hidden="true"]') ?? []) key.remove()
      const words = (text: string | null | undefined) => text?.trim().toLowerCase() ?? ''
      return words(element.getAttribute('aria-label')).includes(words(label?.textContent))
    }
    return violations.flatMap(({ id, help, nodes }) =>
      nodes
        .map((node) => ({ ...node, at: node.target.join(' ') }))
        .filter(({ at }) => id !== 'label-content-name-mismatch' || !isNamedByItsLabel(at))
        .map(({ at, any }) => `${id}: ${help}: ${at} ${any[0]?.message ?? ''}`.trim()),
    )
  }, runOnly)
}

/** Everything that can be pressed and is smaller than 24 by 24 CSS pixels. A label counts as a part of its field. */
export const findSmallTargets = (page: Audited): Promise<string[]> =>
  page.evaluate((least) => {
    const pressed =
      'a[href], button, input, select, textarea, summary, [role=button], [role=switch], [role=tab], [role=option]'
    return [...document.querySelectorAll<HTMLElement>(pressed)].flatMap((element) => {
      const boxes = [element, element.closest('label'), ...((element as HTMLInputElement).labels ?? [])]
        .filter((box) => box !== null)
        .map((box) => box.getBoundingClientRect())
      if (!element.checkVisibility({ visibilityProperty: true }) || boxes[0]?.width === 0) return []
      if (boxes.some(({ width, height }) => width >= least && height >= least)) return []
      const [{ width, height } = { width: 0, height: 0 }] = boxes
      const name = element.getAttribute('aria-label') ?? element.textContent?.trim() ?? ''
      return [`${element.localName} "${name}" is ${width.toFixed(1)} by ${height.toFixed(1)} px`]
    })
  }, leastTargetPx)

/** What reaches beyond the page's width, where the page could be moved sideways. */
export const findSideways = (page: Audited): Promise<string[]> =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth <= clientWidth) return []
    const widest = [...document.body.querySelectorAll<HTMLElement>('*')]
      .filter((element) => element.getBoundingClientRect().right > clientWidth + 0.5)
      .map((element) => `${element.localName}.${[...element.classList].join('.')}`)
    return [`${scrollWidth} px in ${clientWidth} px: ${[...new Set(widest)].slice(0, 6).join(', ')}`]
  })

/** What moves, or would move at its next change. For pages that were asked for reduced motion. */
export const findMotion = (page: Audited): Promise<string[]> =>
  page.evaluate(() => {
    const running = document
      .getAnimations()
      .map(({ effect }) => `${(effect as KeyframeEffect).target?.className ?? ''} is animated`)
    const ready = [...document.querySelectorAll('*')].flatMap((element) => {
      const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(element)
      const isStill =
        parseFloat(transitionDuration) === 0 && animationName === 'none' && scrollBehavior === 'auto'
      return isStill ? [] : [`${element.localName}.${element.className} would move`]
    })
    return [...running, ...ready]
  })
