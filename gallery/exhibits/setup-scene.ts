// The setup for admins: each of its pages, over an organisation made by hand and a plan that the core makes of it.
import { h, type Component } from 'vue'
import { answered } from '../../src/core/errors'
import { desiredState, kinds, usualChoices, type InstallChoices } from '../../src/core/desired'
import { backendOutlooks } from '../../src/core/install-backends'
import type { Actual } from '../../src/core/install-found'
import { planInstall, type Plan } from '../../src/core/install-plan'
import type { Rights } from '../../src/core/install-rights'
import { isDeed, type InstallState } from '../../src/core/install-run'
import { startingFields } from '../../src/core/setup-fields'
import type { SetupPage } from '../../src/core/setup-page'
import type { MembersState } from '../../src/services/members'
import { createSnapshot } from '../../src/services/snapshot'
import { setupKey, type SetupServices } from '../../src/stores/setup'
import SetupView from '../../src/views/SetupView.vue'
import { press, view, type Scene } from '../scene'

const choices: InstallChoices = {
  ...usualChoices,
  appUrl: 'https://cueline.example.org/',
  memberIds: ['anna'],
}
const empty = Object.fromEntries(kinds.map((kind) => [kind, answered([])])) as unknown as Actual
const types = ['embedded-client-app', 'embedded-client-app-interaction-widget']
export const allRights: Rights = { permissions: null, scopes: null, carriers: [], types }
const none: Rights = { permissions: [], scopes: [], carriers: [], types }
const planWith = (rights: Rights): Plan => planInstall(desiredState(choices), empty, rights, 'keep')
const anna = { id: 'anna', name: 'Anna Lind' }

export function stateWith(rights: Rights, of: Partial<InstallState> = {}): InstallState {
  const plan = planWith(rights)
  return {
    stage: 'planned',
    purpose: 'install',
    choices,
    preflight: {
      admin: {
        userId: 'admin',
        name: 'Noor de Vries',
        organisation: 'Northwind Care',
        permissions: rights.permissions,
        scopes: rights.scopes,
      },
      missingScopes: [],
      missingRights: plan.steps.flatMap(({ reason }) => (reason?.kind === 'missing' ? [reason] : [])),
      products: ['Genesys Cloud CX 3'],
      types,
      backends: backendOutlooks(rights, []),
    },
    plan,
    progress: [],
    inventory: [],
    kept: false,
    problem: null,
    ...of,
  }
}

const progressOf = (plan: Plan, done: number): InstallState['progress'] =>
  plan.steps.filter(isDeed).map(({ key }, place) => ({
    key,
    state: place < done ? 'done' : place === done ? 'running' : 'waiting',
    retries: place === done ? 1 : 0,
    problem: null,
  }))
const inventory: InstallState['inventory'] = planWith(allRights).steps.map(({ key, kind, name }) => ({
  key,
  kind,
  name,
  id: `5f2c-${key}`,
}))

interface SetupWish {
  /** From the page that comes first to the one that is meant. */
  readonly act?: Scene['act']
  readonly members?: Partial<MembersState>
  /** The second half of the setup; where it is given, the setup begins there. */
  readonly catalogue?: () => Promise<Component>
  readonly provide?: Readonly<Record<symbol, unknown>>
  /** As config.json has it. */
  readonly file?: Readonly<Record<string, unknown>>
  readonly signedOut?: boolean
}

const complete = {
  api: { environment: 'mypurecloud.de' },
  oauth: { clientId: 'f2b0c1d4-0000-4000-8000-000000000001' },
  defaults: { language: 'en' },
  cdn: { base: 'https://cdn.example.org' },
}

