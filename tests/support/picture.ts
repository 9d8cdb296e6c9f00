// Compares two pictures as somebody at arm's length would: what a font's hinting moves is not seen, what people moved is.
import pixelmatch from 'pixelmatch'
import { PNG } from 'pngjs'

interface Raster {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

/** Pixels on each side of a block whose mean colour is compared. A stroke of a letter is lost in it, a moved button is not. */
const blockPx = 8
/** How different two means may be, of 1: black to white. */
const threshold = 0.06
/** Blocks that may differ: letters that moved by half a pixel make four of them, a button that moved by eight pixels forty. */
const mostBlocks = 6

export interface Difference {
  /** null: the sizes differ, so nothing was compared. */
  readonly blocks: number | null
  readonly isSame: boolean
  /** What differs, in red, block by block. */
  readonly picture: Buffer | null
}

export function comparePictures(actual: Uint8Array, expected: Uint8Array): Difference {
  const [one, other] = [read(actual), read(expected)]
  if (one.width !== other.width || one.height !== other.height)
    return { blocks: null, isSame: false, picture: null }
  const [first, second] = [toBlocks(one), toBlocks(other)]
  const diff = new PNG({ width: first.width, height: first.height })
  const { width, height } = first
  const blocks = pixelmatch(first.data, second.data, diff.data, width, height, { threshold, includeAA: true })
  return { blocks, isSame: blocks <= mostBlocks, picture: PNG.sync.write(enlarge(diff)) }
}

/** Of 256 levels: what a packed picture gives up. Far below `threshold`, and half of the bytes. */
const levelStep = 8

/** The same picture in fewer bytes: browsers write them fast, not small. */
export function packPicture(picture: Uint8Array): Buffer {
  const png = read(picture)
  png.data.forEach((level, at) => {
    if (at % 4 !== 3) png.data[at] = Math.min(255, Math.round(level / levelStep) * levelStep)
  })
  return PNG.sync.write(png, { deflateLevel: 9, deflateStrategy: 0, filterType: 0, colorType: 2 })
}

/** Each pixel becomes the mean of the nine around it: as a picture looks where letters are drawn a little otherwise. */
export function blurPicture(picture: Uint8Array): Buffer {
  const from = read(picture)
  const to = new PNG({ width: from.width, height: from.height })
  const nine = [-1, 0, 1].flatMap((dy) => [-1, 0, 1].map((dx) => [dx, dy] as const))
  const within = (value: number, size: number) => Math.min(size - 1, Math.max(0, value))
  for (let y = 0; y < from.height; y += 1)
    for (let x = 0; x < from.width; x += 1)
      for (let channel = 0; channel < 4; channel += 1) {
        const sum = nine.reduce((total, [dx, dy]) => {
          const at = within(y + dy, from.height) * from.width + within(x + dx, from.width)
          return total + (from.data[at * 4 + channel] ?? 0)
        }, 0)
        to.data[(y * from.width + x) * 4 + channel] = sum / nine.length
      }
  return PNG.sync.write(to)
}

const read = (picture: Uint8Array): PNG => PNG.sync.read(Buffer.from(picture))

function toBlocks({ width, height, data }: Raster): Raster {
  const [columns, rows] = [Math.ceil(width / blockPx), Math.ceil(height / blockPx)]
  const sums = new Float64Array(columns * rows * 4)
  const counts = new Uint32Array(columns * rows)
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const block = Math.floor(y / blockPx) * columns + Math.floor(x / blockPx)
      counts[block] = (counts[block] ?? 0) + 1
      for (let channel = 0; channel < 4; channel += 1) {
        const at = block * 4 + channel
        sums[at] = (sums[at] ?? 0) + (data[(y * width + x) * 4 + channel] ?? 0)
      }
    }
  const means = Uint8Array.from(sums, (sum, at) => Math.round(sum / (counts[at >> 2] ?? 1)))
  return { width: columns, height: rows, data: means }
}

function enlarge({ width, height, data }: Raster): PNG {
  const large = new PNG({ width: width * blockPx, height: height * blockPx })
  for (let y = 0; y < large.height; y += 1)
    for (let x = 0; x < large.width; x += 1)
      for (let channel = 0; channel < 4; channel += 1) {
        const at = (Math.floor(y / blockPx) * width + Math.floor(x / blockPx)) * 4 + channel
        large.data[(y * large.width + x) * 4 + channel] = data[at] ?? 0
      }
  return large
}
