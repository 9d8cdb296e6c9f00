// Backend "media-api": the tutorial's contract. It is not part of Genesys Cloud's public API: an organisation or its
// gateway has to offer it. By name, all that it needs beyond the official SDK: POST /api/v2/media/play, the subscribe
// frame, the event media.playback.state, and mediaCapabilities.audio.supportedCodecs of the customer's participant.
import { answered, refused, type Answer } from '../../core/errors'
import { mediaSubscribeFrame } from '../../core/notification'
import type { CarrierEvent, Platform, PlaybackBackend, Wire } from '../../core/ports'

export function createMediaApi(platform: Platform, wire: Wire): PlaybackBackend {
  const listeners = new Set<(event: CarrierEvent) => void>()
  const watched = new Map<string, Answer<void> | Promise<Answer<void>>>()
  let refusal: string | null = null

  /** Once it is confirmed a click need not wait: unless the channel has changed since, and it is asked for anew. */
  function follow(interactionId: string): Promise<Answer<void>> {
    const asked = subscribe(interactionId)
    watched.set(interactionId, asked)
    void asked.then((answer) => {
      if (answer.ok && watched.get(interactionId) === asked) watched.set(interactionId, answer)
    })
    return asked
  }

  async function subscribe(interactionId: string): Promise<Answer<void>> {
    refusal = null
    const confirmed = await wire.sendAndConfirm(mediaSubscribeFrame(interactionId))
    if (confirmed && refusal === null) return answered(undefined)
    watched.delete(interactionId)
    if (refusal === null) return refused({ kind: 'offline', message: 'the live connection is not open' })
    return refused({ kind: 'rejected', message: `the subscription was refused: ${refusal}` })
  }

  const undo = [
    wire.onMedia((event) => {
      if (event.state === 'subscribe-refused') refusal = event.error
      else
        for (const interactionId of watched.keys()) {
          // The contract's event does not name its interaction: the service matches it by URL and order.
          const { state, url, error, late = false } = event
          for (const listener of listeners)
            listener({ interactionId, state, url, error, late, carrierId: null, playbackId: null })
        }
    }),
    wire.onConnected(() => {
      for (const interactionId of watched.keys()) void follow(interactionId)
    }),
  ]

  return {
    name: 'media-api',
    capabilities: {
      stop: false,
      medium: 'url',
      looksHeld: false,

      refusesMonitored: false,
      agentHears: 'as the gateway does',
      recorded: 'as the gateway does',
    },
    watch(interactionId) {
      return watched.get(interactionId) ?? follow(interactionId)
    },
    onEvent(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    /** 202 is queued, 200 processed: both mean that the platform took it. */
    async start({ interactionId, asset, volume }) {
      const body = { interactionId, media: [{ url: asset.url, type: 'audio', playbackOptions: { volume } }] }
      const answer = await platform.request({ method: 'POST', path: '/api/v2/media/play', body })
      return answer.ok ? answered({ carrierId: null }) : answer
    },
    adopt() {
      // The contract's events name URLs only: watching the interaction is all there is to take up.
    },
    dispose() {
      for (const off of undo) off()
      listeners.clear()
    },
  }
}
