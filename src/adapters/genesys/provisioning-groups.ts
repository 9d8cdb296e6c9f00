// Groups and their members: the group's marker stands in `description` (Models.Group).
import * as v from 'valibot'
import { answered, type Answer } from '../../core/errors'
import type { Keeper, Wish } from '../../core/install-ports'
import type { Platform } from '../../core/ports'
import { fetchAllPages } from './pages'
import { changeOf, fetchParsed, listOf, readable, send, words } from './provisioning-request'

const path = '/api/v2/groups'
const groupBody = v.object({
  id: v.string(),
  name: v.string(),
  description: words,
  version: v.number(),
  state: v.optional(v.string()),
  rulesVisible: v.boolean(),
  visibility: v.string(),
  rolesEnabled: v.nullish(v.boolean(), false),
})
const memberBody = v.object({ id: v.string() })

const fetchGroup = (platform: Platform, groupId: string) =>
  fetchParsed(
    platform,
    { method: 'GET', path: '/api/v2/groups/{groupId}', pathParams: { groupId } },
    groupBody,
    'group',
  )

export function createGroups(platform: Platform): Keeper {
  return {
    async list() {
      const answer = await fetchAllPages(
        platform,
        { method: 'GET', path },
        'the platform sent no readable groups',
      )
      if (!answer.ok) return answer
      return answered(
        readable(groupBody, answer.value).map(({ id, name, description, rolesEnabled }) => ({
          id,
          name,
          note: description,
          facts: { rolesEnabled },
        })),
      )
    },
    create({ name, note, facts: { type, visibility, rulesVisible, rolesEnabled } }) {
      const body = { name, description: note, type, visibility, rulesVisible, rolesEnabled }
      return send(platform, { method: 'POST', path, body })
    },
    async update(groupId, { changes }) {
      const group = await fetchGroup(platform, groupId)
      if (!group.ok) return group
      const { id: _id, ...current } = group.value
      const rolesEnabled = changeOf(changes, 'rolesEnabled')?.to ?? current.rolesEnabled
      return send(platform, {
        method: 'PUT',
        path: '/api/v2/groups/{groupId}',
        pathParams: { groupId },
        body: { ...current, rolesEnabled },
      })
    },
    remove: (groupId) =>
      send(platform, { method: 'DELETE', path: '/api/v2/groups/{groupId}', pathParams: { groupId } }),
  }
}

export function createMembers(platform: Platform): Keeper {
  /** The platform adds only to the group's current version. */
  async function add(groupId: string | null, { changes, facts }: Wish): Promise<Answer<void>> {
    const group = await fetchGroup(platform, groupId ?? '')
    if (!group.ok) return group
    return send(platform, {
      method: 'POST',
      path: '/api/v2/groups/{groupId}/members',
      pathParams: { groupId: group.value.id },
      body: {
        memberIds: listOf(changeOf(changes, 'members')?.to ?? facts.members),
        version: group.value.version,
      },
    })
  }
  return {
    async list(groupId) {
      if (groupId === null) return answered([])
      const answer = await fetchAllPages(
        platform,
        { method: 'GET', path: '/api/v2/groups/{groupId}/members', pathParams: { groupId } },
        'the platform sent no readable members',
      )
      if (!answer.ok) return answer
      const members = readable(memberBody, answer.value).map(({ id }) => id)
      return answered([{ id: groupId, name: '', note: '', facts: { members } }])
    },
    create: (wish) => add(wish.groupId, wish),
    update: (groupId, wish) => add(groupId, wish),
    /** They go with their group. */
    remove: () => Promise.resolve(answered(undefined)),
  }
}
