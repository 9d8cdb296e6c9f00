// The tutorial's Media API: one request that plays a file, by URL, into a call.
import type { Calls } from '../calls'
import type { MediaServer } from '../media'
import type { MediaPlayAnswer, MediaPlayRequest } from '../media-contract'
import { isJsonObject, jsonAnswer, type JsonObject } from '../messages'
import { badRequest } from '../refusal'
import type { Route } from '../routing'
import { callOf } from './conversation-routes'

interface MediaRoutesParts {
  calls: Calls
  media: MediaServer
  answersProcessed(): boolean
}

export function mediaRoutes({ calls, media, answersProcessed }: MediaRoutesParts): Route[] {
  return [
    {
      method: 'POST',
      pattern: '/api/v2/media/play',
      scopes: ['conversations'],
      run(call) {
        const { interactionId, media: wanted } = readPlayRequest(call.object())
        callOf(calls, interactionId, call.person)
        const answer: MediaPlayAnswer = { status: answersProcessed() ? 'processed' : 'queued' }
        const { url, playbackOptions } = wanted[0]
        media.play({ interactionId, url, volume: playbackOptions.volume, status: answer.status })
        return jsonAnswer(answer.status === 'processed' ? 200 : 202, answer)
      },
    },
  ]
}

function readPlayRequest({ interactionId, media }: JsonObject): MediaPlayRequest {
  if (typeof interactionId !== 'string' || interactionId === '') {
    throw badRequest('"interactionId" must name the interaction.')
  }
  const entry: unknown = Array.isArray(media) && media.length === 1 ? media[0] : undefined
  if (!isJsonObject(entry)) throw badRequest('"media" must be a list of exactly one entry.')
  if (entry.type !== 'audio') throw badRequest('"media[0].type" must be "audio".')
  const { url, playbackOptions } = entry
  if (typeof url !== 'string' || !isWebAddress(url)) {
    throw badRequest('"media[0].url" must be an absolute http or https URL.')
  }
  const volume = isJsonObject(playbackOptions) ? playbackOptions.volume : undefined
  if (typeof volume !== 'number' || !(volume >= 0 && volume <= 1)) {
    throw badRequest('"media[0].playbackOptions.volume" must be a number from 0 to 1.')
  }
  return { interactionId, media: [{ url, type: 'audio', playbackOptions: { volume } }] }
}

const isWebAddress = (text: string): boolean =>
  URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol)
