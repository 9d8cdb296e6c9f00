// The platform API's front: the order of checks, and the headers that every answer bears.
import type { OrgAnswer, OrgRequest } from './messages'
import { findPerson, type Person } from './people'
import type { Random } from './random'
import type { RateCount, RateLimits, Rates } from './rates'
import { Refusal, refusalAnswer } from './refusal'
import { findRoute, type Route, runRoute } from './routing'
import type { Settings } from './settings'
import type { AccessToken, Tokens } from './tokens'

interface ApiParts {
  random: Random
  tokens: Tokens
  rates: Rates
  routes: readonly Route[]
  settings(): Settings
  /** The person with what their roles permit just now. */
  withRights(person: Person): Person
}

export function createApi(parts: ApiParts): (request: OrgRequest) => OrgAnswer {
  const { random, tokens, rates, routes, settings } = parts
  const limits = (): RateLimits => ({ perClient: settings().rateLimit, perUser: settings().userRateLimit })

  const answerTo = (request: OrgRequest): { answer: OrgAnswer; rate: RateCount; id: string } => {
    const id = random.id()
    let token: AccessToken | undefined
    const rate = (): RateCount => rates.of(token, limits())
    try {
      const found = findRoute(routes, request.method, request.path)
      token = tokens.require(request.headers.authorization)
      rates.count(token, limits())
      const person = findPerson(token.userId)
      if (!person) throw new Refusal(401, 'bad.credentials', 'Invalid login credentials.')
      return { answer: runRoute(found, request, token, parts.withRights(person)), rate: rate(), id }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return { answer: refusalAnswer(error, id), rate: rate(), id }
    }
  }

  return (request) => {
    const { answer, rate, id } = answerTo(request)
    return {
      ...answer,
      headers: {
        ...answer.headers,
        'inin-correlation-id': id,
        'inin-ratelimit-count': String(rate.count),
        'inin-ratelimit-allowed': String(rate.allowed),
        'inin-ratelimit-reset': String(rate.resetS),
      },
    }
  }
}
