// Colleagues, and the teams, queues and groups they belong to: from the platform's users to core types.
import * as v from 'valibot'
import type { Activity } from '../../core/agent'
import { answered, refused, type Answer, type Refusal } from '../../core/errors'
import { isLoopback } from '../../core/launch'
import type { Platform, RequestSpec } from '../../core/ports'
import type { Directory, Person } from '../../core/team-ports'
import type { Circle } from '../../core/team'

const text = v.nullish(v.string())
const named = v.object({ id: v.string(), name: v.string() })
const meBody = v.object({ team: v.nullish(v.unknown()), groups: v.nullish(v.array(v.unknown())) })
const routingStatus = v.nullish(v.object({ status: text, startTime: text }))
const count = v.nullish(v.object({ active: v.nullish(v.number()) }))
const userBody = v.object({
  id: v.string(),
  name: v.string(),
  images: v.nullish(v.array(v.object({ resolution: text, imageUri: text }))),
  routingStatus,
  /** `call.contactCenter.active` and `call.enterprise.active`: how many calls there are now. */
  conversationSummary: v.nullish(
    v.object({ call: v.nullish(v.object({ contactCenter: count, enterprise: count })) }),
  ),
})
const activityBody = v.object({ id: v.string(), routingStatus })
/** A queue's member has its user's id as its own. */
const memberBody = v.object({ id: v.string() })
const page = v.object({
  entities: v.optional(v.array(v.unknown()), []),
  pageCount: v.nullish(v.number()),
  nextUri: text,
})

/** The platform gives members by the hundred at most. */
const pageSize = 100
/** More than any view can follow. */
const pageLimit = 30

function membersOf({ kind, id }: Circle): RequestSpec {
  switch (kind) {
    case 'team':
      return { method: 'GET', path: '/api/v2/teams/{teamId}/members', pathParams: { teamId: id } }
    case 'queue':
      return { method: 'GET', path: '/api/v2/routing/queues/{queueId}/members', pathParams: { queueId: id } }
    case 'group':
      return { method: 'GET', path: '/api/v2/groups/{groupId}/members', pathParams: { groupId: id } }
  }
}

export function createDirectory(platform: Platform): Directory {
  async function fetchPage(spec: RequestSpec, query: Record<string, unknown>) {
    const answer = await platform.request({ ...spec, query: { ...spec.query, ...query, pageSize } })
    if (!answer.ok) return answer
    const parsed = v.safeParse(page, answer.value.body)
    if (parsed.success) return answered(parsed.output)
    return refused({ kind: 'malformed', message: 'the platform sent no readable list of agents' })
  }

  /** Some lists name their next page by a cursor, some count their pages, some say neither: then a full page has a next one. */
  async function fetchAll(spec: RequestSpec, byCursor = false): Promise<Answer<readonly unknown[]>> {
    const entities: unknown[] = []
    let after: string | null = null
    for (let pageNumber = 1; pageNumber <= pageLimit; pageNumber += 1) {
      const query = byCursor ? (after === null ? {} : { after }) : { pageNumber }
      const answer: Answer<v.InferOutput<typeof page>> = await fetchPage(spec, query)
      if (!answer.ok) return answer
      entities.push(...answer.value.entities)
      after = cursorIn(answer.value.nextUri)
      const isLast = byCursor
        ? after === null
        : answer.value.entities.length < pageSize || pageNumber >= (answer.value.pageCount ?? pageLimit)
      if (isLast) break
    }
    return answered(entities)
  }

  async function fetchMine(): Promise<Answer<readonly Circle[]>> {
    const answer = await platform.request({
      method: 'GET',
      path: '/api/v2/users/me',
      query: { expand: ['team', 'groups'] },
    })
    if (!answer.ok) return answer
    const me = v.safeParse(meBody, answer.value.body)
    if (!me.success) return refused({ kind: 'malformed', message: 'the platform sent no readable user' })
    const { team, groups } = me.output
    return answered([...circlesOf('team', team ? [team] : []), ...circlesOf('group', groups ?? [])])
  }

  async function fetchQueues(): Promise<Answer<readonly Circle[]>> {
    const queues = await fetchAll({ method: 'GET', path: '/api/v2/routing/queues/me' })
    return queues.ok ? answered(circlesOf('queue', queues.value)) : queues
  }

  return {
    async fetchCircles() {
      const answers = await Promise.all([fetchMine(), fetchQueues()])
      const refusals = answers.flatMap((answer): Refusal[] => (answer.ok ? [] : [answer.refusal]))
      const circles = answers.flatMap((answer) => (answer.ok ? answer.value : []))
      const rank = { team: 0, queue: 1, group: 2 }
      return { circles: [...circles].sort((a, b) => rank[a.kind] - rank[b.kind]), refusals }
    },
    async fetchMembers(circle) {
      const members = await fetchAll(membersOf(circle), circle.kind === 'team')
      if (!members.ok) return members
      return answered(members.value.flatMap((member) => (v.is(memberBody, member) ? [member.id] : [])))
    },
    /** Expanded fields are given with best effort: where one is missing, nothing is known of it. */
    async fetchPeople(userIds) {
      const expand = ['routingStatus', 'conversationSummary']
      const answer = await fetchPage({ method: 'GET', path: '/api/v2/users' }, { id: userIds, expand })
      if (!answer.ok) return answer
      return answered(
        answer.value.entities.flatMap((entity) => {
          const user = v.safeParse(userBody, entity)
          return user.success ? [toPerson(user.output)] : []
        }),
      )
    },
    readActivity(body) {
      const activity = v.safeParse(activityBody, body)
      return activity.success ? toActivity(activity.output) : null
    },
  }
}

