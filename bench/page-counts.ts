// What a page's process holds after a collection: JavaScript heap, nodes, listeners. Frames of one site share a process and count once.
import type { Line } from './devtools'

export interface PageCounts {
  heapBytes: number
  /** Of all frames of the process, those of the documents and those that are in none. */
  nodes: number
  listeners: number
  documents: number
}

/** Collects twice: what the first collection finalises, the second can free. */
export async function countPage({ send }: Pick<Line, 'send'>): Promise<PageCounts> {
  for (let round = 0; round < 2; round += 1) await send('HeapProfiler.collectGarbage')
  const { usedSize } = await send('Runtime.getHeapUsage')
  const { nodes, jsEventListeners, documents } = await send('Memory.getDOMCounters')
  return {
    heapBytes: Number(usedSize),
    nodes: Number(nodes),
    listeners: Number(jsEventListeners),
    documents: Number(documents),
  }
}

/** The heaps of these frames together; those that share one are counted once. */
export async function heapOfAll(lines: readonly Line[]): Promise<{ bytes: number; heaps: number }> {
  const heaps = new Map<string, number>()
  for (const line of lines) {
    const { id } = await line.send('Runtime.getIsolateId')
    heaps.set(String(id), (await countPage(line)).heapBytes)
  }
  return { bytes: [...heaps.values()].reduce((sum, bytes) => sum + bytes, 0), heaps: heaps.size }
}
