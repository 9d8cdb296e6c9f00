// The manifest: each file keeps to its schema, to the vendor's limits, to the SDK's models, and to what the app asks for.
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { readConfig } from '../../src/core/config'
import type { BackendName } from '../../src/core/backend-names'
import { desiredState, kinds, launchUrl, usualChoices, type InstallChoices } from '../../src/core/desired'
import { markedKey } from '../../src/core/install-marker'
import { readLaunch } from '../../src/core/launch'
import { scopesFor } from '../../src/core/scopes'
import { adminId, findPerson } from '../../sandbox/org/people'
import desired from '../../manifest/desired.json'
import integrations from '../../manifest/integrations.json'
import listing from '../../manifest/listing.json'
import permissions from '../../manifest/permissions.json'
import scopes from '../../manifest/scopes.json'
import { complaintsOf, schemaOfModel } from '../support/sdk-schemas'

const folder = new URL('../../manifest/', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, folder), 'utf8')
const files = readdirSync(folder).filter((name) => name.endsWith('.json'))

describe('each file', () => {
  it('is here', () => {
    expect(files.sort()).toEqual([
      'desired.json',
      'integrations.json',
      'listing.json',
      'permissions.json',
      'scopes.json',
    ])
  })

  it.each(files)('%s keeps to its schema, and the schema refuses a field that it does not know', (file) => {
    const content = JSON.parse(read(file)) as { $schema: string }
    const ajv = new Ajv({ allErrors: true, allowUnionTypes: true })
    const validate = ajv.compile<unknown>(JSON.parse(read(content.$schema)) as object)
    expect(validate(content) ? [] : validate.errors).toEqual([])
    expect(validate({ ...content, sparkle: true })).toBe(false)
  })
})

describe('scopes', () => {
  const configOf = (backend: BackendName, dataTableId: string | null) => ({
    backend,
    dataTableId,
    architect: { read: backend === 'secure-flow' },
  })
  const choicesOf = (backend: BackendName, dataTable: boolean): InstallChoices => ({
    ...usualChoices,
    appUrl: 'https://cueline.example.org/',
    memberIds: [],
    backend,
    dataTable,
  })
  const scopesOf = (choices: InstallChoices): readonly string[] => {
    const client = desiredState(choices).find(({ kind }) => kind === 'client')
    return client?.facts.scopes?.value as readonly string[]
  }

  it.each([
    ['media-api', false],
    ['secure-flow', false],
    ['announcement-leg', true],
  ] as const)('of a client for %s cover all that the panel checks for', (backend, dataTable) => {
    const granted = scopesOf(choicesOf(backend, dataTable))
    for (const { scope } of scopesFor(configOf(backend, dataTable ? 'table' : null)))
      expect(granted.some((has) => has === scope || `${has}:readonly` === scope)).toBe(true)
  })

  it('are asked for only where they are used', () => {
    expect(scopesOf(choicesOf('media-api', false))).not.toContain('architect:readonly')
    expect(scopesOf(choicesOf('media-api', true))).toContain('architect:readonly')
  })

  it('of the setup are those of every step', () => {
    const needed = new Set(kinds.map((kind) => permissions.admin[kind].scope))
    expect(scopes.setup.map(({ scope }) => scope)).toEqual(expect.arrayContaining([...needed]))
  })
})

