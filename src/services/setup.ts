// The setup, joined: an admin's own sign-in, the engine that plans and applies, and who gets the panel.
import { usualChoices } from '../core/desired'
import { rememberedChoices } from '../core/install-choices'
import type { People } from '../core/people'
import { isInPlace } from '../core/setup-page'
import { startingFields, withFields, type FieldName, type HostPlace } from '../core/setup-fields'
import type { Auth, Chance, Clock, TabStorage } from '../core/ports'
import { createInstall, type InstallPorts } from './install'
import { createMembers } from './members'
import { createSession, type SessionPorts } from './session'
import { createSnapshot } from './snapshot'

export interface SetupPorts extends Omit<InstallPorts, 'config'> {
  /** config.json as the app was started with. */
  readonly file: Readonly<Record<string, unknown>>
  /** What the desktop says of itself. */
  readonly host: HostPlace
  readonly auth: Auth
  readonly storage: TabStorage
  readonly clock: Clock
  readonly chance: Chance
  readonly people: People
  onTokenRefused(listener: () => void): () => void
}

export interface SetupLaunch {
  /** Where the app is served, without query and fragment: the redirect address of the panel's client. */
  readonly appUrl: string
  /** The query string to come back to after the login. */
  readonly search: string
  readonly usePopup: boolean
}

/** An admin's token can do more than an agent's: it is given to no panel, and none is taken from one. */
const alone: SessionPorts['sharing'] = {
  ask: () => Promise.resolve(null),
  find: () => Promise.resolve(null),
  claim: () => Promise.resolve(true),
  unclaim: () => undefined,
  announce: () => undefined,
  onGrant: () => () => undefined,
}

export function createSetup(ports: SetupPorts, { appUrl, search, usePopup }: SetupLaunch) {
  const fields = createSnapshot(startingFields(ports.file, ports.host))
  const config = () => withFields(ports.file, fields.value)
  const install = createInstall({ ...ports, config }, { ...usualChoices, appUrl, memberIds: [] })
  const members = createMembers(ports, (memberIds) => install.choose({ memberIds }))
  const session = createSession(
    {
      ...ports,
      usePopup,
      sharing: alone,
      mayLeave: () => install.snapshot.value.stage !== 'applying',
      beforeLeaving: () => undefined,
    },
    search,
  )
  let isBegun = false

  async function begin(): Promise<void> {
    await install.begin()
    const { choices, inventory } = install.snapshot.value
    const remembered = rememberedChoices(choices, inventory, ports.file.backend)
    if (remembered !== choices) install.choose(remembered)
  }

  const undo = [
    ports.onTokenRefused(session.refused),
    session.snapshot.subscribe((state) => {
      if (state.status !== 'signed-in' || isBegun) return
      isBegun = true
      // The first one in the group is the admin, so that they can try the panel.
      members.add({ id: state.identity.userId, name: state.identity.name })
      void begin()
    }),
    install.snapshot.subscribe(({ stage }) => {
      if (stage !== 'applying') session.leaveWhenIdle()
    }),
  ]
  return {
    session,
    install,
    members,
    /** What the catalogue is looked at by: the file that is served, or once all is in place what the setup says. */
    catalogueConfig: (): string =>
      isInPlace(install.snapshot.value.inventory) ? install.config() : JSON.stringify(config()),
    fields: {
      snapshot: fields,
      set: (name: FieldName, value: string): void =>
        fields.patch({ [name]: { value: value.trim(), source: 'admin' } }),
    },
    start: session.start,
    dispose(): void {
      for (const off of undo) off()
      members.dispose()
      session.dispose()
      install.dispose()
    },
  }
}

export type Setup = ReturnType<typeof createSetup>
