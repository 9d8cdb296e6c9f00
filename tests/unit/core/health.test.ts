// What is wrong with a file, a recording, a prompt; which files there are to check; what the matrix shows first.
import { describe, expect, it } from 'vitest'
import { readCatalogue } from '../../../src/core/catalogue'
import { failure } from '../../../src/core/errors'
import {
  judgeDates,
  judgeSound,
  listAssets,
  type Finding,
  type HealthIssue,
  type Measured,
} from '../../../src/core/health'
import { problemsOf, reportHealth } from '../../../src/core/health-report'
import { issueSentence } from '../../../src/core/health-words'

const nowMs = Date.parse('2026-11-23T12:00:00Z')
const measured = (change: Partial<Measured> = {}): Measured => ({
  durationMs: 3_000,
  sizeBytes: 9_000,
  codec: 'mp3',
  sha256: 'a'.repeat(64),
  lufs: -20,
  peakDbfs: -3,
  leadingSilenceMs: 20,
  ...change,
})
const good = (change: Partial<Measured> = {}): Finding => ({ ok: true, measured: measured(change) })
const missing: Finding = { ok: false, failure: failure('asset_missing', 'HTTP 404') }
const kinds = (issues: readonly HealthIssue[]) => issues.map(({ kind }) => kind)

const prompt = (change: object = {}) => ({
  key: 'welcome',
  title: 'Welcome',
  formats: ['mp3', 'opus'],
  recordings: [{ language: 'en', tier: 'standard' }],
  ...change,
})
function report(entries: object[], findings: Record<string, Finding>) {
  const catalogue = readCatalogue({ prompts: entries })
  const assets = listAssets(catalogue.prompts, 'https://cdn.example.org')
  const limits = { nowMs, tiers: ['standard', 'premium'] }
  return reportHealth(catalogue, assets, new Map(Object.entries(findings)), limits)
}

describe('dates', () => {
  it.each([
    [null, null, []],
    ['2026-01-01', '2027-06-30', []],
    [null, '2026-11-22', ['expired']],
    [null, '2026-11-23', ['expires-soon']],
    [null, '2026-12-22', ['expires-soon']],
    [null, '2026-12-23', []],
    ['2026-12-01', null, ['not-yet-valid']],
  ])('from %s until %s', (validFrom, validUntil, expected) => {
    expect(kinds(judgeDates({ validFrom, validUntil }, nowMs))).toEqual(expected)
  })
})

describe('the sound', () => {
  it.each([
    ['as it should be', {}, null, []],
    ['without figures', { leadingSilenceMs: null, lufs: null, peakDbfs: null }, null, ['not-measured']],
    ['of digital silence', { peakDbfs: null, lufs: null, leadingSilenceMs: 3_000 }, null, ['silent']],
    [
      'below the threshold throughout',
      { leadingSilenceMs: 3_000, lufs: -60, peakDbfs: -55 },
      null,
      ['silent'],
    ],
    ['quiet', { lufs: -32.1 }, -20, ['quiet']],
    ['just loud enough', { lufs: -32 }, null, []],
    ['loud', { lufs: -11.9 }, null, ['loud']],
    ['much quieter than the others', { lufs: -27 }, -20.5, ['uneven']],
    ['a little quieter than the others', { lufs: -26 }, -20, []],
    ['that begins late', { leadingSilenceMs: 501 }, null, ['late-start']],
    ['that begins just in time', { leadingSilenceMs: 500 }, null, []],
    ['too short for a loudness', { lufs: null, durationMs: 300 }, -20, []],
  ])('%s', (_, change, median, expected) => {
    expect(kinds(judgeSound(measured(change), median))).toEqual(expected)
  })
})

describe('the files', () => {
  it('are those of each recording and format, and what Architect holds', () => {
    const { prompts } = readCatalogue({
      prompts: [prompt({ recordings: [{ language: 'pt-BR', tier: 'premium' }] })],
    })
    const [only] = prompts
    const all = listAssets(
      [
        {
          ...only!,
          recordings: [
            ...only!.recordings,
            { language: 'de', tier: 'standard', medium: 'architect', durationMs: 900 },
          ],
        },
      ],
      'https://cdn.example.org',
    )
    expect(all.map(({ id, url, named }) => [id, url, named])).toEqual([
      ['welcome/pt-BR/premium/mp3', 'https://cdn.example.org/pt-BR/premium/welcome.mp3', true],
      ['welcome/pt-BR/premium/opus', 'https://cdn.example.org/pt-BR/premium/welcome.opus', true],
      ['welcome/de/standard/architect', null, true],
    ])
  })
  it('are all three where no format is named, and each once where two sources name it', () => {
    const twice = [
      { language: 'en', tier: 'standard' },
      { language: 'en', tier: 'standard' },
    ]
    const { prompts } = readCatalogue({ prompts: [prompt({ formats: undefined, recordings: twice })] })
    const all = listAssets(prompts, 'https://cdn.example.org')
    expect(all.map(({ format, named }) => [format, named])).toEqual([
      ['opus', false],
      ['mp3', false],
      ['wav', false],
    ])
  })
})

