// The runtime configuration (config.json): schema, defaults, and complaints an admin can act on.
import * as v from 'valibot'
import type { GuardAction } from './guard'
import { isLoopback } from './launch'

const section = <T extends v.ObjectEntries>(entries: T) => v.object(entries, 'must be an object')
const secureUrl = v.pipe(
  v.string('must be a URL'),
  v.check(isSecureUrl, 'must be an https URL (http only on localhost) without query or fragment'),
  v.transform((url) => url.replace(/\/+$/, '')),
)
const name = v.pipe(
  v.string('must be text'),
  v.regex(/^[A-Za-z0-9_. -]{1,64}$/, 'must be 1 to 64 letters, digits, _ . - or spaces'),
)
const languageTag = v.pipe(
  v.string('must be a language tag such as "en" or "pt-BR"'),
  v.regex(/^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$/, 'must be a language tag such as "en" or "pt-BR"'),
)
const tier = v.pipe(
  v.string('must be text'),
  v.regex(/^[a-z0-9-]{1,32}$/, 'must be lower-case letters, digits or -'),
)
const milliseconds = (fallback: number) =>
  v.optional(
    v.pipe(
      v.number('must be a number of milliseconds'),
      v.integer('must be whole'),
      v.minValue(1, 'must be at least 1'),
      v.maxValue(600_000, 'must be at most 600000'),
    ),
    fallback,
  )

const address = v.pipe(
  v.string('must be an address'),
  v.regex(/^(tel:|sips?:)?[A-Za-z0-9+._@{}:;=-]{1,128}$/, 'must be a phone number or a SIP address'),
)
const guardAction = (fallback: GuardAction) =>
  v.optional(v.picklist(['block', 'ask', 'allow'], 'must be "block", "ask" or "allow"'), fallback)

const schema = section({
  api: v.optional(
    section({
      gateway: v.optional(secureUrl),
      environment: v.optional(
        v.pipe(
          v.string('must be text'),
          v.regex(/^[a-z0-9.-]+$/, 'must be a domain such as "mypurecloud.de"'),
        ),
      ),
    }),
    {},
  ),
  oauth: section({
    clientId: v.pipe(
      v.string('must be the id of an OAuth client'),
      v.regex(/^[A-Za-z0-9-]{1,64}$/, 'must be the id of an OAuth client'),
    ),
    grant: v.optional(v.picklist(['implicit', 'pkce'], 'must be "implicit" or "pkce"'), 'implicit'),
  }),
  cdn: section({ base: secureUrl }),
  catalogue: v.optional(
    v.pipe(
      v.string('must be a path below cdn.base'),
      v.regex(/^[A-Za-z0-9_./-]+$/, 'must be a path below cdn.base'),
      v.check((p) => !p.includes('..'), 'must not contain ".."'),
    ),
    'catalogue.json',
  ),
  backend: v.optional(v.string('must be the name of a backend'), 'media-api'),
  attributes: v.optional(
    section({ language: v.optional(name, 'language'), tier: v.optional(name, 'service_tier') }),
    {},
  ),
  defaults: v.optional(
    section({ language: v.optional(languageTag, 'en'), tier: v.optional(tier, 'standard') }),
    {},
  ),
  tiers: v.optional(v.pipe(v.array(tier, 'must be a list'), v.minLength(1, 'must name at least one tier')), [
    'standard',
    'premium',
  ]),
  volume: v.optional(
    v.pipe(v.number('must be a number'), v.minValue(0, 'must be 0 to 1'), v.maxValue(1, 'must be 0 to 1')),
    1,
  ),
  asset: v.optional(
    section({
      maxBytes: v.optional(
        v.pipe(v.number('must be a number of bytes'), v.minValue(1, 'must be at least 1')),
        5_000_000,
      ),
      timeoutMs: milliseconds(8_000),
    }),
    {},
  ),
  /** What the backend "secure-flow" needs: the published flow that plays Architect prompts. */
  secureFlow: v.optional(
    section({
      flowId: v.optional(
        v.nullable(
          v.pipe(
            v.string('must be the id of a flow'),
            v.regex(/^[A-Za-z0-9-]{1,64}$/, 'must be the id of a flow'),
          ),
        ),
        null,
      ),
      pollEveryMs: milliseconds(2_000),
    }),
    {},
  ),
  /** Architect user prompts: where they are read, and how their names begin. */
  architect: v.optional(
    section({
      read: v.optional(v.boolean('must be true or false'), false),
      prefix: v.optional(
        v.pipe(v.string('must be text'), v.regex(/^[A-Za-z0-9_]{0,32}$/, 'must be letters, digits or _')),
        'cueline_',
      ),
    }),
    {},
  ),
  /** The data table that holds the catalogue, if there is one. */
  dataTableId: v.optional(
    v.nullable(
      v.pipe(
        v.string('must be the id of a data table'),
        v.regex(/^[A-Za-z0-9-]{1,64}$/, 'must be the id of a data table'),
      ),
    ),
    null,
  ),
  /** What the backend "announcement-leg" dials: an address per prompt, or a pattern with {key} and {language}. */
  announcementLeg: v.optional(
    section({
      addresses: v.optional(v.record(v.string(), address), {}),
      pattern: v.optional(v.nullable(address), null),
    }),
    {},
  ),
  /** Where the numbers go besides the browser: an OpenTelemetry collector's address for metrics over OTLP/HTTP. */
  telemetry: v.optional(
    v.nullable(
      section({
        url: secureUrl,
        everyMs: v.optional(
          v.pipe(
            v.number('must be a number of milliseconds'),
            v.integer('must be whole'),
            v.minValue(5_000, 'must be at least 5000'),
            v.maxValue(3_600_000, 'must be at most 3600000'),
          ),
          60_000,
        ),
      }),
    ),
    null,
  ),
  /** The permission without which the panel explains itself and stops; null: everybody may use it. */
  licence: v.optional(
    v.nullable(
      v.pipe(
        v.string('must be the name of a permission'),
        v.regex(/^\w+(:\w+){2}$/, 'must be the name of a permission'),
      ),
    ),
    null,
  ),
  guards: v.optional(
    section({
      'wrap-up': guardAction('block'),
      monitored: guardAction('ask'),
      recording: guardAction('block'),
      consent: guardAction('ask'),
      expired: guardAction('block'),
      'still-open': guardAction('ask'),
    }),
    {},
  ),
  deadlines: v.optional(
    section({ answerMs: milliseconds(16_000), startMs: milliseconds(10_000), endMs: milliseconds(5_000) }),
    {},
  ),
})

