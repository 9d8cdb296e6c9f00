// The headers of the built app: what `_headers` says per path, and the policy as the sandbox sends it.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { describeViolation, fitPolicy, headersFor, readHostHeaders } from '../../sandbox/edge/host-headers'

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const rules = readHostHeaders(read('public/_headers'))
const policy = headersFor(rules, '/')['content-security-policy'] ?? ''
const directives = new Map(
  policy.split(';').map((directive) => {
    const [name = '', ...sources] = directive.trim().split(' ')
    return [name, sources]
  }),
)

describe('public/_headers', () => {
  it('forbids all but what the app needs, and embedding by anybody but the desktops', () => {
    expect(directives.get('default-src')).toEqual(["'none'"])
    expect(policy).not.toMatch(/unsafe-|data:|\*/)
    for (const name of ['script-src', 'style-src', 'font-src'])
      expect(directives.get(name), name).toEqual(["'self'"])
    // Itself: in the frame of a quiet way through the login, which ends at its own page.
    const [itself, ...ancestors] = directives.get('frame-ancestors') ?? []
    expect(itself).toBe("'self'")
    expect(ancestors.length).toBeGreaterThan(0)
    expect(
      ancestors.filter((source) => !/^https:\/\/apps\.[a-z0-9.-]*(mypurecloud|pure\.?cloud)/.test(source)),
    ).toEqual([])
    expect(headersFor(rules, '/')['referrer-policy']).toBe('no-referrer')
  })

  it.each([
    ['/assets/index-abc123.js', 'public, max-age=31536000, immutable'],
    ['/config.json', 'no-cache'],
    ['/', 'no-cache'],
    ['/index.html', 'no-cache'],
  ])('says how long %s is kept', (path, caching) => {
    expect(headersFor(rules, path)['cache-control']).toBe(caching)
    expect(headersFor(rules, path)['content-security-policy']).toBe(policy)
  })
})

describe('the same on this machine', () => {
  it('differs by the sandbox and the report alone', () => {
    const origin = 'http://localhost:4680'
    const fitted = fitPolicy(policy, origin)
    const without = fitted.replaceAll(` ${origin}`, '').replaceAll(' ws://localhost:4680', '')
    const own = policy.replace(/frame-ancestors .*/, "frame-ancestors 'self'")
    expect(without).toBe(`${own}; report-uri /csp-violation`)
    expect(fitted).toContain(`frame-ancestors 'self' ${origin};`)
  })

  it('tells a violation in one line, and keeps a report that it cannot read', () => {
    const said = {
      'effective-directive': 'style-src-attr',
      'blocked-uri': 'inline',
      'document-uri': 'http://a/',
    }
    expect(describeViolation(JSON.stringify({ 'csp-report': said }))).toBe(
      'style-src-attr forbids inline on http://a/',
    )
    expect(describeViolation('no json')).toBe('no json')
  })

  it('refuses a file that is no list of headers', () => {
    expect(() => readHostHeaders('/*\n  what is this')).toThrow('no header')
  })
})

/** Name and value of each header in the examples of the handbook, by the fence's language. */
function example(language: string): string {
  return new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(read('docs/operating.md'))?.[1] ?? ''
}

describe('the examples in docs/operating.md', () => {
  const narrowed = /connect-src|media-src|frame-src|frame-ancestors|img-src/
  const kept = policy.split('; ').filter((directive) => !narrowed.test(directive))

  it.each(['nginx', 'js'])('for %s send the same headers, narrowed to one region', (language) => {
    const text = example(language)
    for (const directive of kept) expect(text, directive).toContain(directive)
    for (const name of ['connect-src', 'media-src', 'frame-src', 'frame-ancestors'])
      expect(text).toContain(name)
    expect(text).not.toMatch(/unsafe-/)
    for (const name of ['referrer-policy', 'x-content-type-options', 'permissions-policy']) {
      expect(text.toLowerCase()).toContain(name)
      expect(text).toContain(headersFor(rules, '/')[name])
    }
    expect(text).toContain('max-age=31536000')
    expect(text).toContain('no-cache')
  })
})
