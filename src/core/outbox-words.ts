// The outbox in words: only where the agent or an admin should know.

export function describeOutbox(outbox: {
  waiting: number
  kept: boolean
  problem: string | null
}): string | null {
  if (outbox.waiting === 0) return null
  const records = outbox.waiting === 1 ? '1 record waits' : `${outbox.waiting} records wait`
  const kept = outbox.kept ? '' : ' The browser keeps nothing: leave this panel open until it is sent.'
  const why = outbox.problem === null ? '' : ` (${outbox.problem})`
  return `${records} for the platform's confirmation${why}.${kept}`
}
