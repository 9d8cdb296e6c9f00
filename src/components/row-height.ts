// How high the rows of the list of prompts will be: an estimate for those that are not drawn, true for most.

/** What a row holds beside its title, left and right of it. */
const besidePx = 84
const letterPx = 7.6
/** Of each title: a letter of Chinese, Japanese or Korean counts twice. */
const widths = new Map<string, number>()
const wideLetters = /[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7ff\uff00-\uff60]/g

export const headingPx = 32

export function rowPx(title: string, listPx: number, hasSnippet: boolean, isCompact: boolean): number {
  const lines = Math.max(1, Math.ceil((widthOf(title) * letterPx) / Math.max(80, listPx - besidePx)))
  return (isCompact ? 44 : 52) + (lines - 1) * 20 + (hasSnippet ? 16 : 0)
}

function widthOf(title: string): number {
  const known = widths.get(title)
  if (known !== undefined) return known
  const width = title.length + (title.match(wideLetters)?.length ?? 0)
  widths.set(title, width)
  return width
}
