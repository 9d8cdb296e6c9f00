// The setup in words: what is looked at, what is planned, how far it is; and each way of playing, in plain words.
import type { BackendName } from './backend-names'
import integrations from '../../manifest/integrations.json'
import { staysBehind, type Kind } from './desired'
import type { BackendOutlook } from './install-backends'
import type { Lack } from './install-lack'
import type { Change, Step } from './install-plan'
import { isDeed, type InstallState, type StepProgress } from './install-run'
import { describeStep, joined } from './install-words'
export { adminPage } from './install-result'
export { groupName } from './desired'
import type { Complaint } from './config'
import type { Member } from './people'
import type { Tone } from './playback-words'
import { languageName, normaliseLanguage } from './prompt'
import type { FieldName, SetupField } from './setup-fields'
import type { SetupPage } from './setup-page'
import { m, t, tn } from './text'

export const pageWords: Readonly<Record<Exclude<SetupPage, 'removal'>, string>> = m({
  check: 'Check',
  choose: 'Choose',
  plan: 'Plan',
  result: 'In place',
})

export const thingWords: Readonly<Record<Kind, string>> = m({
  role: 'Role',
  group: 'Group',
  grant: 'Grant of the role',
  members: 'Members of the group',
  client: 'OAuth client',
  integration: 'Integration',
  table: 'Data table',
  flow: 'Flow',
})

interface Ability {
  readonly title: string
  readonly carrier: string
  readonly customer: string
  readonly agent: string
  readonly recording: string
  readonly stop: string
}

/** What each way of playing can do; held against the backends' own capabilities by a test. */
export const abilities: Readonly<Record<BackendName, Ability>> = m({
  'secure-flow': {
    title: 'Secure flow',
    carrier: 'A flow of Architect takes the customer aside and plays the prompt.',
    customer: 'hears it',
    agent: 'does not hear it, and can listen to it apart',
    recording: 'has a gap there',
    stop: 'not possible',
  },
  'media-api': {
    title: 'Media API of a gateway',
    carrier: 'A gateway of yours plays a file into the call. Genesys Cloud itself has no such interface.',
    customer: 'hears it',
    agent: 'as the gateway does',
    recording: 'as the gateway does',
    stop: 'not possible',
  },
  'announcement-leg': {
    title: 'Announcement leg',
    carrier: 'The panel dials an address that plays the prompt into the call and hangs up.',
    customer: 'hears it',
    agent: 'hears it too',
    recording: 'has it',
    stop: 'possible at any time',
  },
})

export interface Verdict {
  readonly tone: Tone
  readonly word: string
}

export function backendVerdict({ can }: BackendOutlook): Verdict {
  if (can === 'yes') return { tone: 'done', word: t('Can work here') }
  return can === 'later'
    ? { tone: 'failed', word: t('Not yet') }
    : { tone: 'unknown', word: t('Unknown until tried') }
}

/** How a step stands: before the run by what it does, in the run by how far it is. */
export function stepVerdict({ action }: Step, progress: StepProgress | null): Verdict {
  if (progress !== null)
    return {
      waiting: { tone: 'waiting', word: t('Waiting') },
      running: { tone: 'playing', word: t('Under way') },
      done: { tone: 'done', word: t('Carried out') },
      failed: { tone: 'failed', word: t('Failed') },
      skipped: { tone: 'stopped', word: t('Left out') },
    }[progress.state] as Verdict
  return {
    create: { tone: 'idle', word: t('Create') },
    keep: { tone: 'done', word: t('Keep') },
    update: { tone: 'idle', word: t('Change') },
    remove: { tone: 'stopped', word: t('Remove') },
    blocked: { tone: 'failed', word: t('Blocked') },
  }[action] as Verdict
}

/** "8 to create, 2 as they should be." */
export function describePlan(steps: readonly Step[]): string {
  const of = (action: Step['action']): number => steps.filter((step) => step.action === action).length
  const parts: Readonly<Record<Step['action'], (n: number) => string>> = {
    create: (n) => tn('1 to create', '{n} to create', n),
    update: (n) => tn('1 to change', '{n} to change', n),
    remove: (n) => tn('1 to remove', '{n} to remove', n),
    keep: (n) => tn('1 left as they are', '{n} left as they are', n),
    blocked: (n) => tn('1 that cannot be done', '{n} that cannot be done', n),
  }
  const said = (Object.keys(parts) as Step['action'][]).flatMap((action) =>
    of(action) > 0 ? [parts[action](of(action))] : [],
  )
  if (said.length === 0) return t('There is nothing of Cueline here.')
  return t('{list}.', { list: said.reduce((list, next) => t('{list}, {next}', { list, next })) })
}

export const deedCount = (steps: readonly Step[]): number => steps.filter(isDeed).length

