// The faults that lie in wait, in the order in which they were set; each strikes as often as it was told to.
import type { Fault, FaultKind } from './fault-kinds'

export interface SetFault extends Fault {
  id: string
  /** How often it will strike yet; null: until it is cleared. */
  left: number | null
  hits: number
}

export interface FaultList {
  set(fault: Fault): SetFault
  /** The first of these kinds that fits, which has then struck once more. */
  take(kinds: readonly FaultKind[], fits: (fault: SetFault) => boolean): SetFault | undefined
  all(): SetFault[]
  /** False: there is none with this id. */
  remove(id: string): boolean
  clear(): void
}

export function createFaultList(): FaultList {
  let waiting: SetFault[] = []
  let made = 0

  return {
    set(fault) {
      const set = {
        ...fault,
        id: `fault-${++made}`,
        left: fault.times === undefined ? 1 : fault.times,
        hits: 0,
      }
      waiting.push(set)
      return set
    },
    take(kinds, fits) {
      const fault = waiting.find((candidate) => kinds.includes(candidate.kind) && fits(candidate))
      if (!fault) return undefined
      fault.hits += 1
      if (fault.left !== null) fault.left -= 1
      if (fault.left === 0) waiting = waiting.filter((other) => other !== fault)
      return fault
    },
    all: () => waiting.map((fault) => ({ ...fault })),
    remove(id) {
      const before = waiting.length
      waiting = waiting.filter((fault) => fault.id !== id)
      return waiting.length < before
    },
    clear: () => void (waiting = []),
  }
}

/** Without `*` how a text begins, with it the whole text, each `*` standing for a part between `/` or `.`. */
export function fitsPattern(pattern: string, text: string): boolean {
  if (!pattern.includes('*')) return text.startsWith(pattern)
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('[^/.]*')}$`).test(text)
}