describe('integrations', () => {
  it('fill the address with exactly the parameters that the app reads', () => {
    const url = launchUrl('https://cueline.example.org/app/')
    expect(url).toMatch(/^https:\/\/cueline\.example\.org\/app\/\?/)
    const filled = url
      .replace('{{gcConversationId}}', 'call-1')
      .replace('{{gcHostOrigin}}', encodeURIComponent('https://apps.mypurecloud.de'))
      .replace('{{gcTargetEnv}}', 'mypurecloud.de')
      .replace('{{gcLangTag}}', 'de-de')
      .replace('{{gcUsePopupAuth}}', 'true')
    expect(readLaunch(filled.slice(filled.indexOf('?')))).toMatchObject({
      context: {
        conversationId: 'call-1',
        hostOrigin: 'https://apps.mypurecloud.de',
        targetEnv: 'mypurecloud.de',
        languageTag: 'de-de',
        usePopupAuth: true,
      },
      missing: [],
    })
  })

  it('are IntegrationTypes and IntegrationConfigurations of the SDK', () => {
    for (const { name, types, properties } of Object.values(integrations.instances)) {
      for (const id of Object.values(types))
        expect(complaintsOf(schemaOfModel('IntegrationType'), { id })).toEqual([])
      const hooks = Object.fromEntries(integrations.hooks.map((hook) => [hook, true]))
      const configuration = {
        name,
        version: 1,
        properties: { ...properties, url: launchUrl('https://cueline.example.org/') },
        advanced: { lifecycle: { hooks } },
        notes: '',
        credentials: {},
      }
      expect(complaintsOf(schemaOfModel('IntegrationConfiguration'), configuration)).toEqual([])
    }
  })

  it('ask the frame for nothing that it does not need', () => {
    expect(integrations.permissions).toEqual([])
    expect(integrations.sandbox).not.toContain('allow-top-navigation')
  })
})

describe('desired state', () => {
  const all = desiredState({
    ...usualChoices,
    appUrl: 'https://cueline.example.org/',
    memberIds: ['u'],
    instances: ['widget', 'app'],
  })

  it('marks each thing with its own key, and needs only what comes before it', () => {
    const seen = new Set<string>()
    for (const { key, kind, note, needs } of all) {
      expect([...seen]).toEqual(expect.arrayContaining([...needs]))
      if (kind !== 'grant' && kind !== 'members') expect(markedKey(note)).toBe(key)
      expect(note.length).toBeLessThan(256)
      seen.add(key)
    }
  })

  it('has the data table that the panel reads', () => {
    expect(desired.table.columns.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['key', 'prompt', 'language', 'title', 'version', 'text', 'durationMs']),
    )
  })

  it('publishes the flow under a new version whenever its file changes', () => {
    const digest = createHash('sha256').update(read(desired.flow.file)).digest('hex')
    // The version stands in the marker: raise it together with this digest, else no organisation gets the new file.
    expect(desired.flow.sha256).toBe(digest)
    expect(read(desired.flow.file)).toMatch(new RegExp(`^ {2}name: ${desired.flow.name}$`, 'm'))
  })

  it('names no permission that an admin of the sandbox could not have', () => {
    const named = Object.values(permissions.admin).flatMap(({ read: r, create, update, remove }) => [
      ...r,
      ...create,
      ...update,
      ...remove,
    ])
    expect(findPerson(adminId)?.permissions).toEqual(expect.arrayContaining(named))
  })

  it('comes to a configuration that the app accepts', () => {
    const text = JSON.stringify({
      oauth: { clientId: 'c', grant: 'pkce' },
      cdn: { base: 'https://cdn.example' },
    })
    expect(readConfig(text).ok).toBe(true)
  })
})

describe('listing', () => {
  it('keeps to the limits of the AppFoundry', () => {
    expect(listing.name.length).toBeLessThanOrEqual(20)
    expect(listing.tagLine.length).toBeLessThanOrEqual(100)
    expect(listing.shortDescription.length).toBeLessThanOrEqual(250)
    expect(listing.appDescription.length).toBeLessThanOrEqual(75)
    expect(listing.appDescription).toMatch(/^Plays? /)
  })

  it('has an icon of 96 by 96 that loads nothing and bears nobody’s logo', () => {
    const icon = read(listing.icon)
    expect(icon).toMatch(/^<svg [^>]*width="96" height="96" viewBox="0 0 96 96"/)
    expect(icon).not.toMatch(/href|url\(|<script|<image|<text|genesys/i)
  })

  it('names the types and the permission that the setup uses', () => {
    expect(listing.productTypes).toEqual({
      app: integrations.instances.app.types.premium,
      widget: integrations.instances.widget.types.premium,
    })
    expect(listing.permission).toBe(integrations.licences.premium)
  })
})