function circlesOf(kind: Circle['kind'], entities: readonly unknown[]): Circle[] {
  return entities.flatMap((entity) => {
    const read = v.safeParse(named, entity)
    return read.success ? [{ kind, ...read.output }] : []
  })
}

function toPerson(user: v.InferOutput<typeof userBody>): Person {
  const { id: userId, name } = user
  return { userId, name, pictureUrl: pictureOf(user), activity: toActivity(user) }
}

/** The smallest one that is not tiny: rows are small. */
function pictureOf({ images }: v.InferOutput<typeof userBody>): string | null {
  const sized = (images ?? []).flatMap(({ resolution, imageUri }) =>
    imageUri && isSafe(imageUri) ? [{ imageUri, size: Number(/\d+/.exec(resolution ?? '')?.[0] ?? 0) }] : [],
  )
  const [smallest] = sized.sort((a, b) => Number(a.size < 48) - Number(b.size < 48) || a.size - b.size)
  return smallest?.imageUri ?? null
}

function isSafe(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname } = new URL(url)
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))
}

const busyStatuses = new Set(['INTERACTING', 'COMMUNICATING'])

/** The count of calls says it best; the routing status also counts chats and mails, and says since when. */
function toActivity(of: {
  routingStatus?: v.InferOutput<typeof routingStatus>
  conversationSummary?: v.InferOutput<typeof userBody>['conversationSummary']
}): Activity | null {
  const call = of.conversationSummary?.call
  const status = of.routingStatus?.status ?? null
  const startMs = Date.parse(of.routingStatus?.startTime ?? '')
  const sinceMs = Number.isNaN(startMs) ? null : startMs
  if (call != null) {
    const busy = (call.contactCenter?.active ?? 0) + (call.enterprise?.active ?? 0) > 0
    return { busy, sinceMs: status !== null && busy === busyStatuses.has(status) ? sinceMs : null }
  }
  return status === null ? null : { busy: busyStatuses.has(status), sinceMs }
}

function cursorIn(nextUri: string | null | undefined): string | null {
  if (!nextUri || !URL.canParse(nextUri, 'https://any')) return null
  return new URL(nextUri, 'https://any').searchParams.get('after')
}
