// Flows of Architect, and the jobs that publish one from a file.
import type { Models } from 'purecloud-platform-client-v2'
import type { Clock } from '../clock'
import type { Estate, Job, OwnedFlow } from '../estate'
import { emptyAnswer, jsonAnswer, type OrgAnswer, type OrgRequest } from '../messages'
import type { Random } from '../random'
import { notFound } from '../refusal'
import type { Route } from '../routing'
import { page } from './paging'

const uri = '/api/v2/flows'
const readScopes = ['architect:readonly']
const scopes = ['architect']
/** How long the platform takes over a job. */
const jobMs = 1_500

/** Below the organisation's origin: where the file of a job goes. A stand-in for the storage that the platform names. */
export const uploadPath = '/sandbox/uploads/flows/'

interface FlowRoutesParts {
  estate: Estate
  clock: Clock
  random: Random
  origin: string
}

export function flowRoutes({ estate, random, origin }: Omit<FlowRoutesParts, 'clock'>): Route[] {
  const shown = (flow: OwnedFlow): Models.Flow => ({ ...flow, selfUri: `${uri}/${flow.id}` })
  const state = ({ id, status, flowId, messages }: Job): Models.ArchitectJobStateResponse => ({
    id,
    status,
    command: 'publish',
    ...(flowId === null ? {} : { flow: { id: flowId, selfUri: `${uri}/${flowId}` } }),
    messages,
    selfUri: `${uri}/jobs/${id}`,
  })
  return [
    {
      method: 'GET',
      pattern: uri,
      scopes: readScopes,
      permission: 'architect:flow:view',
      run({ query }) {
        const types = query.getAll('type').flatMap((given) => given.toUpperCase().split(','))
        const name = query.get('name')?.toLowerCase()
        const found = estate.flows
          .all()
          .filter(({ type }) => types.length === 0 || types.includes(type))
          .filter((flow) => name === undefined || flow.name.toLowerCase() === name)
        const listing: Models.FlowEntityListing = page(found.map(shown), query, uri)
        return jsonAnswer(200, listing)
      },
    },
    {
      method: 'GET',
      pattern: `${uri}/{flowId}`,
      scopes: readScopes,
      permission: 'architect:flow:view',
      run: ({ params }) => jsonAnswer(200, shown(estate.flows.get(params.flowId))),
    },
    {
      method: 'DELETE',
      pattern: `${uri}/{flowId}`,
      scopes,
      permission: 'architect:flow:delete',
      run({ params }) {
        estate.flows.remove(params.flowId)
        return emptyAnswer(204)
      },
    },
    {
      method: 'POST',
      pattern: `${uri}/jobs`,
      scopes,
      permission: 'architect:job:create',
      run() {
        const id = random.id()
        estate.jobs.put(id, { id, status: 'Created', flowId: null, messages: [] })
        const job: Models.RegisterArchitectJobResponse = {
          id,
          presignedUrl: `${origin}${uploadPath}${id}`,
          headers: { 'x-amz-meta-jobid': id },
          selfUri: `${uri}/jobs/${id}`,
        }
        return jsonAnswer(200, job)
      },
    },
    {
      method: 'GET',
      pattern: `${uri}/jobs/{jobId}`,
      scopes: readScopes,
      permission: 'architect:job:view',
      run: ({ params }) => jsonAnswer(200, state(estate.jobs.get(params.jobId))),
    },
  ]
}

/** The file of a job arrives, without a token: its address is the permission. */
export function receiveFlowFile({ estate, clock, random }: Omit<FlowRoutesParts, 'origin'>) {
  const publish = (job: Job, name: string, description: string): void => {
    const known = estate.flows.all().find((flow) => flow.name === name)
    const id = known?.id ?? random.id()
    estate.flows.put(id, {
      id,
      name,
      description,
      type: 'SECURECALL',
      active: true,
      system: false,
      deleted: false,
    })
    Object.assign(job, { status: 'Success', flowId: id })
  }
  return ({ path, headers, body }: OrgRequest): OrgAnswer => {
    const id = path.slice(uploadPath.length)
    const job = estate.jobs.find(id)
    if (!job || headers['x-amz-meta-jobid'] !== id) throw notFound('upload', id)
    job.status = 'Running'
    clock.after(jobMs, () => {
      const field = (name: string): string =>
        new RegExp(`^  ${name}: *"?([^"\\n]*?)"? *$`, 'm').exec(body)?.[1] ?? ''
      const isKnown = /^secureCall:$/m.test(body) && field('name') !== ''
      if (isKnown) return publish(job, field('name'), field('description'))
      job.status = 'Failure'
      job.messages = [{ type: 'Error', text: 'The file has no flow of a type that is known here.' }]
    })
    return emptyAnswer(200)
  }
}
