// Secure IVR sessions over HTTP: start one, and ask how one stands. Only operations of the official SDK.
import * as v from 'valibot'
import { answered, refused } from '../../core/errors'
import type { FlowSession, FlowSessions, SessionOf } from '../../core/flow-progress'
import type { Platform } from '../../core/ports'

const path = '/api/v2/conversations/{conversationId}/participants/{participantId}/secureivrsessions'
const sessionBody = v.object({ id: v.string(), state: v.string(), userData: v.nullish(v.string()) })
const listing = v.object({ entities: v.optional(v.array(v.unknown()), []) })

export function createFlowSessions(platform: Platform, flowId: string): FlowSessions {
  const paramsOf = ({ interactionId, participantId }: SessionOf) => ({
    conversationId: interactionId,
    participantId,
  })

  return {
    async start(of) {
      const body = { flowId, userData: of.userData, disconnect: false }
      const answer = await platform.request({ method: 'POST', path, pathParams: paramsOf(of), body })
      if (answer.ok) return answered(readSession(answer.value.body))
      // Said in words only: the platform has no code for it.
      const monitored = /more than one external participant/i.test(answer.refusal.message)
      return monitored ? refused({ ...answer.refusal, kind: 'monitored' }) : answer
    },

    async ask(of) {
      const { sessionId } = of
      const answer = await platform.request({
        method: 'GET',
        path: sessionId === null ? path : `${path}/{secureSessionId}`,
        pathParams: { ...paramsOf(of), ...(sessionId === null ? {} : { secureSessionId: sessionId }) },
      })
      if (!answer.ok) return null
      if (sessionId !== null) return readSession(answer.value.body)
      const all = v.safeParse(listing, answer.value.body)
      const ours = all.success ? all.output.entities.filter((entity) => isFor(entity, of.userData)) : []
      return readSession(ours.at(-1))
    },
  }
}

function readSession(body: unknown): FlowSession | null {
  const parsed = v.safeParse(sessionBody, body)
  return parsed.success ? parsed.output : null
}

function isFor(body: unknown, userData: string): boolean {
  const parsed = v.safeParse(sessionBody, body)
  return parsed.success && parsed.output.userData === userData
}
