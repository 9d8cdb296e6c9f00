// Which roles our group has. A grant has no field for a marker: it is ours where its role and its group are.
import * as v from 'valibot'
import { answered, refused } from '../../core/errors'
import type { Keeper } from '../../core/install-ports'
import type { Platform } from '../../core/ports'
import { fetchParsed, send } from './provisioning-request'

const subjectBody = v.object({
  grants: v.nullish(
    v.array(
      v.object({
        division: v.object({ id: v.string() }),
        role: v.object({ id: v.string(), name: v.nullish(v.string(), '') }),
      }),
    ),
    [],
  ),
})
const divisionBody = v.object({ id: v.string() })

export function createGrants(platform: Platform): Keeper {
  return {
    async list(subjectId) {
      if (subjectId === null) return answered([])
      const subject = await fetchParsed(
        platform,
        { method: 'GET', path: '/api/v2/authorization/subjects/{subjectId}', pathParams: { subjectId } },
        subjectBody,
        'grants',
      )
      if (!subject.ok) return subject
      return answered(
        subject.value.grants.map(({ division, role }) => ({
          id: [subjectId, division.id, role.id].join('/'),
          name: role.name,
          note: '',
          facts: { subject: subjectId, role: role.id },
        })),
      )
    },
    async create({ facts }) {
      const home = await fetchParsed(
        platform,
        { method: 'GET', path: '/api/v2/authorization/divisions/home' },
        divisionBody,
        'home division',
      )
      if (!home.ok) return home
      return send(platform, {
        method: 'POST',
        path: '/api/v2/authorization/subjects/{subjectId}/bulkadd',
        pathParams: { subjectId: String(facts.subject) },
        query: { subjectType: 'PC_GROUP' },
        body: { grants: [{ roleId: String(facts.role), divisionId: home.value.id }] },
      })
    },
    update: () => Promise.resolve(refused({ kind: 'rejected', message: 'a grant has nothing to change' })),
    remove(id) {
      const [subjectId = '', divisionId = '', roleId = ''] = id.split('/')
      return send(platform, {
        method: 'POST',
        path: '/api/v2/authorization/subjects/{subjectId}/bulkremove',
        pathParams: { subjectId },
        body: { grants: [{ roleId, divisionId }] },
      })
    },
  }
}
