// Flows: the marker stands in `description` (Models.Flow), which the published file brings along. Publishing is a job.
import * as v from 'valibot'
import { answered, refused, type Answer } from '../../core/errors'
import type { Keeper, Wish } from '../../core/install-ports'
import { isLoopback } from '../../core/launch'
import type { Clock, Platform } from '../../core/ports'
import { fetchAllPages } from './pages'
import { fetchParsed, readable, send, words } from './provisioning-request'

const path = '/api/v2/flows'
const flowBody = v.object({ id: v.string(), name: v.string(), description: words })
const jobBody = v.object({
  id: v.string(),
  presignedUrl: v.pipe(v.string(), v.check(isSafe)),
  headers: v.nullish(v.record(v.string(), v.string()), {}),
})
const stateBody = v.object({
  status: v.string(),
  messages: v.nullish(v.array(v.object({ type: words, text: words })), []),
})

const lookEveryMs = 1_000
const looks = 90

export interface FlowParts {
  readonly clock: Clock
  /** The file of the flow, as Archy reads it. */
  readonly file: string
  /** Takes the file to the storage that the platform names; no token goes there. */
  readonly upload: (url: string, init: RequestInit) => Promise<Response>
}

export function createFlows(platform: Platform, { clock, file, upload }: FlowParts): Keeper {
  async function publish({ note }: Wish): Promise<Answer<void>> {
    const job = await fetchParsed(
      platform,
      { method: 'POST', path: '/api/v2/flows/jobs', body: {} },
      jobBody,
      'job for the flow',
    )
    if (!job.ok) return job
    const { id, presignedUrl, headers } = job.value
    try {
      const body = withDescription(file, note)
      const sent = await upload(presignedUrl, { method: 'PUT', headers, body, credentials: 'omit' })
      if (!sent.ok) return storageRefused(`HTTP ${sent.status}`)
    } catch (error) {
      return storageRefused(error instanceof Error ? error.message : String(error))
    }
    return outcome(id)
  }

  async function outcome(jobId: string): Promise<Answer<void>> {
    for (let look = 0; look < looks; look += 1) {
      await new Promise<void>((over) => clock.after(lookEveryMs, over))
      const job = await fetchParsed(
        platform,
        { method: 'GET', path: '/api/v2/flows/jobs/{jobId}', pathParams: { jobId } },
        stateBody,
        'state of the job',
      )
      if (!job.ok && !isPassing(job.refusal.kind)) return job
      if (!job.ok) continue
      const { status, messages } = job.value
      if (status === 'Success') return answered(undefined)
      if (status === 'Failure') {
        const reasons = messages.map(({ text }) => text).filter(Boolean)
        return refused({ kind: 'rejected', message: reasons.join(' ') || 'Architect refused the flow' })
      }
    }
    return refused({ kind: 'timeout', message: 'the job has not ended in time', mayHaveArrived: true })
  }

  return {
    async list() {
      const spec = { method: 'GET', path, query: { type: 'securecall' } } as const
      const answer = await fetchAllPages(platform, spec, 'the platform sent no readable flows')
      if (!answer.ok) return answer
      const flows = readable(flowBody, answer.value)
      return answered(flows.map(({ id, name, description }) => ({ id, name, note: description, facts: {} })))
    },
    create: publish,
    /** Publishing under the same name makes a new version of the same flow. */
    update: (_id, wish) => publish(wish),
    remove: (flowId) =>
      send(platform, { method: 'DELETE', path: '/api/v2/flows/{flowId}', pathParams: { flowId } }),
  }
}

/** The storage may have taken the file all the same. */
const storageRefused = (message: string) =>
  refused({
    kind: 'server-error',
    message: `the file of the flow could not be stored: ${message}`,
    mayHaveArrived: true,
  })

const isPassing = (kind: string): boolean =>
  kind === 'server-error' || kind === 'timeout' || kind === 'offline' || kind === 'rate-limited'

/** The one line below the flow's root that holds its description. */
function withDescription(file: string, note: string): string {
  return file.replace(/^ {2}description: .*$/m, () => `  description: ${JSON.stringify(note)}`)
}

function isSafe(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))
}
