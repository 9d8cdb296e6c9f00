// How high the rows of the list of prompts will be: an estimate for those that are not drawn, true for most.

/** What a row holds beside its title, left and right of it. */
const besidePx = 84
const letterPx = 7.6
const linePx = 20
const snippetPx = 16

export const headingPx = 32

/** By how wide a title is, in letters: the height of its row in CSS pixels. Titles that are wider have the last height. */
export function rowHeights(listPx: number, isCompact: boolean): Readonly<Uint16Array> {
  const room = Math.max(80, listPx - besidePx)
  return Uint16Array.from({ length: 512 }, (_, letters) => {
    const lines = Math.max(1, Math.ceil((letters * letterPx) / room))
    return (isCompact ? 44 : 52) + (lines - 1) * linePx
  })
}

/**
 * Where each row begins and, as one more, where the last one ends, in CSS pixels from the top of the list.
 * `sections`: how many rows each has beneath its heading; `widths`: of each row's title, in letters; from `firstSaid` on the
 * rows show what is said. A plain loop over whole numbers: a key in the search goes through ten thousand rows.
 */
export function rowTops(
  sections: readonly number[],
  widths: Readonly<Uint16Array>,
  heights: Readonly<Uint16Array>,
  firstSaid: number,
): Float64Array {
  const tops = new Float64Array(widths.length + 1)
  const widest = heights.length - 1
  let [row, y] = [0, 0]
  for (const count of sections) {
    y += headingPx
    for (const end = row + count; row < end; row += 1) {
      tops[row] = y
      y += heights[Math.min(widest, widths[row] ?? 0)] ?? 0
      if (row >= firstSaid) y += snippetPx
    }
  }
  tops[row] = y
  return tops
}
