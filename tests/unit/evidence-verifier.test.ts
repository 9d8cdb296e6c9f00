// `npm run verify-evidence` as an auditor runs it, and exports held to the published schema.
import { Ajv } from 'ajv'
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Body } from '../../src/core/evidence-chain'
import { exportOf, playbackBody, sealed, sha256 } from '../support/evidence-files'

const root = fileURLToPath(new URL('../../', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'cueline-evidence-'))
let cdn: Server
let base = ''

beforeAll(async () => {
  cdn = createServer((request, response) => {
    response.statusCode = request.url === '/gone.mp3' ? 404 : 200
    response.end('the sound')
  })
  await new Promise<void>((done) => cdn.listen(0, '127.0.0.1', done))
  base = `http://127.0.0.1:${(cdn.address() as AddressInfo).port}`
})
afterAll(() => {
  cdn.close()
  rmSync(folder, { recursive: true })
})

const required: Body = {
  kind: 'required',
  recordedAtMs: 6_000,
  utcOffsetMin: -210,
  required: {
    organizationId: 'org-1',
    conversationId: 'call-1',
    agentId: 'user-me',
    queueId: 'queue-1',
    promptKey: 'terms',
    dueAtMs: 5_500,
    outcome: 'missing',
    settledAtMs: 6_000,
    playbackId: null,
  },
}
const bodies = (): Body[] => [
  playbackBody({ assetUrl: `${base}/same.mp3`, sha256: sha256('the sound') }),
  playbackBody({ playbackId: 'p-2', assetUrl: `${base}/other.mp3`, sha256: sha256('another') }),
  playbackBody({
    playbackId: 'p-3',
    assetUrl: `${base}/gone.mp3`,
    outcome: 'unknown',
    playedMs: null,
    atEnd: null,
  }),
  playbackBody({
    playbackId: 'p-4',
    assetUrl: 'https://elsewhere.example/x.mp3',
    code: 'asset_missing',
    outcome: 'failed',
  }),
  required,
]

function run(text: string, ...args: string[]): Promise<{ code: number; out: string }> {
  const file = join(folder, 'export')
  writeFileSync(file, text)
  const tsx = join(root, 'node_modules/tsx/dist/cli.mjs')
  return new Promise((done) => {
    execFile(
      process.execPath,
      [tsx, join(root, 'scripts/verify-evidence.mts'), file, ...args],
      (error, out) => done({ code: typeof error?.code === 'number' ? error.code : 0, out }),
    )
  })
}

describe('npm run verify-evidence', { timeout: 60_000 }, () => {
  it('passes an export as it was written, and says what the CDN holds today', async () => {
    const { code, out } = await run(exportOf(sealed('a', bodies()), 'jsonl'), '--cdn', base)
    expect(code).toBe(0)
    expect(out).toContain('The file is as the panel wrote it.')
    expect(out).toContain(`ok: ${base}/same.mp3 still has the SHA-256`)
    expect(out).toContain(`gap: ${base}/other.mp3 holds other bytes now`)
    expect(out).toContain(`gap: ${base}/gone.mp3 is not there any more (HTTP 404)`)
    expect(out).toContain('gap: https://elsewhere.example/x.mp3 does not lie below')
    expect(out).toContain('gap: of 1 playback the outcome is not known')
    expect(out).toContain('gap: 1 required prompt missing')
  })

  it('fails a tampered export and says which line', async () => {
    const whole = exportOf(sealed('a', bodies()), 'csv')
    const { code, out } = await run(whole.replace(',failed,', ',completed,'))
    expect(code).toBe(1)
    expect(out).toContain('FALSE: line 5 has content that does not fit its digest')
    expect(out).toContain('NOT as the panel wrote it: see line 5')
  })

  it('says how it is used', async () => {
    expect((await run('', '--cdn')).code).toBe(2)
  })
})

describe('the published schema', () => {
  const ajv = new Ajv({ allErrors: true, allowUnionTypes: true })
  const check = ajv.compile(JSON.parse(readFileSync(join(root, 'public/evidence.schema.json'), 'utf8')))

  it('fits every line of an export', () => {
    const [first, ...rest] = sealed('a', bodies())
    const lines = exportOf([{ ...first!, body: null }, ...rest], 'jsonl')
      .trimEnd()
      .split('\n')
    for (const line of lines) expect(check(JSON.parse(line)) || check.errors).toBe(true)
    expect(lines).toHaveLength(6)
  })

  it('refuses a line with a field more, a field less or another outcome', () => {
    const [text] = exportOf(sealed('a', bodies()), 'jsonl').split('\n')
    const line = JSON.parse(text!) as { record: Record<string, unknown> }
    for (const change of [
      { more: 1 },
      { outcome: 'fine' },
      { playbackId: undefined },
      { startedAt: 'yesterday' },
    ])
      expect(check(JSON.parse(JSON.stringify({ ...line, record: { ...line.record, ...change } })))).toBe(
        false,
      )
  })
})
