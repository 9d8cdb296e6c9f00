// Which scopes each way of playing needs, and what is said where a token lacks one.
import { describe, expect, it } from 'vitest'
import { backends } from '../../../src/adapters/playback/backends'
import { readConfig, type Config } from '../../../src/core/config'
import { describeMissingScope } from '../../../src/core/scope-words'
import { missingScopes, scopesFor } from '../../../src/core/scopes'

function config(changes: Record<string, unknown> = {}): Config {
  const reading = readConfig(
    JSON.stringify({
      oauth: { clientId: 'c' },
      cdn: { base: 'https://cdn.example.org' },
      secureFlow: { flowId: 'f' },
      announcementLeg: { pattern: 'sip:{key}@example.org' },
      ...changes,
    }),
  )
  if (!reading.ok) throw new Error(JSON.stringify(reading.complaints))
  return reading.config
}

const names = (changes: Record<string, unknown>, granted: readonly string[] | null) =>
  missingScopes(scopesFor(config(changes)), granted).map(({ scope }) => scope)

const enough = ['user-basic-info', 'conversations', 'notifications']

describe.each(Object.keys(backends))('the backend %s', (backend) => {
  it.each([
    ['all that it needs', enough, []],
    ['more than it needs', [...enough, 'routing', 'architect'], []],
    [
      'only reading of conversations',
      ['user-basic-info', 'conversations:readonly', 'notifications'],
      ['conversations'],
    ],
    [
      'only reading of notifications',
      ['user-basic-info', 'conversations', 'notifications:readonly'],
      ['notifications'],
    ],
    ['nothing but the name', ['user-basic-info'], ['notifications', 'conversations']],
    ['nothing', [], ['user-basic-info', 'notifications', 'conversations']],
    [
      'a scope that only begins alike',
      ['user-basic-info', 'conversationsX', 'notifications'],
      ['conversations'],
    ],
    ['what the platform did not say', null, []],
  ] as const)('with %s', (_, granted, wanted) => {
    expect(names({ backend }, granted)).toEqual(wanted)
  })

  it('needs Architect only where something is read from there', () => {
    expect(names({ backend, architect: { read: true } }, enough)).toEqual(['architect:readonly'])
    expect(names({ backend, dataTableId: 't' }, enough)).toEqual(['architect:readonly'])
    expect(names({ backend, architect: { read: true } }, [...enough, 'architect'])).toEqual([])
    expect(names({ backend, architect: { read: true } }, [...enough, 'architect:readonly'])).toEqual([])
  })
})

describe('the words', () => {
  it('name the scope, all that does not work without it, and who can add it', () => {
    const [missing] = missingScopes(scopesFor(config()), ['user-basic-info', 'notifications'])
    expect(missing && describeMissingScope(missing)).toBe(
      'The scope "conversations" is missing: without it, your calls cannot be read; prompts cannot be played, and records cannot be written to the call. An admin can add it to Cueline\'s OAuth client; then sign in again.',
    )
  })

  it('name every source that Architect holds', () => {
    const needs = scopesFor(config({ architect: { read: true }, dataTableId: 't' }))
    expect(missingScopes(needs, enough)[0]?.without).toBe(
      "Architect's prompts and the data table cannot be read",
    )
  })
})
