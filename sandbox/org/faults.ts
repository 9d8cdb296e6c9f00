// Everything that can be made to go wrong, behind one door: set, listed, cleared; in memory and over HTTP alike.
import type { Clock } from './clock'
import { type Fault, ruleOf } from './fault-kinds'
import { createFaultList, type FaultList, type SetFault } from './fault-list'
import { readFault } from './fault-wish'
import { createNetwork, type Network } from './network'

export interface FaultsState {
  faults: SetFault[]
  network: { down: boolean; backAtMs: number | null }
}

export interface Faults {
  /**
   * Sets a fault that lies in wait, or lets happen what happens at once; then `left` is 0 and `hits` says how many
   * sockets, tokens or events it met. Refuses with 400 what makes no sense.
   */
  add(fault: Fault): SetFault
  /** What lies in wait, and whether the network is down. */
  state(): FaultsState
  /** False: there is none with this id. */
  remove(id: string): boolean
  /** Everything is well again: nothing lies in wait, the network is up, no socket is silent. */
  clear(): void
}

export interface FaultParts {
  list: FaultList
  network: Network
}

export const createFaultParts = (clock: Clock): FaultParts => ({
  list: createFaultList(),
  network: createNetwork(clock),
})

interface FaultsParts extends FaultParts {
  strike(fault: Fault): number
  endSilence(): void
  changed(): void
}

export function createFaults({ list, network, strike, endSilence, changed }: FaultsParts): Faults {
  let strikes = 0
  return {
    add(wish) {
      const fault = readFault(wish)
      const isAtOnce = ruleOf(fault.kind).family === 'strike'
      const set = isAtOnce
        ? { ...fault, id: `strike-${++strikes}`, left: 0, hits: strike(fault) }
        : { ...list.set(fault) }
      changed()
      return set
    },
    state() {
      const untilMs = network.downUntilMs()
      const backAtMs = untilMs === null || untilMs === Infinity ? null : untilMs
      return { faults: list.all(), network: { down: network.isDown(), backAtMs } }
    },
    remove: list.remove,
    clear() {
      list.clear()
      network.comeBack()
      endSilence()
      changed()
    },
  }
}
