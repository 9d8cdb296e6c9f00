// A fourth way of playing, as small as one can be: shows what a new backend has to bring, and nothing else.
import { answered, refused } from '../../src/core/errors'
import type { BackendPorts } from '../../src/adapters/playback/backends'
import type { CarrierEvent, PlaybackBackend } from '../../src/core/ports'
import { mediaApi, type BackendUnderTest } from './backend-desk'

/** A gateway that speaks of the interaction on which its sound is, and of nothing else. */
function createGateway({ platform, wire }: BackendPorts): PlaybackBackend {
  const listeners = new Set<(event: CarrierEvent) => void>()
  let interactionId = ''
  const follow = (id: string) =>
    wire.sendAndConfirm(
      JSON.stringify({
        action: 'subscribe',
        eventTypes: ['media.playback.state'],
        filters: { interactionId: id },
      }),
    )
  const undo = [
    wire.onMedia(({ state, url, error }) => {
      if (state === 'subscribe-refused') return
      const event = { interactionId, state, url, error, playbackId: null, carrierId: null }
      for (const listener of listeners) listener(event)
    }),
    wire.onConnected(() => interactionId !== '' && void follow(interactionId)),
  ]
  return {
    name: 'gateway',
    capabilities: {
      stop: false,
      medium: 'url',
      looksHeld: false,
      refusesMonitored: false,
      agentHears: 'yes',
      recorded: 'no',
    },
    async watch(id) {
      if (interactionId === id) return answered(undefined)
      interactionId = id
      const isThere = await follow(id)
      return isThere ? answered(undefined) : refused({ kind: 'offline', message: 'not connected' })
    },
    onEvent(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async start({ interactionId: id, asset, volume }) {
      const body = {
        interactionId: id,
        media: [{ url: asset.url, type: 'audio', playbackOptions: { volume } }],
      }
      const answer = await platform.request({ method: 'POST', path: '/api/v2/media/play', body })
      return answer.ok ? answered({ carrierId: null }) : answer
    },
    adopt: () => undefined,
    dispose: () => undo.forEach((off) => off()),
  }
}

export const fourthBackend: BackendUnderTest = { ...mediaApi, name: 'gateway', carrier: createGateway }
