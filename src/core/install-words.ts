// A plan in words: what each step does, what changes, why something cannot be done and who can mend it.
import type { BackendName } from './backend-names'
import type { Fact, Kind } from './desired'
import type { Refusal } from './errors'
import type { BackendOutlook } from './install-backends'
import type { Change, Reason, Step } from './install-plan'
import type { StepProgress } from './install-run'
import { m, t, tn } from './text'

const thingSentences: Readonly<Record<Kind, string>> = m({
  role: 'the role "{name}"',
  group: 'the group "{name}"',
  grant: 'the grant of the role "{name}"',
  members: '{name}',
  client: 'the OAuth client "{name}"',
  integration: 'the integration "{name}"',
  table: 'the data table "{name}"',
  flow: 'the flow "{name}"',
})

const stepSentences: Readonly<Record<Exclude<Step['action'], 'keep'>, string>> = m({
  create: 'Create {thing}',
  update: 'Change {thing}',
  remove: 'Remove {thing}',
  blocked: 'Cannot set up {thing}',
})

export function describeStep({ action, kind, name, reason }: Step): string {
  const thing = t(thingSentences[kind], { name })
  if (action === 'keep') {
    const why = reason === null ? t('it is as it should be') : describeReason(reason)
    return t('Keep {thing}: {why}', { thing, why })
  }
  if (kind === 'members' && (action === 'create' || action === 'update')) return t('Add: {name}', { name })
  if (kind === 'grant' && action === 'create') return t('Grant {name}', { name })
  return t(stepSentences[action], { thing })
}

const factWords: Readonly<Record<string, string>> = m({
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
})
/** The platform's own name for what has no word. */
const factWord = (fact: string): string => t(factWords[fact] ?? fact)

/** One line of the difference: what is there, what will be. */
export function describeChange({ fact, rule, from, to }: Change): string {
  const [what, after] = [factWord(fact), describeFact(to)]
  if (rule === 'includes') return t('{what}: add {after}', { what, after })
  return from === null
    ? t('{what}: {after}', { what, after })
    : t('{what}: {before} becomes {after}', { what, before: describeFact(from), after })
}

function describeFact(fact: Fact): string {
  if (typeof fact === 'boolean') return fact ? t('yes') : t('no')
  if (Array.isArray(fact)) return fact.length === 0 ? t('none') : fact.map(describeText).join(', ')
  return describeText(String(fact))
}

/** `@group` is a thing of ours that has no id yet. */
function describeText(text: string): string {
  const ref = /^@([a-z-]+)$/.exec(text)?.[1]
  if (ref !== undefined) return t("Cueline's {part}", { part: ref })
  return text === '' ? t('none') : text
}

export function describeReason(reason: Reason): string {
  switch (reason.kind) {
    case 'missing':
      return describeMissing(reason.permissions, reason.scopes, reason.roles)
    case 'unreadable':
      return t('It cannot be read: {why}. Look again later.', { why: describeRefusal(reason.refusal) })
    case 'foreign':
      return t(
        'Something else has this name already ({id}). Cueline does not touch it: rename it, or remove it yourself, then look again.',
        { id: reason.id },
      )
    case 'stray':
      return t(
        '"{name}" ({id}) bears Cueline\'s marker, but another name: a copy, or Cueline\'s own renamed. Cueline does not touch it: take the text in square brackets out of its description if it is a copy, or give it back its name.',
        { name: reason.name, id: reason.id },
      )
    case 'several':
      return t(
        "There are several that bear Cueline's marker and name ({ids}). Remove all but one yourself, then look again.",
        { ids: reason.ids.join(', ') },
      )
    case 'no-type':
      return t(
        'This organisation has no integration type "{id}". Ask Genesys to enable it, or choose the other kind of types.',
        { id: reason.typeId },
      )
    case 'fixed':
      return t(
        'Its {what} is {before} and cannot be changed to {after}. Remove Cueline first, then set it up anew.',
        {
          what: factWord(reason.fact),
          before: describeFact(reason.from),
          after: describeFact(reason.to),
        },
      )
    case 'waits':
      return t('It needs the part "{part}", which cannot be set up.', { part: reason.for })
    case 'leftover':
      return t('your choices do not need it any more; it is left as it is')
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
    parts.push(
      t(
        'You lack the permission {names}. Somebody who may grant roles (authorization:grant:add) can give you a role with it.',
        { names: joined(permissions) },
      ),
    )
    if (roles.length > 0) parts.push(t('Roles here that have it: {roles}.', { roles: roles.join(', ') }))
  }
  if (scopes.length > 0)
    parts.push(
      t(
        'The sign-in lacks the scope {names}. It belongs to the OAuth client that you signed in with: somebody who may edit that client can add it; then sign in again.',
        { names: joined(scopes) },
      ),
    )
  return parts.join(' ')
}

/** "a and b". At least one name. */
export const joined = (names: readonly string[]): string =>
  names.reduce((list, next) => t('{list} and {next}', { list, next }))

export const describeRefusal = ({ message, correlationId }: Refusal): string =>
  correlationId === null
    ? message
    : t('{detail} (reference {reference})', { detail: message, reference: correlationId })

export function describeProgress({ state, retries, problem }: StepProgress): string {
  if (state === 'skipped') return problem ?? t('Left out')
  if (state === 'waiting') return t('Waiting')
  const word = t(m({ failed: 'Failed', running: 'Under way', done: 'Carried out' })[state])
  const said =
    retries === 0 ? word : tn('{word}, tried again once', '{word}, tried again {n} times', retries, { word })
  if (state !== 'failed') return said
  return t('{what}: {why}', { what: said, why: problem ?? t('no reason was given') })
}

const backendWords: Readonly<Record<BackendName, string>> = m({
  'media-api': 'Media API of a gateway',
  'secure-flow': 'Secure flow of Architect',
  'announcement-leg': 'Announcement leg',
})

const outlookWords: Readonly<Record<BackendOutlook['because'], string>> = m({
  gateway:
    'Genesys Cloud has no such interface of its own: it works only through a gateway that offers it. Whether yours does shows the first playback.',
  'flow-exists': 'The flow that plays prompts is published here.',
  'flow-can-be-made':
    'The setup can publish the flow that plays prompts. The customer hears the prompt and the agent does not; that part is not in the recording.',
  'flow-forbidden': 'The flow that plays prompts must be published first, and you may not do that.',
  number:
    'It needs an address that reaches a flow of yours which plays a prompt and hangs up. Both sides hear the prompt, and each playback costs a leg.',
})

/** Why it can work here, or what must be there first. */
export const describeOutlook = ({ because }: BackendOutlook): string => t(outlookWords[because])

export function describeBackend({ backend, can, because }: BackendOutlook): string {
  const verdict = t(
    m({ yes: 'can work here', later: 'cannot work here yet', unknown: 'unknown until tried' })[can],
  )
  return t('{backend}: {verdict}. {why}', {
    ...{ backend: t(backendWords[backend]), verdict, why: t(outlookWords[because]) },
  })
}

/** The vendor's timetable, as its staff announced it. */
export const grantWords: Readonly<Record<'CODE' | 'TOKEN', string>> = m({
  CODE: 'Code with PKCE, the usual choice. There is no secret: the proof is made anew for each sign-in and never leaves the browser.',
  TOKEN:
    'Implicit, only where you need it: Genesys announced that no new implicit clients can be created from March 2026, and that they stop working by March 2027 (another page says May).',
})
