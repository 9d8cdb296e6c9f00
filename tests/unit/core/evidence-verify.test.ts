// The verifier finds whatever was done to an export, and names the line; what it cannot find is written down here too.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { genesis, type Body, type Line } from '../../../src/core/evidence-chain'
import { splitCsv } from '../../../src/core/evidence-csv'
import { selectLines } from '../../../src/core/evidence-export'
import { verifyExport } from '../../../src/core/evidence-verify'
import { failureCodes } from '../../../src/core/errors'
import { exportOf, playbackBody, sealed, sha256 } from '../../support/evidence-files'

const verify = (text: string) => verifyExport(text, sha256)
const linesNamed = (text: string) => verify(text).findings.map(({ lineNumber }) => lineNumber)

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom(
    '=1+1',
    '+49',
    '-5',
    '@x',
    "'",
    "'=",
    '',
    ' ',
    'a,b',
    '"',
    'a"b',
    'x\r\ny',
    '\t',
    '\n',
    '＝1',
  ),
)
const ms = fc.option(fc.integer({ min: -4_000, max: 4_000_000_000_000 }))
const leg = fc.option(
  fc.record({
    held: fc.boolean(),
    muted: fc.boolean(),
    recording: fc.constantFrom('none' as const, 'active' as const, 'paused' as const),
  }),
)
const moment = {
  recordedAtMs: fc.integer({ min: 0, max: 4_000_000_000_000 }),
  utcOffsetMin: fc.constantFrom(-570, -60, 0, 60, 330, 840),
}
const playback: fc.Arbitrary<Body> = fc
  .record({
    ...moment,
    of: fc.record({
      playbackId: text,
      queueId: fc.option(text),
      promptKey: text,
      choiceReason: fc.option(text),
      format: fc.option(text),
      startedAtMs: ms,
      offsetFromCallStartMs: ms,
      playedMs: fc.option(fc.double({ min: 0, max: 1e7, noNaN: true })),
      outcome: fc.constantFrom('completed' as const, 'interrupted' as const, 'unknown' as const),
      code: fc.option(fc.constantFrom(...failureCodes)),
      readAloud: fc.boolean(),
      atStart: leg,
      atEnd: leg,
    }),
  })
  .map(({ of, recordedAtMs, utcOffsetMin }) => ({ ...playbackBody(of, recordedAtMs), utcOffsetMin }))
const required: fc.Arbitrary<Body> = fc.record({
  kind: fc.constant('required' as const),
  ...moment,
  required: fc.record({
    organizationId: fc.option(text),
    conversationId: text,
    agentId: fc.option(text),
    queueId: fc.option(text),
    promptKey: text,
    dueAtMs: fc.option(fc.nat()),
    outcome: fc.constantFrom('done' as const, 'read-aloud' as const, 'missing' as const),
    settledAtMs: fc.nat(),
    playbackId: fc.option(text),
  }),
})
const body = fc.oneof({ weight: 3, arbitrary: playback }, { weight: 1, arbitrary: required })
const bodies = fc.array(body, { minLength: 3, maxLength: 7 })
const format = fc.constantFrom('csv' as const, 'jsonl' as const)
/** A bridge keeps place and digests and gives its content away to nobody. */
const withBridges = (lines: readonly Line[], every: number): readonly Line[] =>
  lines.map((line, index) => (index % every === every - 1 ? { ...line, body: null } : line))
const chains = fc
  .tuple(bodies, bodies, fc.integer({ min: 2, max: 9 }))
  .map(([one, two, every]) => [...withBridges(sealed('a', one), every), ...sealed('b', two)])

