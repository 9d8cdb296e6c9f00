// The outbox in words: only where the agent or an admin should know.
import { t, tn } from './text'

export function describeOutbox(outbox: {
  waiting: number
  kept: boolean
  problem: string | null
}): string | null {
  if (outbox.waiting === 0) return null
  const { waiting, problem } = outbox
  const waits =
    problem === null
      ? tn(
          "1 record waits for the platform's confirmation.",
          "{n} records wait for the platform's confirmation.",
          waiting,
        )
      : tn(
          "1 record waits for the platform's confirmation ({problem}).",
          "{n} records wait for the platform's confirmation ({problem}).",
          waiting,
          { problem },
        )
  return outbox.kept
    ? waits
    : `${waits} ${t('The browser keeps nothing: leave this panel open until it is sent.')}`
}
