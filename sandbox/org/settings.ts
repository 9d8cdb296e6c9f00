// The knobs of a running sandbox, their first values and what is allowed.
import { badRequest } from './refusal'
import { isJsonObject } from './messages'

export const backends = ['media-api', 'secure-flow', 'announcement-leg'] as const
const legAnswers = ['answers', 'busy', 'no-answer'] as const
const grants = ['implicit', 'pkce'] as const
const secureLooks = ['as before', 'held', 'confined'] as const
const estates = ['ready', 'empty'] as const
const frameLogins = ['allowed', 'refused'] as const
const fullChannels = ['idle first', 'least recently used'] as const
const queueTopics = ['permitted', 'refused'] as const
/** As the desktop writes them into an app's address; the last one is the pseudo-language. */
const desktopLanguages = ['en-us', 'de', 'es', 'fr', 'pt-br', 'ja', 'en-xa'] as const

export interface Settings {
  /** Which carrier the served app configuration names. */
  backend: (typeof backends)[number]
  /** How long the media server takes between having the audio and the first sound. */
  bufferingMs: number
  /** How long every API request travels before it is looked at. */
  apiLatencyMs: number
  tokenLifetimeS: number
  channelLifetimeS: number
  /** Which channel a user's 21st pushes out. The platform says: the least recently used; whether it spares those in use is not documented. */
  fullChannels: (typeof fullChannels)[number]
  /** Requests a minute for one user and client. */
  rateLimit: number
  /** Requests a minute for one user, over all clients. */
  userRateLimit: number
  /** True: a play is answered 200 "processed" instead of 202 "queued". */
  processed: boolean
  /** True: who subscribes to an interaction is told at once how its newest play stands. */
  replayOnSubscribe: boolean
  /** May an agent's token follow the start and the end of flows? */
  flowEvents: boolean
  /** True: the prompt flow tells its progress by attributes of the customer's participant. */
  flowAttributes: boolean
  /** What the platform shows of a customer in the secure part is not documented: as before, on hold, or hearing music. */
  secureLook: (typeof secureLooks)[number]
  /** What becomes of an extra leg that is dialled into a call. */
  legAnswer: (typeof legAnswers)[number]
  /** Which sign-in the served app configuration names. */
  grant: (typeof grants)[number]
  /** Refused: the login page does not let itself be framed. */
  frameLogin: (typeof frameLogins)[number]
  /** Of 100 colleagues, so many whose calls nobody else may follow, by whatever permission. */
  hiddenColleagues: number
  /** So many prompts stand in the CDN's catalogue: the first of the real ones, then made-up ones. Null: all real ones. */
  catalogueSize: number | null
  /** Refused: nobody may follow the calls of a queue. */
  queueTopics: (typeof queueTopics)[number]
  /** The agent's desktop speaks it, and tells its apps so by `gcLangTag`. */
  desktopLanguage: (typeof desktopLanguages)[number]
  /** Ready: somebody set Cueline up by hand. Empty: nobody installed anything yet. A change begins a new estate. */
  estate: (typeof estates)[number]
  /** May OAuth clients of the implicit grant still be created? */
  implicitClients: boolean
}

export const initialSettings: Settings = {
  backend: 'media-api',
  bufferingMs: 80,
  apiLatencyMs: 0,
  tokenLifetimeS: 86_400,
  channelLifetimeS: 86_400,
  fullChannels: 'idle first',
  rateLimit: 300,
  userRateLimit: 3_000,
  processed: false,
  replayOnSubscribe: true,
  flowEvents: false,
  flowAttributes: true,
  secureLook: 'as before',
  legAnswer: 'answers',
  grant: 'implicit',
  frameLogin: 'allowed',
  hiddenColleagues: 0,
  catalogueSize: null,
  queueTopics: 'permitted',
  desktopLanguage: 'en-us',
  estate: 'ready',
  implicitClients: true,
}

const wholeNumber =
  (least: number, most: number) =>
  (value: unknown): boolean =>
    Number.isInteger(value) && Number(value) >= least && Number(value) <= most

type Rule = { fits: (value: unknown) => boolean; rule: string }

const flag: Rule = { fits: (value) => typeof value === 'boolean', rule: 'true or false' }
const oneOf = (names: readonly string[]): Rule => ({
  fits: (value) => names.some((name) => name === value),
  rule: `one of ${names.join(', ')}`,
})

const rules: Record<keyof Settings, Rule> = {
  backend: oneOf(backends),
  bufferingMs: { fits: wholeNumber(0, 60_000), rule: 'a whole number of milliseconds up to 60000' },
  apiLatencyMs: { fits: wholeNumber(0, 60_000), rule: 'a whole number of milliseconds up to 60000' },
  tokenLifetimeS: { fits: wholeNumber(1, 172_800), rule: 'a whole number of seconds from 1 to 172800' },
  channelLifetimeS: { fits: wholeNumber(1, 86_400), rule: 'a whole number of seconds from 1 to 86400' },
  fullChannels: oneOf(fullChannels),
  rateLimit: { fits: wholeNumber(1, 1_000_000), rule: 'a whole number of requests from 1 to 1000000' },
  userRateLimit: { fits: wholeNumber(1, 1_000_000), rule: 'a whole number of requests from 1 to 1000000' },
  processed: flag,
  replayOnSubscribe: flag,
  flowEvents: flag,
  flowAttributes: flag,
  secureLook: oneOf(secureLooks),
  legAnswer: oneOf(legAnswers),
  grant: oneOf(grants),
  frameLogin: oneOf(frameLogins),
  hiddenColleagues: { fits: wholeNumber(0, 100), rule: 'a whole number from 0 to 100' },
  catalogueSize: {
    fits: (value) => value === null || wholeNumber(0, 50_000)(value),
    rule: 'null or a whole number of prompts up to 50000',
  },
  queueTopics: oneOf(queueTopics),
  desktopLanguage: oneOf(desktopLanguages),
  estate: oneOf(estates),
  implicitClients: flag,
}

const isSettingName = (name: string): name is keyof Settings => name in rules

/** The settings with the wanted changes; refuses unknown names and values by name. */
export function changedSettings(settings: Settings, wanted: unknown): Settings {
  if (!isJsonObject(wanted)) throw badRequest('The body must be a JSON object of settings.')
  for (const [name, value] of Object.entries(wanted)) {
    if (!isSettingName(name)) throw badRequest(`There is no setting "${name}".`)
    if (!rules[name].fits(value)) throw badRequest(`The setting "${name}" must be ${rules[name].rule}.`)
  }
  return { ...settings, ...wanted }
}
