// The choice of the panel told candidate by candidate, and when an upload is done.
import { describe, expect, it } from 'vitest'
import { explainCarried, explainChoice, type DryRunLine } from '../../../src/core/dry-run'
import { failure } from '../../../src/core/errors'
import type { Finding } from '../../../src/core/health'
import { verdictSentence } from '../../../src/core/health-words'
import { judgeUpload, judgeWish, uploadLanguage } from '../../../src/core/prompt-upload'
import { candidate } from '../../support/factories'

const file = (format: 'mp3' | 'opus' | 'wav', reason: string | null = null) =>
  candidate({ format, url: `https://cdn.example.org/en/standard/welcome.${format}`, reason })
const sound = { lufs: null, peakDbfs: null, leadingSilenceMs: null, sha256: '', sizeBytes: 1, durationMs: 1 }
const holds = (codec: string): Finding => ({ ok: true, measured: { ...sound, codec } })
const broken: Finding = { ok: false, failure: failure('asset_missing', 'HTTP 404') }
const all = [file('opus'), file('mp3'), file('wav')]
const run = (supported: readonly string[] | null, findings: Partial<Record<string, Finding>>) => {
  const answer = explainChoice(
    all,
    supported,
    new Map(Object.entries(findings).map(([format, finding]) => [file(format as 'mp3').url, finding!])),
  )
  return 'run' in answer ? answer.run.lines.map(({ verdict }) => verdict.kind) : answer.missing.format
}

describe('a choice', () => {
  it.each([
    ['the first that is good', null, { opus: holds('opus') }, ['chosen', 'not-needed', 'not-needed']],
    [
      'not what the line does not play',
      ['mp3'],
      { mp3: holds('mp3') },
      ['format-not-played', 'chosen', 'format-not-played'],
    ],
    ['not what is broken', null, { opus: broken, mp3: holds('mp3') }, ['faulty', 'chosen', 'not-needed']],
    [
      'not a codec that is not played',
      ['pcm'],
      { wav: holds('pcmu') },
      ['format-not-played', 'format-not-played', 'codec-not-played'],
    ],
    ['nothing at all', ['g722'], {}, ['format-not-played', 'format-not-played', 'format-not-played']],
    ['only once the file has been looked at', null, {}, 'opus'],
    ['and once the next has been', null, { opus: broken }, 'mp3'],
  ])('takes %s', (_, supported, findings, expected) => expect(run(supported, findings)).toEqual(expected))

  it('of a carrier that holds the sound takes the first whose length is known', () => {
    const short = { ...file('wav'), claimedDurationMs: null }
    const long = { ...file('wav'), claimedDurationMs: 900 }
    expect(explainCarried([short, long, long]).lines.map(({ verdict }) => verdict.kind)).toEqual([
      'no-length',
      'chosen',
      'not-needed',
    ])
    expect(explainCarried([short]).chosen).toBeNull()
  })

  it('has a reason in words for every verdict', () => {
    const say = (verdict: DryRunLine['verdict'], reason: string | null = null) =>
      verdictSentence({ candidate: file('wav', reason), verdict })
    expect(say({ kind: 'chosen' }, 'no French recording: English instead')).toContain('no French')
    expect(say({ kind: 'chosen' })).toContain('exactly what was asked for')
    expect(say({ kind: 'not-needed' })).toContain('before')
    expect(say({ kind: 'format-not-played' })).toContain('mu-law')
    expect(say({ kind: 'codec-not-played', codec: 'pcmu' })).toContain('pcmu')
    expect(say({ kind: 'faulty', failure: failure('asset_missing', 'HTTP 404') })).toContain('HTTP 404')
    expect(say({ kind: 'no-length' })).toContain('length')
  })
})

describe('an upload', () => {
  it.each([
    ['created', null, 'waiting'],
    ['uploaded', null, 'waiting'],
    ['transcoded', null, 'waiting'],
    ['transcoded', 2_000, 'done'],
    ['transcoded', 2_400, 'done'],
    // The recording that was there before.
    ['transcoded', 4_000, 'waiting'],
    ['transcodeFailed', 2_000, 'failed'],
    [null, null, 'waiting'],
  ])('that is %s with %s ms is %s', (uploadStatus, durationMs, verdict) => {
    expect(judgeUpload({ language: 'en', uploadStatus, durationMs }, 2_000)).toBe(verdict)
  })
  it('is refused by field, value and rule', () => {
    const wish = { promptKey: 'hold-notice', language: 'pt_BR', title: 'Hold', text: '' }
    expect(judgeWish(wish)).toEqual([])
    expect(
      judgeWish({ promptKey: 'Hold notice', language: '', title: 'x'.repeat(81), text: 'x'.repeat(4_001) }),
    ).toMatchObject([
      { field: 'key', value: '"Hold notice"' },
      { field: 'language', value: 'nothing' },
      { field: 'title', rule: 'must be at most 80 characters' },
      { field: 'text', rule: 'must be at most 4000 characters' },
    ])
  })
  it('writes languages as Architect does', () => expect(uploadLanguage('pt_BR')).toBe('pt-br'))
})
