// Integration instances. The marker stands in `notes` of the configuration, and until that is written in the name: a
// creation takes nothing but name and type (Models.CreateIntegrationRequest).
import * as v from 'valibot'
import type { Facts } from '../../core/desired'
import { answered } from '../../core/errors'
import { birthName, markedKey } from '../../core/install-marker'
import type { Change } from '../../core/install-plan'
import type { Found } from '../../core/install-found'
import type { Keeper } from '../../core/install-ports'
import type { Platform } from '../../core/ports'
import { fetchAllPages } from './pages'
import {
  changeOf,
  completed,
  fetchParsed,
  names,
  readable,
  send,
  withAdded,
  words,
} from './provisioning-request'

const anything = v.nullish(v.record(v.string(), v.unknown()), {})
const configBody = v.object({
  id: v.optional(v.string()),
  name: words,
  version: v.number(),
  properties: anything,
  advanced: anything,
  notes: words,
  credentials: anything,
})
type Config = v.InferOutput<typeof configBody>
const integrationBody = v.object({
  id: v.string(),
  name: words,
  notes: words,
  intendedState: v.string(),
  integrationType: v.object({ id: v.string() }),
  config: v.optional(v.object({ current: v.optional(configBody) })),
})

type Integration = v.InferOutput<typeof integrationBody>

const path = '/api/v2/integrations'
const onePath = '/api/v2/integrations/{integrationId}'
const configPath = '/api/v2/integrations/{integrationId}/config/current'
/** Facts that are lists in the configuration's properties. */
const lists = ['groups', 'groupFilter']
const notProperties = ['name', 'hooks', 'enabled', 'typeId']

export function createIntegrations(platform: Platform): Keeper {
  const fetchConfig = (integrationId: string) =>
    fetchParsed(
      platform,
      { method: 'GET', path: configPath, pathParams: { integrationId } },
      configBody,
      'configuration',
    )
  const switchTo = (integrationId: string, intendedState: 'ENABLED' | 'DISABLED') =>
    send(platform, { method: 'PATCH', path: onePath, pathParams: { integrationId }, body: { intendedState } })

  return {
    async list() {
      const spec = { method: 'GET', path, query: { expand: 'config.current' } } as const
      const answer = await fetchAllPages(platform, spec, 'the platform sent no readable integrations')
      if (!answer.ok) return answer
      const all = await completed(
        readable(integrationBody, answer.value),
        (one) => one.config?.current !== undefined || markedKey(one.notes || one.name) === null,
        async (one) => {
          const read = await fetchConfig(one.id)
          return read.ok ? answered({ ...one, config: { current: read.value } }) : read
        },
      )
      return all.ok ? answered(all.value.map(foundOf)) : all
    },
    create({ name, note, facts }) {
      const body = {
        name: birthName(name, markedKey(note) ?? ''),
        integrationType: { id: String(facts.typeId) },
      }
      return send(platform, { method: 'POST', path, body })
    },
    async update(integrationId, { name, note, changes }) {
      if (changes.some(({ fact }) => fact !== 'enabled')) {
        const config = await fetchConfig(integrationId)
        if (!config.ok) return config
        const { notes, ...current } = config.value
        const body = {
          ...current,
          name: changeOf(changes, 'name') ? name : current.name,
          notes: markedKey(notes) === null ? note : notes,
          properties: propertiesWith(current.properties, changes),
          advanced: advancedWith(current.advanced, changes),
        }
        const written = await send(platform, {
          method: 'PUT',
          path: configPath,
          pathParams: { integrationId },
          body,
        })
        if (!written.ok) return written
      }
      return changeOf(changes, 'enabled') ? switchTo(integrationId, 'ENABLED') : answered(undefined)
    },
    /** First off, then away: so it never vanishes under an agent who is just opening it. */
    async remove(integrationId) {
      const off = await switchTo(integrationId, 'DISABLED')
      if (!off.ok) return off
      return send(platform, { method: 'DELETE', path: onePath, pathParams: { integrationId } })
    },
  }
}

function foundOf({ id, name, notes, intendedState, integrationType, config }: Integration): Found {
  const current = config?.current
  const enabled = intendedState === 'ENABLED'
  const facts = { ...factsOf(current), typeId: integrationType.id, enabled }
  return { id, name, note: current?.notes || notes || name, facts }
}

function factsOf(config: Config | undefined): Facts {
  const facts: Record<string, string | readonly string[]> = {}
  for (const [name, value] of Object.entries(config?.properties ?? {})) {
    if (typeof value === 'string') facts[name] = value
    else if (v.is(v.array(v.string()), value)) facts[name] = value
  }
  const hooks = Object.entries(hooksOf(config?.advanced ?? {}))
  return { ...facts, hooks: hooks.flatMap(([name, isOn]) => (isOn === true ? name : [])) }
}

const hooksBody = v.object({ lifecycle: v.object({ hooks: v.record(v.string(), v.unknown()) }) })

function hooksOf(advanced: Config['advanced']): Record<string, unknown> {
  const parsed = v.safeParse(hooksBody, advanced)
  return parsed.success ? parsed.output.lifecycle.hooks : {}
}

function propertiesWith(properties: Config['properties'], changes: readonly Change[]): Config['properties'] {
  const next = { ...properties }
  for (const { fact, to } of changes) {
    if (notProperties.includes(fact)) continue
    const present = v.safeParse(names, properties[fact])
    next[fact] = lists.includes(fact)
      ? withAdded(present.success ? (present.output ?? []) : [], changes, fact)
      : to
  }
  return next
}

function advancedWith(advanced: Config['advanced'], changes: readonly Change[]): Config['advanced'] {
  const added = withAdded([], changes, 'hooks')
  if (added.length === 0) return advanced
  const on = Object.fromEntries(added.map((name) => [name, true]))
  const lifecycle = v.safeParse(anything, advanced.lifecycle)
  const kept = lifecycle.success ? lifecycle.output : {}
  return { ...advanced, lifecycle: { ...kept, hooks: { ...hooksOf(advanced), ...on } } }
}
