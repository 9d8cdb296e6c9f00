// `npm run verify-evidence FILE [--cdn BASE]`: is this export as the panel wrote it, and are its recordings still the same?
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { latestBodies, type Body } from '../src/core/evidence-chain'
import { verifyExport, type Finding } from '../src/core/evidence-verify'

const usage = 'Usage: npm run verify-evidence -- FILE [--cdn https://prompts.example.org]'
const fetchLimitMs = 20_000
const sha256 = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex')

interface Wish {
  file: string
  cdn: string | null
}

function readWish(args: readonly string[]): Wish | null {
  const at = args.indexOf('--cdn')
  const cdn = at === -1 ? null : (args[at + 1] ?? '')
  const files = args.filter((_, index) => at === -1 || (index !== at && index !== at + 1))
  if (files.length !== 1 || files[0]!.startsWith('--') || (cdn !== null && !URL.canParse(cdn))) return null
  return { file: files[0]!, cdn: cdn?.replace(/\/+$/, '') ?? null }
}

const counted = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`
const tell = (head: string, findings: readonly Finding[]) =>
  findings.forEach(({ lineNumber, complaint }) => console.log(`${head} line ${lineNumber} ${complaint}`))

/** Of each file that was played: what it is now. Only what lies below the CDN's base is fetched. */
async function checkAssets(bodies: readonly Body[], base: string): Promise<void> {
  const records = bodies.flatMap((body) => (body.kind === 'playback' ? [body.record] : []))
  const assets = new Map(
    records.map(({ assetUrl, sha256: digest }) => [`${assetUrl} ${digest}`, { assetUrl, digest }]),
  )
  for (const { assetUrl, digest } of assets.values()) {
    if (assetUrl === null || digest === null) continue
    if (!assetUrl.startsWith(`${base}/`))
      console.log(`gap: ${assetUrl} does not lie below ${base}: not fetched`)
    else console.log(await checkAsset(assetUrl, digest))
  }
}

async function checkAsset(url: string, digest: string): Promise<string> {
  try {
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(fetchLimitMs) })
    if (!response.ok)
      return `gap: ${url} is not there any more (HTTP ${response.status}): its SHA-256 cannot be computed`
    const now = sha256(new Uint8Array(await response.arrayBuffer()))
    if (now === digest) return `ok: ${url} still has the SHA-256 of the records`
    return `gap: ${url} holds other bytes now (SHA-256 ${now.slice(0, 16)}…): the recording was replaced since, or the record is false`
  } catch (error) {
    return `gap: ${url} could not be fetched (${error instanceof Error ? error.message : String(error)})`
  }
}

async function verify({ file, cdn }: Wish): Promise<number> {
  const { findings, gaps, bodies, links, chains } = verifyExport(readFileSync(file, 'utf8'), sha256)
  tell('FALSE:', findings)
  tell('gap:', gaps)
  const latest = latestBodies(bodies)
  const unknown = latest.filter(
    (body) => body.kind === 'playback' && body.record.outcome === 'unknown',
  ).length
  const missing = latest.filter(
    (body) => body.kind === 'required' && body.required.outcome === 'missing',
  ).length
  if (unknown > 0) console.log(`gap: of ${counted(unknown, 'playback')} the outcome is not known`)
  if (missing > 0) console.log(`gap: ${counted(missing, 'required prompt')} missing at the end of the call`)
  if (cdn !== null) await checkAssets(latest, cdn)
  for (const { chain, head, seq } of chains)
    console.log(`chain ${chain} ends here with number ${seq}, hash ${head}`)
  console.log(
    `${counted(bodies.length, 'record')} about ${counted(latest.length, 'subject')}, ${counted(links, 'link')} without content, ${counted(chains.length, 'chain')}`,
  )
  if (findings.length === 0) {
    console.log(
      'The file is as the panel wrote it. That newest records were left out before it was written cannot be seen from it.',
    )
    return 0
  }
  console.log(
    `The file is NOT as the panel wrote it: see line ${[...new Set(findings.map(({ lineNumber }) => lineNumber))].join(', ')}.`,
  )
  return 1
}

const wish = readWish(process.argv.slice(2))
if (wish === null) {
  console.error(usage)
  process.exitCode = 2
} else {
  try {
    process.exitCode = await verify(wish)
  } catch (error) {
    console.error(`${wish.file} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
    process.exitCode = 2
  }
}