export function setupScene(state: InstallState, wish: SetupWish = {}) {
  return (): Scene => {
    const nothing = () => undefined
    const install = createSnapshot<InstallState>(state)
    const later = () => install.patch({ ...state })
    const identity = { userId: 'admin', name: 'Noor de Vries', scopes: null }
    const file = wish.file ?? complete
    const services = {
      session: {
        snapshot: createSnapshot(
          wish.signedOut
            ? { status: 'signed-out', why: 'expired', detail: null }
            : { status: 'signed-in', identity, renewalDue: false },
        ),
        signIn: nothing,
      },
      install: {
        snapshot: install,
        ...{ begin: nothing, planRemoval: nothing, apply: nothing, choose: nothing },
        keep: () => ({ name: 'cueline-setup.json', text: '{ "product": "Cueline" }' }),
        config: () => JSON.stringify(file),
      },
      members: {
        snapshot: createSnapshot<MembersState>({
          chosen: [anna],
          text: '',
          status: 'idle',
          found: [],
          problem: null,
          ...wish.members,
        }),
        ...{ search: nothing, add: nothing, remove: nothing },
      },
      fields: {
        snapshot: createSnapshot(startingFields(file, { environment: null, languageTag: 'en-us' })),
        set: nothing,
      },
      place: { environment: 'mypurecloud.de', gateway: null, languageTag: 'en-us' },
      save: nothing,
      catalogue: wish.catalogue ?? (() => new Promise<Component>(nothing)),
      beginsWith: wish.catalogue ? 'catalogue' : 'installation',
    } as unknown as SetupServices
    return {
      draw: () => h(SetupView),
      provide: { [setupKey as symbol]: services, ...wish.provide },
      async act(stage) {
        // The page follows the state's changes: this one comes when the view stands.
        later()
        await Promise.resolve()
        await wish.act?.(stage)
      },
    }
  }
}

const steps: Readonly<Partial<Record<SetupPage, readonly string[]>>> = {
  choose: ['Go on to the choices'],
  plan: ['Go on to the choices', 'See the plan'],
}
const walkTo = (page: SetupPage) => async (stage: HTMLElement) => {
  for (const name of steps[page] ?? []) {
    await new Promise((resolve) => requestAnimationFrame(resolve))
    press(stage, name)
  }
}
const allPlan = planWith(allRights)

export const setup = [
  view('Setup', {
    'being read': setupScene(stateWith(allRights, { stage: 'preflight', preflight: null, plan: null })),
    check: setupScene(stateWith(allRights)),
    'check, rights are missing': setupScene(stateWith(none)),
    choices: setupScene(stateWith(allRights), { act: walkTo('choose') }),
    'choices, somebody is looked for': setupScene(stateWith(allRights), {
      act: walkTo('choose'),
      members: { text: 'mor', status: 'found', found: [{ id: 'alex', name: 'Alex Morgan' }] },
    }),
    'choices, config.json says nothing yet': setupScene(stateWith(allRights), {
      act: walkTo('choose'),
      file: { api: { environment: 'nowhere' } },
    }),
    'signed out': setupScene(stateWith(allRights), { signedOut: true }),
    'the catalogue is being loaded': setupScene(stateWith(allRights), {
      act: (stage) => press(stage, 'Catalogue'),
    }),
    plan: setupScene(stateWith(allRights), { act: walkTo('plan') }),
    'plan, nothing may be done': setupScene(stateWith(none), { act: walkTo('plan') }),
    'being set up': setupScene(
      stateWith(allRights, { stage: 'applying', progress: progressOf(allPlan, 3) }),
      { act: walkTo('plan') },
    ),
    'broken off': setupScene(
      stateWith(allRights, {
        stage: 'failed',
        progress: progressOf(allPlan, 3).map((one, place) =>
          place === 3 ? { ...one, state: 'failed', problem: 'HTTP 503' } : one,
        ),
        problem: 'The platform did not answer. Look again, then go on from here.',
      }),
    ),
    result: setupScene(stateWith(allRights, { stage: 'done', inventory, plan: { steps: [] } })),
    removal: setupScene(stateWith(allRights, { purpose: 'remove', inventory })),
    'removal, the last question': setupScene(
      stateWith(allRights, { purpose: 'remove', inventory, kept: true }),
      { act: (stage) => press(stage, 'Remove Cueline') },
    ),
    removed: setupScene(stateWith(allRights, { purpose: 'remove', stage: 'removed', plan: { steps: [] } })),
  }),
]