describe('the matrix', () => {
  it('has what is wrong first, and counts every file', () => {
    const entries = ['fine', 'notes', 'wrong', 'open'].map((key) =>
      prompt({ key, title: key, formats: ['mp3'] }),
    )
    const shown = report(entries, {
      'fine/en/standard/mp3': good({ sha256: 'f' }),
      'notes/en/standard/mp3': good({ sha256: 'n', leadingSilenceMs: 900 }),
      'wrong/en/standard/mp3': missing,
    })
    expect(shown.prompts.map(({ key, grade }) => [key, grade])).toEqual([
      ['wrong', 'fault'],
      ['notes', 'note'],
      ['open', 'unchecked'],
      ['fine', 'good'],
    ])
    expect(shown.counts).toEqual({ fault: 1, note: 1, unchecked: 1, good: 1, absent: 0 })
    expect(shown.formats).toEqual(['mp3'])
    expect(problemsOf(shown).map(({ title, grade, issues }) => [title, grade, kinds(issues)])).toEqual([
      ['wrong', 'fault', ['failure']],
      ['notes', 'note', ['late-start']],
    ])
  })

  it('does not blame a format that nobody promised, as long as another is there', () => {
    const found = {
      'welcome/en/standard/opus': good(),
      'welcome/en/standard/mp3': missing,
      'welcome/en/standard/wav': missing,
    }
    const shown = report([prompt({ formats: undefined })], found)
    expect(shown.counts).toMatchObject({ good: 1, absent: 2, fault: 0 })
    const none = report([prompt({ formats: undefined })], { ...found, 'welcome/en/standard/opus': missing })
    expect(none.counts).toMatchObject({ fault: 3 })
  })

  it('names the other file where two have the same bytes', () => {
    const shown = report([prompt()], {
      'welcome/en/standard/mp3': good(),
      'welcome/en/standard/opus': good(),
    })
    const issues = problemsOf(shown).flatMap(({ issues }) => issues)
    expect(issues).toEqual([
      { kind: 'duplicate', of: 'welcome/en/standard/opus' },
      { kind: 'duplicate', of: 'welcome/en/standard/mp3' },
    ])
  })

  it('tells a tier that is never chosen, and a prompt whose time is over', () => {
    const entry = prompt({
      validUntil: '2026-01-31',
      formats: ['mp3'],
      recordings: [{ language: 'en', tier: 'gold' }],
    })
    const shown = report([entry], { 'welcome/en/gold/mp3': good() })
    expect(
      problemsOf(shown).map(({ grade, place, issues }) => [grade, place?.tier ?? null, kinds(issues)]),
    ).toEqual([
      ['fault', null, ['expired']],
      ['note', 'gold', ['tier-never-chosen']],
    ])
  })

  it('compares loudness with the middle of all once there are enough', () => {
    const keys = ['a', 'b', 'c', 'd', 'e']
    const entries = keys.map((key) => prompt({ key, formats: ['mp3'] }))
    const found = keys.map((key) => [
      `${key}/en/standard/mp3`,
      good({ sha256: key, lufs: key === 'e' ? -29 : -20 }),
    ])
    const all = report(entries, Object.fromEntries(found) as Record<string, Finding>)
    expect(problemsOf(all).map(({ issues }) => issues)).toEqual([
      [{ kind: 'uneven', lufs: -29, medianLufs: -20 }],
    ])
    const few = report(entries.slice(3), Object.fromEntries(found.slice(3)) as Record<string, Finding>)
    expect(problemsOf(few)).toEqual([])
  })
})

it('has a sentence for every issue, with its figure and unit', () => {
  const issues: [HealthIssue, RegExp][] = [
    [{ kind: 'failure', failure: failure('asset_truncated', '1 of 2 ms') }, /breaks off.*\(1 of 2 ms\)\.$/],
    [{ kind: 'expired', date: '2026-01-31' }, /2026-01-31.*validUntil/],
    [{ kind: 'expires-soon', date: '2026-12-01' }, /2026-12-01/],
    [{ kind: 'not-yet-valid', date: '2026-12-01' }, /before 2026-12-01/],
    [{ kind: 'tier-never-chosen' }, /"tiers"/],
    [{ kind: 'quiet', lufs: -40 }, /−40\.0 LUFS.*−32\.0 LUFS/],
    [{ kind: 'loud', lufs: -5 }, /−5\.0 LUFS.*−12\.0 LUFS/],
    [{ kind: 'uneven', lufs: -10, medianLufs: -20 }, /^Louder.*−20\.0 LUFS/],
    [{ kind: 'uneven', lufs: -28, medianLufs: -20 }, /^Quieter/],
    [{ kind: 'late-start', silentMs: 812.4 }, /812 ms/],
    [{ kind: 'silent' }, /no sound/],
    [{ kind: 'duplicate', of: 'x/en/standard/mp3' }, /x\/en\/standard\/mp3/],
    [{ kind: 'not-measured' }, /not measured/],
  ]
  for (const [issue, sentence] of issues) expect(issueSentence(issue)).toMatch(sentence)
})
