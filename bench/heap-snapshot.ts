// A heap snapshot of a page, read far enough to count: objects and bytes by constructor, and nodes that are in no document.
import type { Line } from './devtools'

export interface HeapCount {
  count: number
  bytes: number
}

export interface HeapCounts {
  readonly byName: ReadonlyMap<string, HeapCount>
  /** Nodes of the DOM that hang in no document any more and are still held, by their kind. */
  readonly detached: ReadonlyMap<string, number>
}

interface Snapshot {
  snapshot: { meta: { node_fields: string[]; node_types: [string[], ...unknown[]] } }
  nodes: number[]
  strings: string[]
}

/** Collects the garbage first: what is counted is held by something. */
export async function countHeap(line: Line): Promise<HeapCounts> {
  const chunks: string[] = []
  const undo = line.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => void chunks.push(String(chunk)))
  await line.send('HeapProfiler.collectGarbage')
  await line.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  undo()
  return countNodes(JSON.parse(chunks.join('')) as Snapshot)
}

/** In `detachedness`: 0 not known, 1 in a document, 2 in none. */
const detached = 2

export function countNodes({ snapshot, nodes, strings }: Snapshot): HeapCounts {
  const { node_fields: fields, node_types: types } = snapshot.meta
  const place = (field: string) => fields.indexOf(field)
  const [typeAt, nameAt, sizeAt, detachedAt] = ['type', 'name', 'self_size', 'detachedness'].map(place) as [
    number,
    number,
    number,
    number,
  ]
  const byName = new Map<string, HeapCount>()
  const detachedByName = new Map<string, number>()
  for (let at = 0; at < nodes.length; at += fields.length) {
    const type = types[0][nodes[at + typeAt] ?? 0] ?? ''
    // Texts and code have no constructor; together they say enough.
    const name =
      type === 'object' || type === 'native' ? (strings[nodes[at + nameAt] ?? 0] ?? '') : `(${type})`
    const sum = byName.get(name) ?? { count: 0, bytes: 0 }
    byName.set(name, { count: sum.count + 1, bytes: sum.bytes + (nodes[at + sizeAt] ?? 0) })
    if (type === 'native' && nodes[at + detachedAt] === detached)
      detachedByName.set(name, (detachedByName.get(name) ?? 0) + 1)
  }
  return { byName, detached: detachedByName }
}
