// Prompts that wait behind the one that plays: at most three, in an order the agent can change.

export interface Queued {
  /** Made by the panel when the prompt was queued; becomes the id of its playback. */
  readonly id: string
  readonly promptKey: string
  readonly title: string
}

export interface Queue {
  readonly waiting: readonly Queued[]
  /** Set after anything but a completed playback: nothing plays from the queue until the agent says so. */
  readonly held: boolean
}

export const queueLimit = 3
export const emptyQueue: Queue = { waiting: [], held: false }

/** Unchanged (the same object) when the queue is full. */
export function enqueue(queue: Queue, entry: Queued): Queue {
  if (queue.waiting.length >= queueLimit) return queue
  return { ...queue, waiting: [...queue.waiting, entry] }
}

export function removeQueued(queue: Queue, id: string): Queue {
  return settle({ ...queue, waiting: queue.waiting.filter((entry) => entry.id !== id) })
}

/** One place earlier (-1) or later (+1); at the ends nothing happens. */
export function moveQueued(queue: Queue, id: string, by: -1 | 1): Queue {
  const from = queue.waiting.findIndex((entry) => entry.id === id)
  const to = from + by
  if (from === -1 || to < 0 || to >= queue.waiting.length) return queue
  const waiting = [...queue.waiting]
  const [entry] = waiting.splice(from, 1)
  if (entry) waiting.splice(to, 0, entry)
  return { ...queue, waiting }
}

/** What follows the end of a playback: the next entry, or a held queue where the end was not a completed one. */
export function advance(queue: Queue, completed: boolean): { queue: Queue; next: Queued | null } {
  const [next, ...rest] = queue.waiting
  if (next === undefined) return { queue: emptyQueue, next: null }
  if (!completed || queue.held) return { queue: { ...queue, held: true }, next: null }
  return { queue: { waiting: rest, held: false }, next }
}

/** The agent's word to go on after a failure. */
export function resume(queue: Queue): { queue: Queue; next: Queued | null } {
  return advance({ ...queue, held: false }, true)
}

/** An empty queue holds nothing back. */
function settle(queue: Queue): Queue {
  return queue.waiting.length === 0 ? emptyQueue : queue
}
