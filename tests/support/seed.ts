// One seed for all that is random in the tests: a red run says something about the change, not about the dice.
// `npm run soak` draws seeds of its own; CUELINE_SEED=random does so for any run. fast-check prints the seed of a failure.
import fc from 'fast-check'

const wished = process.env.CUELINE_SEED ?? '2027'

export const seed = wished === 'random' ? Date.now() % 1_000_000_000 : Number(wished)
if (!Number.isInteger(seed))
  throw new Error(`CUELINE_SEED is "${wished}": it must be a whole number or "random".`)

fc.configureGlobal({ seed })
