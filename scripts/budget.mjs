// Measures what a browser has to load from dist/, in gzip bytes, against the limits; and looks for sandbox code in it.
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join, posix } from 'node:path'
import { gzipSync } from 'node:zlib'
import { root } from './run-tool.mjs'

const dist = join(root, 'dist')
/** In gzip bytes, see docs/decisions/0012. The target of `usableBytes` is 64 kB, of `panelBytes` 100 kB; `defaultBytes` is what of it an unchanged configuration asks for. */
const limits = { startBytes: 11_900, usableBytes: 79_000, panelBytes: 110_200, defaultBytes: 100_000 }

const backendDoor = /(^|\/)(flow-backend|announcement-leg)-[\w-]+\.js$/

/**
 * Each chunk that the page reaches counts as one that the first click needs, unless it is reached through one of these doors
 * alone. A door to another view (src/main-team.ts and its like) is no part of the panel; the records are, from the first
 * screen on; the collector's code is loaded only where config.json names one.
 */
const doors = [
  { when: 'language', file: /(^|\/)text-[\w-]+\.js$/ },
  { when: 'other view', file: /(^|\/)main-(?!records-|panel-|settings-|preview-)[a-z]+-[\w-]+\.js$/ },
  { when: 'collector', file: /(^|\/)telemetry-[\w-]+\.js$/ },
  // From the first screen on, or when the agent asks for it.
  {
    when: 'later',
    file: /(^|\/)(main-(records|settings|preview)|panel-parts)-[\w-]+\.js$/,
  },
  // The code grant, a data table, Architect's prompts: waited for where config.json asks for them.
  { when: 'configured', file: /(^|\/)(pkce|catalogues)-[\w-]+\.js$/ },
  // A panel has one backend: of these two it loads one at most, where config.json names it.
  { when: 'backend', file: backendDoor },
]

/** What fetches them: loaded where one of them is spoken. */
const textFetcher = /(^|\/)text-panel-[\w-]+\.js$/
/** Sentences of the panel in another language than English. A panel loads one language at most: counted apart, in no limit. */
const textDoor = /(^|\/)text-([a-zA-Z-]+?)-panel-[\w-]+\.js$/

/** Strings that only the sandbox's files contain. The app reaches the sandbox through its configuration alone. */
const sandboxMarks = ['/sandbox/state', '/sandbox/desktop', '/sandbox/calls', 'startSandbox', 'phone.play']