/** "You lack 3 permissions and 1 scope." */
export function describeLack(lacks: readonly Lack[]): string {
  const names = (of: (lack: Lack) => readonly string[]) => new Set(lacks.flatMap(of)).size
  const [permissions, scopes] = [names((lack) => lack.permissions), names((lack) => lack.scopes)]
  const parts = [
    ...(permissions > 0 ? [tn('1 permission', '{n} permissions', permissions)] : []),
    ...(scopes > 0 ? [tn('1 scope', '{n} scopes', scopes)] : []),
  ]
  return t('You lack {names}. Nothing was changed.', { names: joined(parts) })
}

/** For those who do not see the page: what goes on now. */
export function announce({ stage, purpose, plan, progress, problem }: InstallState): string {
  if (stage === 'preflight') return t('Cueline reads your organisation.')
  if (stage === 'planned') return t('Read. The plan: {plan}', { plan: describePlan(plan?.steps ?? []) })
  if (stage === 'done') return t('Cueline is set up.')
  if (stage === 'removed') return t('Cueline is removed.')
  if (stage === 'failed') return problem ?? t('It could not go on.')
  const place = progress.findIndex(({ state }) => state === 'running')
  const step = plan?.steps.find(({ key }) => key === progress[place]?.key)
  if (stage !== 'applying' || step === undefined) return ''
  return t(purpose === 'install' ? 'Step {place} of {all}: {step}' : 'Removal {place} of {all}: {step}', {
    ...{ place: place + 1, all: progress.length, step: describeStep(step) },
  })
}

const { widget, app } = integrations.instances

/** Which kinds of integrations can be made here; null: they could not be read. */
export function describeTypes(types: readonly string[] | null): readonly Verdict[] {
  if (types === null)
    return [
      { tone: 'unknown', word: t('The integration types could not be read: creating one will show it.') },
    ]
  const has = (id: string, can: string, cannot: string): Verdict =>
    types.includes(id) ? { tone: 'done', word: t(can) } : { tone: 'failed', word: t(cannot, { id }) }
  return [
    has(
      widget.types.plain,
      m('Interaction widgets can be created.'),
      m('Interaction widgets cannot be created: the type "{id}" is not here. Ask Genesys to enable it.'),
    ),
    has(
      app.types.plain,
      m('Apps of the desktop can be created.'),
      m('Apps of the desktop cannot be created: the type "{id}" is not here. Ask Genesys to enable it.'),
    ),
    isListed(types)
      ? { tone: 'done', word: t("The AppFoundry's types of Cueline are here.") }
      : {
          tone: 'idle',
          word: t("The AppFoundry's types of Cueline are not here: the general types do the same."),
        },
  ]
}

/** Has the organisation got Cueline's own types from the AppFoundry? */
export const isListed = (types: readonly string[] | null): boolean =>
  types?.some((id) => id === widget.types.premium || id === app.types.premium) ?? false

/** People by their names, where they are known. */
export function withNames(change: Change, members: readonly Member[]): Change {
  if (change.fact !== 'members' || !Array.isArray(change.to)) return change
  const ids = change.to as readonly string[]
  return { ...change, to: ids.map((id) => members.find((member) => member.id === id)?.name || id) }
}

export const stayWords = (): readonly string[] =>
  staysBehind.map(({ what, why }) => t('{what}: {why}', { what: t(what), why: t(why) }))

/** "cdn.base is nothing: it is required." */
export const complaintSentence = ({ field, value, rule }: Complaint): string =>
  t('{field} is {value}: it {rule}.', { field, value, rule })

export const fieldWords: Readonly<Record<FieldName, { readonly label: string; readonly otherwise: string }>> =
  m({
    environment: {
      label: 'Region of your organisation',
      otherwise:
        'Not said yet, such as mypurecloud.de: outside a desktop the panel then takes mypurecloud.com.',
    },
    language: {
      label: 'Language of prompts where the call says none',
      otherwise: 'Not said yet, such as de-DE: the panel then takes English.',
    },
    cdn: {
      label: 'Address of the prompt files (CDN)',
      otherwise:
        'Not said yet: the panel needs it, since catalogue.json lies there with every way of playing.',
    },
  })

export function describeSource(name: FieldName, { source, value }: SetupField): string {
  if (value === '') return t(fieldWords[name].otherwise)
  return {
    file: t('config.json says so already.'),
    desktop: t('The desktop says so.'),
    admin: t('As you typed it.'),
    nobody: '',
  }[source]
}

/** "German (Germany), de-DE": the desktop's language by name and tag. */
export function describeLanguage(tag: string | null): string {
  const known = tag === null ? null : normaliseLanguage(tag)
  if (known === null) return t('not told: open this page from the desktop, or choose one in the next step')
  return `${languageName(known)}, ${known}`
}
