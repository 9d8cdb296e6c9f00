// How a setup stands, as the view sees it. Types only.
import type { InstallChoices } from './desired'
import type { BackendOutlook } from './install-backends'
import type { Plan, Step } from './install-plan'
import type { Admin } from './install-ports'
import type { InventoryEntry } from './install-result'
import type { MissingRights } from './install-rights'

export interface Preflight {
  readonly admin: Admin
  /** Scopes that the sign-in lacks for any part of the setup, each with its reason. */
  readonly missingScopes: readonly { readonly scope: string; readonly why: string }[]
  /** What the admin's roles lack for what is planned, each permission once. */
  readonly missingRights: readonly MissingRights[]
  /** null: could not be read. */
  readonly products: readonly string[] | null
  readonly types: readonly string[] | null
  readonly backends: readonly BackendOutlook[]
}

export interface StepProgress {
  readonly key: string
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'skipped'
  /** How often it was tried again. */
  readonly retries: number
  /** What the platform said last, where it refused. */
  readonly problem: string | null
}

export interface InstallState {
  /** `idle` until somebody is signed in and `begin` was called. */
  readonly stage: 'idle' | 'preflight' | 'planned' | 'applying' | 'done' | 'failed' | 'removed'
  readonly purpose: 'install' | 'remove'
  readonly choices: InstallChoices
  readonly preflight: Preflight | null
  readonly plan: Plan | null
  /** One for each step of the plan that does something. */
  readonly progress: readonly StepProgress[]
  /** All of ours that exists now. */
  readonly inventory: readonly InventoryEntry[]
  /** The file to keep was taken; without it nothing is removed. */
  readonly kept: boolean
  /** Why it could not go on, in a sentence. */
  readonly problem: string | null
}

/** Does the step change anything? */
export const isDeed = ({ action }: Step): boolean =>
  action === 'create' || action === 'update' || action === 'remove'
