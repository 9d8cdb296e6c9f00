// The door to the setup: what the admin's view needs, built only when that view is opened.
import flowFile from '../manifest/flows/cueline-prompt.yaml?raw'
import { createProvisioning } from './adapters/genesys/provisioning'
import { usualChoices } from './core/desired'
import type { EvidenceRecord } from './core/evidence'
import type { Chance, Clock, Platform } from './core/ports'
import { createInstall, type Install } from './services/install'

export interface SetupPorts {
  readonly platform: Platform
  readonly clock: Clock
  readonly chance: Chance
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>
  /** Where the app is served, without query and fragment. */
  readonly appUrl: string
  /** Who is signed in: the first member of the group, so that the admin can try the panel. */
  readonly userId: string
  /** config.json as it was read. */
  readonly config: Readonly<Record<string, unknown>>
  records(): readonly EvidenceRecord[]
}

export function createSetup({
  platform,
  clock,
  chance,
  fetch,
  appUrl,
  userId,
  ...rest
}: SetupPorts): Install {
  const provisioning = createProvisioning(platform, { clock, file: flowFile, upload: fetch })
  return createInstall(
    { provisioning, clock, chance, ...rest },
    { ...usualChoices, appUrl, memberIds: [userId] },
  )
}
