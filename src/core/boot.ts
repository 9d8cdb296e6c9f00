// How far the start has come, for the one screen that is there before any service is.
import type { Complaint } from './config'

export type Boot =
  | { readonly stage: 'starting' }
  | { readonly stage: 'misconfigured'; readonly complaints: readonly Complaint[] }
  | { readonly stage: 'failed'; readonly detail: string }
  | { readonly stage: 'running'; readonly embedded: boolean; readonly hostProblem: string | null }
