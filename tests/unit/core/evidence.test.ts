// The record of a playback: complete, only of what ended, and short enough to live with the call.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readRecord } from '../../../src/core/evidence'
import { toRecord } from '../../../src/core/evidence-record'
import { shortFormKey, toShortForm } from '../../../src/core/evidence-short'
import { failure, failureCodes } from '../../../src/core/errors'
import { isOutcome, playbackStates } from '../../../src/core/playback'
import {
  asset,
  choice,
  evidence,
  interaction,
  myUserId,
  playback,
  sentPlayback,
} from '../../support/factories'

const context = {
  interaction: interaction({ recording: 'active', muted: true }, { queueId: 'queue-1' }),
  agentId: myUserId,
  organizationId: 'org-1',
  backend: 'media-api',
  appVersion: '1.2.3',
}
const done = sentPlayback({
  state: 'completed',
  playedMs: 3_000,
  choice: choice({ language: 'de', tier: 'premium', reason: 'why' }),
  times: {
    clickedAtMs: 1_000,
    requestedAtMs: 1_010,
    acceptedAtMs: 1_100,
    startedAtMs: 1_200,
    endedAtMs: 4_200,
  },
})

describe('toRecord', () => {
  it('keeps all that proves the playback', () => {
    expect(toRecord(done, context)).toEqual({
      playbackId: 'playback-1',
      organizationId: 'org-1',
      conversationId: 'call-1',
      participantId: 'p-customer',
      agentId: myUserId,
      queueId: 'queue-1',
      promptKey: 'welcome',
      promptVersion: '1',
      assetUrl: asset().url,
      sha256: asset().sha256,
      language: 'de',
      tier: 'premium',
      format: 'mp3',
      choiceReason: 'why',
      backend: 'media-api',
      clock: 'panel',
      requestedAtMs: 1_010,
      acceptedAtMs: 1_100,
      startedAtMs: 1_200,
      endedAtMs: 4_200,
      offsetFromCallStartMs: 200,
      playedMs: 3_000,
      durationMs: 3_000,
      outcome: 'completed',
      code: null,
      endedBy: null,
      readAloud: false,
      atStart: { held: false, muted: false, recording: 'none' },
      atEnd: { held: false, muted: true, recording: 'active' },
      appVersion: '1.2.3',
    })
  })

  it.each(playbackStates)('in %s exists exactly where that is an outcome, and fits its schema', (state) => {
    const record = toRecord({ ...done, state }, context)
    expect(record !== null).toBe(isOutcome(state))
    if (record !== null) expect(readRecord(JSON.stringify(record))).toEqual(record)
  })

  it('says who ended it', () => {
    const endedBy = (of: Parameters<typeof sentPlayback>[0]) => toRecord(sentPlayback(of), context)?.endedBy
    expect(endedBy({ state: 'stopped' })).toBe('agent')
    expect(endedBy({ state: 'interrupted', interruptedBy: 'hold' })).toBe('hold')
    expect(endedBy({ state: 'completed' })).toBeNull()
  })

  it('says why it failed', () => {
    const failed = sentPlayback({ state: 'failed', failure: failure('asset_missing', 'HTTP 404') })
    expect(toRecord(failed, context)?.code).toBe('asset_missing')
  })

  it('names the participant of the moment of the request, though the call on screen is another by now', () => {
    const other = { ...interaction({ id: 'p-else' }), id: 'call-2' }
    expect(toRecord(done, { ...context, interaction: other })).toMatchObject({
      conversationId: 'call-1',
      participantId: 'p-customer',
      atEnd: null,
      offsetFromCallStartMs: null,
    })
    expect(toRecord(done, { ...context, interaction: null })?.participantId).toBe('p-customer')
  })

  it('claims nothing of what was never chosen', () => {
    const refused = playback({ state: 'rejected', failure: failure('call_on_hold'), playedMs: 0 })
    expect(toRecord(refused, context)).toMatchObject({
      assetUrl: null,
      sha256: null,
      language: null,
      requestedAtMs: null,
      atStart: null,
      playedMs: 0,
    })
  })
})