const staticImport = /(?:import|export)(?:[\w$*{}\s,]+from)?\s*["']([^"']+\.js)["']/g
const dynamicImport = /\bimport\(\s*["'`]([^"'`]+\.js)["'`]\s*\)/g

/** These files, and all that they lead to by such imports. */
function findReached(files, imports, isClosed = () => false) {
  const found = new Set()
  const visit = (file) => {
    if (found.has(file) || isClosed(file)) return
    found.add(file)
    const text = readFileSync(join(dist, file), 'utf8')
    for (const pattern of imports)
      for (const [, name] of text.matchAll(pattern)) visit(posix.join(posix.dirname(file), name))
  }
  files.forEach(visit)
  return found
}

/** The scripts that the page's head names, by what they are there for: run at once, or on their way early. */
function findNamed(isWanted) {
  const html = readFileSync(join(dist, 'index.html'), 'utf8')
  const tags = html.match(/<(?:script|link)\b[^>]*>/g) ?? []
  return tags
    .filter(isWanted)
    .flatMap((tag) => /\b(?:src|href)="([^"]+\.js)"/.exec(tag)?.[1] ?? [])
    .map((name) => posix.normalize(name))
}

/** @returns {{ file: string, text: string, gzipBytes: number }[]} */
function readFiles() {
  return readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name)
      const bytes = readFileSync(path)
      const file = path.slice(dist.length + 1).replaceAll('\\', '/')
      return { file, text: bytes.toString('latin1'), gzipBytes: gzipSync(bytes, { level: 9 }).length }
    })
}

/** Gzip bytes of the JavaScript in dist/, and where it is loaded. */
export function measureDist() {
  if (!existsSync(join(dist, 'index.html')))
    throw new Error('dist/index.html is missing: run `npm run build` first')
  const both = [staticImport, dynamicImport]
  const files = readFiles()
  const names = files.map(({ file }) => file)
  const start = findReached(
    findNamed((tag) => tag.startsWith('<script')),
    [staticImport],
  )
  const early = findNamed((tag) => /\brel="(module)?preload"/.test(tag))
  const isDoor = (file) => doors.some((door) => door.file.test(file))
  const usable = findReached([...start, ...early], both, isDoor)
  /** Each door in turn: what has no place yet and is reached through it, up to the next door. */
  const places = new Map([...usable].map((file) => [file, start.has(file) ? 'start' : 'usable']))
  for (const { when, file: door } of [...doors].reverse())
    for (const name of names.filter((name) => door.test(name)))
      for (const file of findReached([name], both, (other) => other !== name && isDoor(other)))
        if (!places.has(file)) places.set(file, when)
  const scripts = files
    .filter(({ file }) => file.endsWith('.js'))
    .map(({ file, gzipBytes }) => ({ file, gzipBytes, when: places.get(file) ?? 'other view' }))
    .sort((a, b) => a.when.localeCompare(b.when) || b.gzipBytes - a.gzipBytes)
  const sum = (...wanted) =>
    scripts.reduce((bytes, { when, gzipBytes }) => bytes + (wanted.includes(when) ? gzipBytes : 0), 0)
  const largestOf = (name) =>
    Math.max(0, ...scripts.map(({ file, gzipBytes }) => (name.test(file) ? gzipBytes : 0)))
  const sandboxFiles = files.filter(({ text }) => sandboxMarks.some((mark) => text.includes(mark)))
  return {
    scripts,
    startBytes: sum('start'),
    usableBytes: sum('start', 'usable'),
    configuredBytes: sum('configured') + largestOf(backendDoor),
    panelBytes: sum('start', 'usable', 'configured', 'later') + largestOf(backendDoor),
    collectorBytes: sum('collector'),
    languageBytes: largestOf(textDoor) + largestOf(textFetcher),
    sandboxFiles: sandboxFiles.map(({ file }) => file),
  }
}

const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`.padStart(9)

function report() {
  const measured = measureDist()
  for (const { file, gzipBytes, when } of measured.scripts)
    console.log(`${kilobytes(gzipBytes)}  ${when.padEnd(10)}  ${file}`)
  const verdict = (name, bytes, limit) => {
    console.log(`${kilobytes(bytes)}  of ${kilobytes(limit).trim()} gzip allowed: ${name}`)
    return bytes <= limit
  }
  const kept = [
    verdict('JavaScript before the first paint', measured.startBytes, limits.startBytes),
    verdict('JavaScript before the first click', measured.usableBytes, limits.usableBytes),
    verdict('all JavaScript that one panel loads', measured.panelBytes, limits.panelBytes),
    verdict(
      'all that one loads with media-api, implicit grant and the catalogue of the CDN',
      measured.panelBytes - measured.configuredBytes,
      limits.defaultBytes,
    ),
    measured.startBytes > 0,
    measured.sandboxFiles.length === 0,
  ]
  console.log(
    `${kilobytes(measured.configuredBytes)}  more before the first click, where config.json asks for all of it`,
  )
  console.log(`${kilobytes(measured.collectorBytes)}  more, only where config.json names a collector`)
  console.log(
    `${kilobytes(measured.languageBytes)}  more at most, only where the panel speaks another language than English`,
  )
  if (measured.startBytes === 0) console.log('dist/index.html loads no script at all')
  for (const file of measured.sandboxFiles) console.log(`sandbox code in the build: ${file}`)
  return kept.every(Boolean)
}

if (process.argv[1] === import.meta.filename) process.exitCode = report() ? 0 : 1
