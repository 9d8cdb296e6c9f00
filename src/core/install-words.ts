// A plan in words: what each step does, what changes, why something cannot be done and who can mend it.
import type { BackendName } from './backend-names'
import type { Fact, Kind } from './desired'
import type { Refusal } from './errors'
import type { BackendOutlook } from './install-backends'
import type { Change, Reason, Step } from './install-plan'
import type { StepProgress } from './install-run'

const kindWords: Readonly<Record<Kind, string>> = {
  role: 'the role',
  group: 'the group',
  grant: 'the grant of the role',
  members: 'the members of the group',
  client: 'the OAuth client',
  integration: 'the integration',
  table: 'the data table',
  flow: 'the flow',
}

export function describeStep({ action, kind, name, reason }: Step): string {
  const thing = kind === 'members' ? `${name}` : `${kindWords[kind]} "${name}"`
  const said: Readonly<Record<Step['action'], string>> = {
    create: kind === 'grant' ? `Grant ${name}` : kind === 'members' ? `Add: ${thing}` : `Create ${thing}`,
    keep: `Keep ${thing}: ${reason === null ? 'it is as it should be' : describeReason(reason)}`,
    update: kind === 'members' ? `Add: ${thing}` : `Change ${thing}`,
    remove: `Remove ${thing}`,
    blocked: `Cannot set up ${thing}`,
  }
  return said[action]
}

const factWords: Readonly<Record<string, string>> = {
  policies: 'permissions',
  redirectUris: 'redirect addresses',
  scopes: 'scopes',
  grant: 'sign-in',
  tokenSeconds: 'lifetime of a token in seconds',
  members: 'members',
  rolesEnabled: 'may have roles',
  typeId: 'type',
  url: 'address',
  sandbox: 'sandbox of the frame',
  permissions: 'rights of the frame',
  communicationTypeFilter: 'shown beside',
  displayType: 'shown as',
  groups: 'only for the groups',
  groupFilter: 'only for the groups',
  hooks: 'lifecycle hooks',
  enabled: 'switched on',
  columns: 'columns',
  note: 'description',
  type: 'type',
  visibility: 'visible to',
  rulesVisible: 'rules can be seen',
  name: 'name',
}

/** One line of the difference: what is there, what will be. */
export function describeChange({ fact, rule, from, to }: Change): string {
  const what = factWords[fact] ?? fact
  if (rule === 'includes') return `${what}: add ${describeFact(to)}`
  return from === null
    ? `${what}: ${describeFact(to)}`
    : `${what}: ${describeFact(from)} becomes ${describeFact(to)}`
}

function describeFact(fact: Fact): string {
  if (typeof fact === 'boolean') return fact ? 'yes' : 'no'
  if (Array.isArray(fact)) return fact.length === 0 ? 'none' : fact.map(describeText).join(', ')
  return describeText(String(fact))
}

/** `@group` is a thing of ours that has no id yet. */
function describeText(text: string): string {
  const ref = /^@([a-z-]+)$/.exec(text)?.[1]
  if (ref !== undefined) return `Cueline's ${ref}`
  return text === '' ? 'none' : text
}

export function describeReason(reason: Reason): string {
  switch (reason.kind) {
    case 'missing':
      return describeMissing(reason.permissions, reason.scopes, reason.roles)
    case 'unreadable':
      return `It cannot be read: ${describeRefusal(reason.refusal)}. Look again later.`
    case 'foreign':
      return `Something else has this name already (${reason.id}). Cueline does not touch it: rename it, or remove it yourself, then look again.`
    case 'stray':
      return `"${reason.name}" (${reason.id}) bears Cueline's marker, but another name: a copy, or Cueline's own renamed. Cueline does not touch it: take the text in square brackets out of its description if it is a copy, or give it back its name.`
    case 'several':
      return `There are several that bear Cueline's marker and name (${reason.ids.join(', ')}). Remove all but one yourself, then look again.`
    case 'no-type':
      return `This organisation has no integration type "${reason.typeId}". Ask Genesys to enable it, or choose the other kind of types.`
    case 'fixed':
      return `Its ${factWords[reason.fact] ?? reason.fact} is ${describeFact(reason.from)} and cannot be changed to ${describeFact(reason.to)}. Remove Cueline first, then set it up anew.`
    case 'waits':
      return `It needs the part "${reason.for}", which cannot be set up.`
    case 'leftover':
      return 'your choices do not need it any more; it is left as it is'
  }
}

/** Which permission or scope is missing, and who can give it. */
function describeMissing(
  permissions: readonly string[],
  scopes: readonly string[],
  roles: readonly string[],
): string {
  const parts: string[] = []
  if (permissions.length > 0) {
    const carried = roles.length > 0 ? ` Roles here that have it: ${roles.join(', ')}.` : ''
    parts.push(
      `You lack the permission ${permissions.join(' and ')}. Somebody who may grant roles (authorization:grant:add) can give you a role with it.${carried}`,
    )
  }
  if (scopes.length > 0)
    parts.push(
      `The sign-in lacks the scope ${scopes.join(' and ')}. It belongs to the OAuth client that you signed in with: somebody who may edit that client can add it; then sign in again.`,
    )
  return parts.join(' ')
}

export function describeRefusal({ message, correlationId }: Refusal): string {
  return `${message}${correlationId === null ? '' : ` (reference ${correlationId})`}`
}

export function describeProgress({ state, retries, problem }: StepProgress): string {
  const again = retries === 0 ? '' : retries === 1 ? ', tried again once' : `, tried again ${retries} times`
  if (state === 'failed') return `Failed${again}: ${problem ?? 'no reason was given'}`
  if (state === 'skipped') return problem ?? 'Left out'
  return { waiting: 'Waiting', running: `Under way${again}`, done: `Done${again}` }[state]
}

const backendWords: Readonly<Record<BackendName, string>> = {
  'media-api': 'Media API of a gateway',
  'secure-flow': 'Secure flow of Architect',
  'announcement-leg': 'Announcement leg',
}

const outlookWords: Readonly<Record<BackendOutlook['because'], string>> = {
  gateway:
    'Genesys Cloud has no such interface of its own: it works only through a gateway that offers it. Whether yours does shows the first playback.',
  'flow-exists': 'The flow that plays prompts is published here.',
  'flow-can-be-made':
    'The setup can publish the flow that plays prompts. The customer hears the prompt and the agent does not; that part is not in the recording.',
  'flow-forbidden': 'The flow that plays prompts must be published first, and you may not do that.',
  number:
    'It needs an address that reaches a flow of yours which plays a prompt and hangs up. Both sides hear the prompt, and each playback costs a leg.',
}

/** Why it can work here, or what must be there first. */
export const describeOutlook = ({ because }: BackendOutlook): string => outlookWords[because]

export function describeBackend({ backend, can, because }: BackendOutlook): string {
  const verdict = { yes: 'can work here', later: 'cannot work here yet', unknown: 'unknown' }[can]
  return `${backendWords[backend]}: ${verdict}. ${outlookWords[because]}`
}

/** The vendor's timetable, as its staff announced it. */
export const grantWords: Readonly<Record<'CODE' | 'TOKEN', string>> = {
  CODE: 'Code with PKCE, the usual choice. There is no secret: the proof is made anew for each sign-in and never leaves the browser.',
  TOKEN:
    'Implicit, only where you need it: Genesys announced that no new implicit clients can be created from March 2026, and that they stop working by March 2027 (another page says May).',
}