/** The rows of an export as they stand in it; a quoted cell of a CSV may hold line ends. */
function rowsOf(whole: string): string[] {
  if (whole.startsWith('{')) return whole.match(/[^\n]*\n/g) ?? []
  const rows: string[] = []
  let row = ''
  for (const part of whole.match(/[^\n]*\n/g) ?? []) {
    row += part
    if ((row.match(/"/g)?.length ?? 0) % 2 === 0 && row.endsWith('\r\n')) {
      rows.push(row)
      row = ''
    }
  }
  return rows
}
const lineOf = (rows: readonly string[], index: number) =>
  (rows
    .slice(0, index)
    .join('')
    .match(/\r\n|\n|\r/g)?.length ?? 0) + 1

const runs = { numRuns: 120 }

describe('an export as it was written', { timeout: 60_000 }, () => {
  it('is read back whole, whatever its texts are, and nothing is found', () => {
    fc.assert(
      fc.property(chains, format, (lines, as) => {
        const verdict = verify(exportOf(lines, as))
        expect(verdict.findings).toEqual([])
        expect(verdict.gaps).toEqual([])
        expect(verdict.bodies).toEqual(lines.flatMap((line) => line.body ?? []))
        expect(verdict.links).toBe(lines.filter((line) => line.body === null).length)
      }),
      runs,
    )
  })

  it('of one call gives away nothing of other calls, and is still one chain', () => {
    const wanted = { conversationId: 'call-1' }
    const other = { conversationId: 'call-2', promptKey: 'secret-offer' }
    const lines = sealed('a', [
      playbackBody(other),
      playbackBody(wanted),
      playbackBody(other),
      playbackBody(wanted),
    ])
    const part = selectLines(lines, { kind: 'interaction', conversationId: 'call-1' })
    const file = exportOf(part, 'jsonl')
    expect(file).not.toMatch(/call-2|secret-offer/)
    expect(verify(file)).toMatchObject({ findings: [], links: 1, gaps: [{ lineNumber: 1 }] })
    expect(linesNamed(exportOf([part[0]!, part[2]!], 'jsonl'))).toEqual([2])
  })
})

describe('is found, and named by its line:', { timeout: 60_000 }, () => {
  it('any edit of any character', () => {
    const edit = fc.record({
      at: fc.double({ min: 0, max: 0.999999, noNaN: true }),
      cut: fc.nat(3),
      put: fc.oneof(fc.string({ maxLength: 2 }), fc.constantFrom('1', '"', ',', '\n', '}', ' ', '0')),
    })
    fc.assert(
      fc.property(chains, format, edit, (lines, as, { at, cut, put }) => {
        const whole = exportOf(lines, as)
        const from = Math.floor(at * whole.length)
        const edited = whole.slice(0, from) + put + whole.slice(from + cut)
        fc.pre(edited !== whole)
        const rows = rowsOf(whole)
        let seen = 0
        const index = rows.findIndex((row) => (seen += row.length) > from)
        // An edit at the very beginning of a line may be one of the end of the line above.
        expect(
          linesNamed(edited).some((n) => n >= lineOf(rows, index) - 1 && n <= lineOf(rows, index) + 1),
        ).toBe(true)
      }),
      runs,
    )
  })

  it('a line that was taken out of the middle', () => {
    fc.assert(
      fc.property(bodies, format, fc.nat(), (of, as, pick) => {
        const rows = rowsOf(exportOf(sealed('a', of), as))
        const head = as === 'csv' ? 1 : 0
        const index = head + 1 + (pick % (of.length - 2))
        const rest = rows.filter((_, at) => at !== index)
        expect(linesNamed(rest.join(''))).toContain(lineOf(rest, index))
      }),
      runs,
    )
  })

  it('two lines that changed places, of one chain or of two', () => {
    fc.assert(
      fc.property(chains, format, fc.nat(), fc.nat(), (lines, as, one, two) => {
        const rows = rowsOf(exportOf(lines, as))
        const head = as === 'csv' ? 1 : 0
        const [a, b] = [one % lines.length, two % lines.length].sort((x, y) => x - y) as [number, number]
        fc.pre(a !== b)
        const swapped = [...rows]
        swapped[head + a] = rows[head + b]!
        swapped[head + b] = rows[head + a]!
        const [first, last] = [lineOf(swapped, head + a), lineOf(swapped, head + b + 1)]
        const named = linesNamed(swapped.join(''))
        expect(named.some((n) => n >= first && n <= last)).toBe(true)
      }),
      runs,
    )
  })

  it('a line that stands there twice', () => {
    fc.assert(
      fc.property(bodies, format, fc.nat(), (of, as, pick) => {
        const rows = rowsOf(exportOf(sealed('a', of), as))
        const index = (as === 'csv' ? 1 : 0) + (pick % of.length)
        const doubled = [...rows.slice(0, index + 1), ...rows.slice(index)]
        expect(linesNamed(doubled.join(''))).toContain(lineOf(doubled, index + 1))
      }),
      runs,
    )
  })

  it('a changed value under hashes made anew for this line alone', () => {
    const lines = sealed('a', [
      playbackBody(),
      playbackBody({ playbackId: 'p-2' }),
      playbackBody({ playbackId: 'p-3' }),
    ])
    const [, forged] = sealed('a', [playbackBody(), playbackBody({ playbackId: 'p-2', outcome: 'failed' })])
    expect(linesNamed(exportOf([lines[0]!, forged!, lines[2]!], 'jsonl'))).toEqual([3])
  })

  it('a file that was cut off, and one with something behind its end', () => {
    const whole = exportOf(sealed('a', [playbackBody(), playbackBody()]), 'jsonl')
    const rows = rowsOf(whole)
    expect(linesNamed(rows.slice(0, 2).join(''))).toEqual([2])
    expect(linesNamed(whole + rows[0])).toContain(4)
    for (const nothing of ['', '{}', 'null', 'a,b\r\n', '\u0000'])
      expect(linesNamed(nothing).length).toBeGreaterThan(0)
  })

  it('any text at all that no panel wrote, without a throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (any) => {
        expect(linesNamed(any).length).toBeGreaterThan(0)
      }),
      runs,
    )
  })
})

describe('cannot be found:', () => {
  const lines = sealed('a', [
    playbackBody(),
    playbackBody({ playbackId: 'p-2' }),
    playbackBody({ playbackId: 'p-3' }),
  ])

  it('newest lines that were left out before the end of the file was written', () => {
    expect(linesNamed(exportOf(lines.slice(0, 2), 'jsonl'))).toEqual([])
  })

  it('a chain that somebody wrote anew from its beginning', () => {
    expect(linesNamed(exportOf(sealed('a', [playbackBody({ outcome: 'failed' })]), 'csv'))).toEqual([])
  })

  it('oldest lines that are missing: that is said as a gap', () => {
    expect(lines[0]?.prev).toBe(genesis)
    const verdict = verify(exportOf(lines.slice(1), 'csv'))
    expect([verdict.findings, verdict.gaps.map(({ lineNumber }) => lineNumber)]).toEqual([[], [2]])
  })
})

describe('a spreadsheet', () => {
  it.each(['=HYPERLINK("http://x")', '+1', '-1+1', '@SUM(1)', '\t=1', '\r=1', '\n=1', '＝1'])(
    'calculates nothing of %j',
    (evil) => {
      const file = exportOf(sealed('a', [playbackBody({ promptKey: evil })]), 'csv')
      expect(verify(file).findings).toEqual([])
      const cells = file.split('\r\n')[1] ?? ''
      expect(cells).toContain(`'${evil.slice(0, 1)}`)
      const begins = splitCsv(file).flatMap(({ cells: texts }) => texts.map((text) => text.slice(0, 1)))
      expect(begins.filter((first) => /[=+\-@\t\r\n＝]/.test(first))).toEqual([])
    },
  )
})
