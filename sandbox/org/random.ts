// Where the organisation's ids and tokens come from: unguessable for people, repeatable for tests.
export interface Random {
  /** A UUID. */
  id(): string
  /** An opaque secret, safe in a URL. */
  token(): string
  /** An integer from 0 up to, not including, `limit`. */
  below(limit: number): number
}

export const secureRandom: Random = {
  id: () => crypto.randomUUID(),
  token: () => Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url'),
  below: (limit) => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % limit,
}

/** The same sequence for the same seed (mulberry32): never for anything that must stay secret. */
export function createSeededRandom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  const hex = (digits: number): string => {
    let text = ''
    while (text.length < digits) text += next().toString(16).padStart(8, '0')
    return text.slice(0, digits)
  }
  return {
    id: () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
    token: () => hex(43),
    below: (limit) => next() % limit,
  }
}

/** A new order of the same things; the given list stays as it is. */
export function shuffled<T>(things: readonly T[], random: Random): T[] {
  return things
    .map((thing) => ({ thing, place: random.below(2 ** 30) }))
    .sort((a, b) => a.place - b.place)
    .map(({ thing }) => thing)
}
