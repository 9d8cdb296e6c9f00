// How high the rows of the list of prompts will be: an estimate for those that are not drawn, true for most.

/** What a row holds beside its title, left and right of it. */
const besidePx = 84
const letterPx = 7.6
/** A letter of Chinese, Japanese or Korean is as wide as it is high. */
const wideLetters = /[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7ff\uff00-\uff60]/g

export const headingPx = 32

export function rowPx(title: string, listPx: number, hasSnippet: boolean, isCompact: boolean): number {
  const wide = title.match(wideLetters)?.length ?? 0
  const lines = Math.max(1, Math.ceil(((title.length + wide) * letterPx) / Math.max(80, listPx - besidePx)))
  return (isCompact ? 44 : 52) + (lines - 1) * 20 + (hasSnippet ? 16 : 0)
}
