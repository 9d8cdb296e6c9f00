// The queues of the organisation: GET /api/v2/routing/queues (Models.QueueEntityListing), for those who may see them all.
import * as v from 'valibot'
import { answered } from '../../core/errors'
import type { QueueDirectory } from '../../core/health-ports'
import type { Platform } from '../../core/ports'
import { fetchAllPages } from './pages'

const queueBody = v.object({ id: v.string(), name: v.string() })

export function createQueueDirectory(platform: Platform): QueueDirectory {
  return {
    async fetchQueues() {
      const spec = { method: 'GET', path: '/api/v2/routing/queues', query: { sortOrder: 'asc' } } as const
      const all = await fetchAllPages(platform, spec, 'the platform sent no readable list of queues')
      if (!all.ok) return all
      const queues = all.value.flatMap((entity) => {
        const read = v.safeParse(queueBody, entity)
        return read.success ? [read.output] : []
      })
      return answered(queues.sort((a, b) => a.name.localeCompare(b.name)))
    },
  }
}
