// config.json: its defaults, and a complaint an admin can act on for each way it can be wrong.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backends } from '../../../src/adapters/playback/backends'
import { readConfig } from '../../../src/core/config'

const good = {
  api: { gateway: 'http://localhost:4680' },
  oauth: { clientId: 'c1d2-3', grant: 'implicit' },
  cdn: { base: 'https://cdn.example/prompts/' },
}
const read = (change: object) => readConfig(JSON.stringify({ ...good, ...change }), Object.keys(backends))
const complaintsOf = (change: object) => {
  const reading = read(change)
  return reading.ok ? [] : reading.complaints
}

describe('readConfig', () => {
  it('fills in every default', () => {
    const reading = readConfig(
      JSON.stringify({ oauth: { clientId: 'abc' }, cdn: { base: 'https://cdn.example' } }),
    )
    expect(reading).toEqual({
      ok: true,
      config: {
        api: {},
        oauth: { clientId: 'abc', grant: 'implicit' },
        cdn: { base: 'https://cdn.example' },
        catalogue: 'catalogue.json',
        backend: 'media-api',
        attributes: { language: 'language', tier: 'service_tier' },
        defaults: { language: 'en', tier: 'standard' },
        tiers: ['standard', 'premium'],
        volume: 1,
        asset: { maxBytes: 5_000_000, timeoutMs: 8_000 },
        secureFlow: { flowId: null, pollEveryMs: 2_000 },
        architect: { read: false, prefix: 'cueline_' },
        dataTableId: null,
        announcementLeg: { addresses: {}, pattern: null },
        telemetry: null,
        licence: null,
        guards: {
          'wrap-up': 'block',
          monitored: 'ask',
          recording: 'block',
          consent: 'ask',
          expired: 'block',
          'still-open': 'ask',
        },
        deadlines: { answerMs: 16_000, startMs: 10_000, endMs: 5_000 },
      },
    })
  })

  it('takes http on the loopback, drops closing slashes, and ignores fields it does not know', () => {
    const reading = read({ future: { x: 1 } })
    expect(reading.ok && reading.config.api.gateway).toBe('http://localhost:4680')
    expect(reading.ok && reading.config.cdn.base).toBe('https://cdn.example/prompts')
    expect(reading.ok && 'future' in reading.config).toBe(false)
  })

  it.each([
    ['cdn.base', { cdn: { base: 'http://cdn.example' } }],
    ['telemetry.url', { telemetry: { url: 'http://otel.example/v1/metrics' } }],
    ['telemetry.url', { telemetry: { url: 'https://user:secret@otel.example/v1/metrics' } }],
    ['telemetry.url', { telemetry: {} }],
    ['telemetry.everyMs', { telemetry: { url: 'https://otel.example/v1/metrics', everyMs: 10 } }],
    ['cdn.base', { cdn: { base: 'cdn.example' } }],
    ['cdn.base', { cdn: { base: 'https://cdn.example/?a=b' } }],
    ['cdn.base', { cdn: { base: 'https://cdn.example/?' } }],
    ['cdn.base', { cdn: { base: 'https://cdn.example/#' } }],
    ['cdn.base', { cdn: { base: 'https://cdn.example/#x' } }],
    ['cdn.base', { cdn: { base: 'https://me:secret@cdn.example' } }],
    ['cdn.base', { cdn: { base: 'javascript:alert(1)' } }],
    ['cdn.base', { cdn: { base: 7 } }],
    ['api', { api: 'https://api.example' }],
    ['api.gateway', { api: { gateway: 'ftp://x' } }],
    ['api.environment', { api: { environment: 'https://mypurecloud.de' } }],
    ['api.environment', { api: { environment: 5 } }],
    ['oauth.clientId', { oauth: { clientId: '' } }],
    ['oauth.clientId', { oauth: { clientId: 'a b' } }],
    ['licence', { licence: 'cueline' }],
    ['licence', { licence: 'integration:cueline:view:all' }],
    ['oauth.grant', { oauth: { clientId: 'abc', grant: 'password' } }],
    ['catalogue', { catalogue: '../secret.json' }],
    ['catalogue', { catalogue: 'https://evil.example/c.json' }],
    ['catalogue', { catalogue: [] }],
    ['backend', { backend: 'tutorial' }],
    ['attributes.language', { attributes: { language: 'a/b' } }],
    ['attributes.tier', { attributes: { tier: 5 } }],
    ['defaults.language', { defaults: { language: '../..' } }],
    ['defaults.language', { defaults: { language: null } }],
    ['defaults.tier', { defaults: { tier: 'Gold!' } }],
    ['defaults.tier', { defaults: { tier: 'gold' } }],
    ['tiers', { tiers: [] }],
    ['tiers', { tiers: 'standard' }],
    ['tiers.1', { tiers: ['standard', 'no/slash'] }],
    ['volume', { volume: 1.5 }],
    ['volume', { volume: -0.1 }],
    ['volume', { volume: 'loud' }],
    ['asset.maxBytes', { asset: { maxBytes: 0 } }],
    ['asset.maxBytes', { asset: { maxBytes: '5 MB' } }],
    ['asset.timeoutMs', { asset: { timeoutMs: 0 } }],
    ['asset.timeoutMs', { asset: { timeoutMs: 1.5 } }],
    ['deadlines.answerMs', { deadlines: { answerMs: 600_001 } }],
    ['deadlines.startMs', { deadlines: { startMs: '10' } }],
  ])('complains of %s in %j in words that follow "it"', (field, change) => {
    const complaints = complaintsOf(change)
    expect(complaints[0]?.field).toBe(field)
    for (const { rule } of complaints) expect(rule).toMatch(/^(must|is required)/)
  })

  it.each(['oauth', 'cdn'])('says that %s is required where it is absent', (field) => {
    const { [field as 'cdn']: _left, ...rest } = good
    expect(readConfig(JSON.stringify(rest))).toEqual({
      ok: false,
      complaints: [{ field, value: 'nothing', rule: 'is required' }],
    })
  })

  it('names a missing field within a section', () => {
    expect(complaintsOf({ oauth: {} })).toEqual([
      { field: 'oauth.clientId', value: 'nothing', rule: 'is required' },
    ])
  })

  it('names all that is wrong at once, and shortens what stands there', () => {
    const complaints = complaintsOf({ volume: 2, cdn: { base: 'x'.repeat(500) } })
    expect(complaints.map((c) => c.field)).toEqual(['cdn.base', 'volume'])
    expect(complaints[0]?.value.length).toBeLessThanOrEqual(60)
  })

  it('complains of a file that is not JSON, or no object', () => {
    expect(readConfig('<!doctype html>')).toMatchObject({ ok: false, complaints: [{ field: '(file)' }] })
    expect(readConfig('[]').ok).toBe(false)
    expect(readConfig('null')).toMatchObject({ ok: false, complaints: [{ field: '(file)' }] })
  })

  it('never throws, whatever the file holds', () => {
    const anyText = fc.oneof(fc.json(), fc.string())
    fc.assert(
      fc.property(anyText, (text) => {
        expect(readConfig(text).ok).toBe(false)
      }),
    )
  })
})
