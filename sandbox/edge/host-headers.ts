// The response headers of the built app as its static host sends them: read from its own `_headers`, fitted to this machine.
interface HeaderRule {
  /** A path, with `*` at its end for all that lies below. */
  readonly pattern: string
  readonly headers: Readonly<Record<string, string>>
}

export type HostHeaders = readonly HeaderRule[]

/** Where the browser says what the policy forbade. Answered by the host of the built app. */
export const violationPath = '/csp-violation'

/** The format of Netlify and Cloudflare Pages: a path per line, its headers indented below it, `#` for remarks. */
export function readHostHeaders(text: string): HostHeaders {
  const rules: { pattern: string; headers: Record<string, string> }[] = []
  for (const line of text.split('\n')) {
    if (line.trim() === '' || line.startsWith('#')) continue
    if (!/^\s/.test(line)) {
      rules.push({ pattern: line.trim(), headers: {} })
      continue
    }
    const [, name, value] = /^\s+([A-Za-z-]+):\s*(.+)$/.exec(line) ?? []
    const rule = rules.at(-1)
    if (!rule || !name || !value) throw new Error(`_headers has a line that is no header: "${line}"`)
    rule.headers[name.toLowerCase()] = value.trim()
  }
  return rules
}

/** All rules that fit, later ones over earlier ones. */
export function headersFor(rules: HostHeaders, path: string): Record<string, string> {
  const fits = ({ pattern }: HeaderRule): boolean =>
    pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern
  return Object.assign({}, ...rules.filter(fits).map(({ headers }) => headers)) as Record<string, string>
}

/**
 * The policy on this machine: the desktop of the sandbox may embed the app in place of the vendor's, and the sandbox
 * stands, without TLS, for API, login, CDN and sockets. Nothing else is added, and what is forbidden is told.
 */
export function fitPolicy(policy: string, sandboxOrigin: string): string {
  const directives = policy.split(';').map((directive) => directive.trim().split(/\s+/))
  const own: Readonly<Record<string, readonly string[]>> = {
    'connect-src': [sandboxOrigin, sandboxOrigin.replace(/^http/, 'ws')],
    'frame-src': [sandboxOrigin],
    'media-src': [sandboxOrigin],
    'img-src': [sandboxOrigin],
  }
  const fitted = directives.map(([name = '', ...sources]) =>
    name === 'frame-ancestors' ? [name, "'self'", sandboxOrigin] : [name, ...sources, ...(own[name] ?? [])],
  )
  return [...fitted, ['report-uri', violationPath]].map((words) => words.join(' ')).join('; ')
}

/** What the browser's report says, in one line. */
export function describeViolation(report: string): string {
  try {
    const { 'csp-report': said } = JSON.parse(report) as { 'csp-report'?: Record<string, unknown> }
    const of = (name: string): string => String(said?.[name] ?? '?')
    const place = said?.['source-file'] ? ` by ${of('source-file')}:${of('line-number')}` : ''
    return `${of('effective-directive')} forbids ${of('blocked-uri')} on ${of('document-uri')}${place}`
  } catch {
    // A report that is no JSON is a report still.
    return report
  }
}