describe('the short form', () => {
  const parse = (text: string) => {
    const [form, key, version, language, outcome, code, startedAtMs, played, sha256, ...more] =
      text.split('|')
    return { form, key, version, language, outcome, code, startedAtMs, played, sha256, more }
  }

  it('is the record in one line', () => {
    expect(toShortForm(evidence({ sha256: 'ab'.repeat(32) }))).toBe(
      'v1|welcome|1|en|completed||1200|3000/3000|abababababababab',
    )
  })

  it('leaves out what is not known', () => {
    const unknown = { outcome: 'unknown', code: 'channel_lost', playedMs: null, startedAtMs: null } as const
    expect(toShortForm(evidence({ ...unknown, sha256: null }))).toBe(
      'v1|welcome|1|en|unknown|channel_lost||/3000|',
    )
  })

  it('is under 256 characters and can be taken apart again, whatever texts it is made of', () => {
    const text = fc.string({ unit: 'binary', maxLength: 400 })
    const ms = fc.option(fc.double({ min: 0, max: 8.64e15, noNaN: true }))
    const any = fc.record({
      promptKey: text,
      promptVersion: fc.option(text),
      language: fc.option(text),
      sha256: fc.option(text),
      outcome: fc.constantFrom('completed' as const, 'interrupted' as const, 'unknown' as const),
      code: fc.option(fc.constantFrom(...failureCodes)),
      startedAtMs: ms,
      playedMs: ms,
      durationMs: ms,
    })
    fc.assert(
      fc.property(any, (of) => {
        const short = toShortForm(evidence(of))
        expect(short.length).toBeLessThan(256)
        expect(short).not.toMatch(/\p{Cc}/u)
        const parts = parse(short)
        expect(parts.more).toEqual([])
        expect([parts.form, parts.outcome, parts.code]).toEqual(['v1', of.outcome, of.code ?? ''])
        expect(parts.startedAtMs).toBe(of.startedAtMs === null ? '' : String(Math.round(of.startedAtMs)))
        expect(parts.played).toMatch(/^\d*\/\d*$/)
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('shortFormKey', () => {
  it('is the same for the same playback, and a name that the platform takes', () => {
    expect(shortFormKey('0f8fad5b-d9cb-469f-a165-70867728950e')).toBe('cueline.0f8fad5bd9cb')
    fc.assert(
      fc.property(fc.string(), (id) => {
        expect(shortFormKey(id)).toMatch(/^cueline\.[0-9a-zA-Z]{0,12}$/)
        expect(shortFormKey(id)).toBe(shortFormKey(id))
      }),
    )
  })

  it('differs for any two ids that differ in their first twelve digits, as random ids do', () => {
    const start = (id: string) => id.replaceAll('-', '').slice(0, 12)
    const ids = fc.uniqueArray(fc.uuid({ version: 4 }), { minLength: 2, maxLength: 20, selector: start })
    fc.assert(
      fc.property(ids, (all) => {
        expect(new Set(all.map(shortFormKey)).size).toBe(all.length)
      }),
    )
  })
})

describe('readRecord', () => {
  it.each(['', '{', 'null', '[]', '7', '{"playbackId":"x"}'])('takes %s for no record', (text) => {
    expect(readRecord(text)).toBeNull()
  })

  it('takes nothing with an outcome or a code that does not exist', () => {
    expect(readRecord(JSON.stringify({ ...evidence(), outcome: 'fine' }))).toBeNull()
    expect(readRecord(JSON.stringify({ ...evidence(), code: 'fine' }))).toBeNull()
  })

  it('takes no record of a playback that still runs', () => {
    expect(readRecord(JSON.stringify({ ...evidence(), outcome: 'playing' }))).toBeNull()
  })
})
