// Measures what a browser has to load from dist/, in gzip bytes, against the limits; and looks for sandbox code in it.
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join, posix } from 'node:path'
import { gzipSync } from 'node:zlib'
import { root } from './run-tool.mjs'

const dist = join(root, 'dist')
/** In gzip bytes. `panelBytes`: with its records and one backend; the target is 100 kB, see docs/decisions/0012. */
const limits = { startBytes: 64_000, panelBytes: 112_000 }

/**
 * The doors to other views: src/main-team.ts and its like. What is reached only through one of them is that view's. The
 * records are no other view: each panel keeps them.
 */
const viewDoors = /(^|\/)main-(?!records-)[a-z]+-[\w-]+\.js$/

/** A panel loads one of them, as config.json says: only the largest counts. */
const backendDoors = /(^|\/)(media-api|secure-flow|flow-sessions|announcement-leg)-[\w-]+\.js$/
const backendOf = (file) => /(media-api|announcement-leg)-/.exec(file)?.[1] ?? 'secure-flow'

/** Loaded only where config.json names a collector: printed and counted apart, in no limit. */
const collectorDoor = /(^|\/)telemetry-[\w-]+\.js$/

/** Sentences of another language than English. A panel loads one language at most: counted apart, in no limit. */
const textDoor = /(^|\/)text-([a-zA-Z-]+?)-panel-[\w-]+\.js$/
const anyText = /(^|\/)text-[\w-]+\.js$/

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

/** The JavaScript that the page itself asks for: its scripts, its preloads, and all that these import statically. */
function findStartFiles() {
  const html = readFileSync(join(dist, 'index.html'), 'utf8')
  const tags = html.match(/<(?:script|link)\b[^>]*>/g) ?? []
  const named = tags
    .filter((tag) => tag.startsWith('<script') || tag.includes('modulepreload'))
    .flatMap((tag) => /\b(?:src|href)="([^"]+\.js)"/.exec(tag)?.[1] ?? [])
  return findReached(
    named.map((name) => posix.normalize(name)),
    [staticImport],
  )
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
  const start = findStartFiles()
  const files = readFiles()
  const isDoor = (file) => viewDoors.test(file) || collectorDoor.test(file) || anyText.test(file)
  const panel = findReached(start, [staticImport, dynamicImport], isDoor)
  const names = files.map(({ file }) => file).filter((file) => collectorDoor.test(file))
  const collector = findReached(names, [staticImport, dynamicImport])
  const when = (file) => {
    if (start.has(file)) return 'start'
    if (panel.has(file)) return 'later'
    if (anyText.test(file)) return 'language'
    return collector.has(file) ? 'collector' : 'other view'
  }
  const scripts = files
    .filter(({ file }) => file.endsWith('.js'))
    .map(({ file, gzipBytes }) => ({ file, gzipBytes, when: when(file) }))
    .sort((a, b) => a.when.localeCompare(b.when) || b.gzipBytes - a.gzipBytes)
  const sum = (wanted) => scripts.filter(wanted).reduce((bytes, { gzipBytes }) => bytes + gzipBytes, 0)
  const backendBytes = {}
  for (const { file, gzipBytes } of scripts.filter(({ file }) => backendDoors.test(file)))
    backendBytes[backendOf(file)] = (backendBytes[backendOf(file)] ?? 0) + gzipBytes
  const otherBackends = Object.values(backendBytes)
    .sort((a, b) => b - a)
    .slice(1)
    .reduce((sum, bytes) => sum + bytes, 0)
  const sandboxFiles = files.filter(({ text }) => sandboxMarks.some((mark) => text.includes(mark)))
  return {
    scripts,
    startBytes: sum(({ when }) => when === 'start'),
    panelBytes: sum(({ when }) => when === 'start' || when === 'later') - otherBackends,
    collectorBytes: sum(({ when }) => when === 'collector'),
    languageBytes: Math.max(
      0,
      ...scripts.map(({ file, gzipBytes }) => (textDoor.test(file) ? gzipBytes : 0)),
    ),
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
    verdict('JavaScript that the page itself asks for', measured.startBytes, limits.startBytes),
    verdict('all JavaScript that one panel loads', measured.panelBytes, limits.panelBytes),
    measured.startBytes > 0,
    measured.sandboxFiles.length === 0,
  ]
  console.log(`${kilobytes(measured.collectorBytes)}  more, only where config.json names a collector`)
  console.log(
    `${kilobytes(measured.languageBytes)}  more at most, only where the panel speaks another language than English`,
  )
  if (measured.startBytes === 0) console.log('dist/index.html loads no script at all')
  for (const file of measured.sandboxFiles) console.log(`sandbox code in the build: ${file}`)
  return kept.every(Boolean)
}

if (process.argv[1] === import.meta.filename) process.exitCode = report() ? 0 : 1