export type Config = v.InferOutput<typeof schema>

/** One thing wrong with config.json: where, what stands there, and the rule it breaks. */
export interface Complaint {
  readonly field: string
  readonly value: string
  readonly rule: string
}

export type ConfigReading = { ok: true; config: Config } | { ok: false; complaints: readonly Complaint[] }

/** `text` is the body of config.json; `backends`: the names of all ways of playing, where the name shall be judged. Unknown fields are ignored, so that an older app can read a newer file. */
export function readConfig(text: string, backends?: readonly string[]): ConfigReading {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    const rule = error instanceof Error ? error.message : 'must be JSON'
    return { ok: false, complaints: [{ field: '(file)', value: shorten(text), rule }] }
  }
  const result = v.safeParse(schema, json)
  if (!result.success) return { ok: false, complaints: result.issues.map(toComplaint) }
  const complaints = [
    ...(backends ? judgeBackend(result.output, backends) : []),
    ...judgeTogether(result.output),
  ]
  return complaints.length > 0 ? { ok: false, complaints } : { ok: true, config: result.output }
}

function judgeBackend({ backend }: Config, names: readonly string[]): Complaint[] {
  if (names.includes(backend)) return []
  return [
    { field: 'backend', value: shorten(JSON.stringify(backend)), rule: `must be one of ${names.join(', ')}` },
  ]
}

/** Fields that are right one by one and wrong together. */
function judgeTogether({ defaults, tiers, backend, secureFlow, announcementLeg }: Config): Complaint[] {
  const complaints: Complaint[] = []
  if (!tiers.includes(defaults.tier))
    complaints.push({
      field: 'defaults.tier',
      value: defaults.tier,
      rule: `must be one of tiers: ${tiers.join(', ')}`,
    })
  if (backend === 'secure-flow' && secureFlow.flowId === null)
    complaints.push({
      field: 'secureFlow.flowId',
      value: 'nothing',
      rule: 'is required by the backend "secure-flow"',
    })
  if (
    backend === 'announcement-leg' &&
    announcementLeg.pattern === null &&
    Object.keys(announcementLeg.addresses).length === 0
  )
    complaints.push({
      field: 'announcementLeg',
      value: 'nothing',
      rule: 'must name addresses or a pattern for the backend "announcement-leg"',
    })
  return complaints
}

function toComplaint(issue: v.BaseIssue<unknown>): Complaint {
  const field = issue.path?.map((part) => String(part.key)).join('.') ?? '(file)'
  const absent = issue.input === undefined
  return {
    field,
    value: absent ? 'nothing' : shorten(JSON.stringify(issue.input)),
    rule: absent ? 'is required' : issue.message,
  }
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

function isSecureUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  // An empty query or fragment is not in `search` or `hash`, but would swallow every path that is put behind it.
  if (/[?#]/.test(text) || url.username || url.password) return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))
}
