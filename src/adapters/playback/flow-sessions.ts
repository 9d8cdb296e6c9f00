// Secure IVR sessions over HTTP: start one, and ask how one stands. Only operations of the official SDK.
import * as v from 'valibot'
import { answered, refused, type Answer } from '../../core/errors'
import type { Platform } from '../../core/ports'

const path = '/api/v2/conversations/{conversationId}/participants/{participantId}/secureivrsessions'
const sessionBody = v.object({ id: v.string(), state: v.string(), userData: v.nullish(v.string()) })
const listing = v.object({ entities: v.optional(v.array(v.unknown()), []) })

export interface FlowSession {
  readonly id: string
  readonly state: string
}

/** Of whom, and what the flow was told: by that a session is found whose id was lost with an answer. */
export interface SessionOf {
  readonly interactionId: string
  readonly participantId: string
  readonly userData: string
  readonly sessionId: string | null
}

export function createFlowSessions(platform: Platform, flowId: string) {
  const paramsOf = ({ interactionId, participantId }: SessionOf) => ({
    conversationId: interactionId,
    participantId,
  })

  return {
    /** Null: taken, but the answer does not name the session. */
    async start(of: SessionOf): Promise<Answer<FlowSession | null>> {
      const body = { flowId, userData: of.userData, disconnect: false }
      const answer = await platform.request({ method: 'POST', path, pathParams: paramsOf(of), body })
      if (answer.ok) return answered(readSession(answer.value.body))
      // Said in words only: the platform has no code for it.
      const monitored = /more than one external participant/i.test(answer.refusal.message)
      return monitored ? refused({ ...answer.refusal, kind: 'monitored' }) : answer
    },

    /** Null: it could not be asked, or there is none (yet). */
    async ask(of: SessionOf): Promise<FlowSession | null> {
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
