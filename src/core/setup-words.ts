// The setup in words: what is looked at, what is planned, how far it is; and each way of playing, in plain words.
import type { BackendName } from './backend-names'
import integrations from '../../manifest/integrations.json'
import { staysBehind, type Kind } from './desired'
import type { BackendOutlook } from './install-backends'
import type { Lack } from './install-lack'
import type { Change, Step } from './install-plan'
import { isDeed, type InstallState, type StepProgress } from './install-run'
import { describeStep } from './install-words'
export { adminPage } from './install-result'
import type { Complaint } from './config'
import type { Member } from './people'
import type { Tone } from './playback-words'
import { languageName, normaliseLanguage } from './prompt'
import type { FieldName, SetupField } from './setup-fields'
import type { SetupPage } from './setup-page'

export const pageWords: Readonly<Record<Exclude<SetupPage, 'removal'>, string>> = {
  check: 'Check',
  choose: 'Choose',
  plan: 'Plan',
  result: 'In place',
}

export const thingWords: Readonly<Record<Kind, string>> = {
  role: 'Role',
  group: 'Group',
  grant: 'Grant of the role',
  members: 'Members of the group',
  client: 'OAuth client',
  integration: 'Integration',
  table: 'Data table',
  flow: 'Flow',
}

interface Ability {
  readonly title: string
  readonly carrier: string
  readonly customer: string
  readonly agent: string
  readonly recording: string
  readonly stop: string
}

/** What each way of playing can do; held against the backends' own capabilities by a test. */
export const abilities: Readonly<Record<BackendName, Ability>> = {
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
}

export interface Verdict {
  readonly tone: Tone
  readonly word: string
}

export function backendVerdict({ can }: BackendOutlook): Verdict {
  if (can === 'yes') return { tone: 'done', word: 'Can work here' }
  return can === 'later'
    ? { tone: 'failed', word: 'Not yet' }
    : { tone: 'unknown', word: 'Unknown until tried' }
}

/** How a step stands: before the run by what it does, in the run by how far it is. */
export function stepVerdict({ action }: Step, progress: StepProgress | null): Verdict {
  if (progress !== null)
    return {
      waiting: { tone: 'waiting', word: 'Waiting' },
      running: { tone: 'playing', word: 'Under way' },
      done: { tone: 'done', word: 'Done' },
      failed: { tone: 'failed', word: 'Failed' },
      skipped: { tone: 'stopped', word: 'Left out' },
    }[progress.state] as Verdict
  return {
    create: { tone: 'idle', word: 'Create' },
    keep: { tone: 'done', word: 'Keep' },
    update: { tone: 'idle', word: 'Change' },
    remove: { tone: 'stopped', word: 'Remove' },
    blocked: { tone: 'failed', word: 'Blocked' },
  }[action] as Verdict
}

const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`

/** "8 to create, 2 as they should be." */
export function describePlan(steps: readonly Step[]): string {
  const of = (action: Step['action']): number => steps.filter((step) => step.action === action).length
  const parts = [
    [of('create'), 'to create'],
    [of('update'), 'to change'],
    [of('remove'), 'to remove'],
    [of('keep'), 'left as they are'],
    [of('blocked'), 'that cannot be done'],
  ] as const
  const said = parts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`)
  return said.length === 0 ? 'There is nothing of Cueline here.' : `${said.join(', ')}.`
}

export const deedCount = (steps: readonly Step[]): number => steps.filter(isDeed).length

/** "You lack 3 permissions and 1 scope." */
export function describeLack(lacks: readonly Lack[]): string {
  const names = (of: (lack: Lack) => readonly string[]) => new Set(lacks.flatMap(of)).size
  const [permissions, scopes] = [names((lack) => lack.permissions), names((lack) => lack.scopes)]
  const parts = [
    ...(permissions > 0 ? [counted(permissions, 'permission')] : []),
    ...(scopes > 0 ? [counted(scopes, 'scope')] : []),
  ]
  return `You lack ${parts.join(' and ')}. Nothing was changed.`
}

/** For those who do not see the page: what goes on now. */
export function announce({ stage, purpose, plan, progress, problem }: InstallState): string {
  if (stage === 'preflight') return 'Cueline reads your organisation.'
  if (stage === 'planned') return `Read. The plan: ${describePlan(plan?.steps ?? [])}`
  if (stage === 'done') return 'Cueline is set up.'
  if (stage === 'removed') return 'Cueline is removed.'
  if (stage === 'failed') return problem ?? 'It could not go on.'
  const place = progress.findIndex(({ state }) => state === 'running')
  const step = plan?.steps.find(({ key }) => key === progress[place]?.key)
  if (stage !== 'applying' || step === undefined) return ''
  return `${purpose === 'install' ? 'Step' : 'Removal'} ${place + 1} of ${progress.length}: ${describeStep(step)}`
}

const { widget, app } = integrations.instances

/** Which kinds of integrations can be made here; null: they could not be read. */
export function describeTypes(types: readonly string[] | null): readonly Verdict[] {
  if (types === null)
    return [{ tone: 'unknown', word: 'The integration types could not be read: creating one will show it.' }]
  const has = (id: string, words: string): Verdict =>
    types.includes(id)
      ? { tone: 'done', word: `${words} can be created.` }
      : {
          tone: 'failed',
          word: `${words} cannot be created: the type "${id}" is not here. Ask Genesys to enable it.`,
        }
  return [
    has(widget.types.plain, 'Interaction widgets'),
    has(app.types.plain, 'Apps of the desktop'),
    isListed(types)
      ? { tone: 'done', word: "The AppFoundry's types of Cueline are here." }
      : {
          tone: 'idle',
          word: "The AppFoundry's types of Cueline are not here: the general types do the same.",
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

export const stayWords: readonly string[] = staysBehind.map(({ what, why }) => `${what}: ${why}`)

/** "cdn.base is nothing: it is required." */
export function complaintSentence({ field, value, rule }: Complaint): string {
  return `${field} is ${value}: it ${rule}.`
}

export const fieldWords: Readonly<Record<FieldName, { readonly label: string; readonly otherwise: string }>> =
  {
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
  }

export function describeSource(name: FieldName, { source, value }: SetupField): string {
  if (value === '') return fieldWords[name].otherwise
  return {
    file: 'config.json says so already.',
    desktop: 'The desktop says so.',
    admin: 'As you typed it.',
    nobody: '',
  }[source]
}

/** "German (Germany), de-DE": the desktop's language by name and tag. */
export function describeLanguage(tag: string | null): string {
  const known = tag === null ? null : normaliseLanguage(tag)
  if (known === null) return 'not told: open this page from the desktop, or choose one in the next step'
  return `${languageName(known)}, ${known}`
}
