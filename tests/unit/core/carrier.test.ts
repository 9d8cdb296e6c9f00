// What a media gateway's error text means for the agent.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { carrierFailure } from '../../../src/core/carrier'
import { failureCodes } from '../../../src/core/errors'

describe('carrierFailure', () => {
  it.each([
    ['fetch_failed: 404', 'asset_missing'],
    ['fetch_failed: 410', 'asset_missing'],
    ['fetch_failed: 403', 'asset_denied'],
    ['fetch_failed: 401', 'asset_denied'],
    ['fetch_failed: timeout', 'fetch_timeout'],
    ['fetch timed out, time-out', 'fetch_timeout'],
    ['decode_failed: not audio', 'asset_corrupt'],
    ['decode_failed: truncated', 'asset_truncated'],
    ['codec_not_supported: opus', 'codec_unsupported'],
    ['fetch_failed: 500', 'carrier_failed'],
    ['something else', 'carrier_failed'],
    ['threshold exceeded', 'carrier_failed'],
    ['', 'carrier_failed'],
    [null, 'carrier_failed'],
  ])('reads %j as %s', (text, code) => {
    expect(carrierFailure(text)).toMatchObject({ code })
  })

  it.each([
    ['participant_disconnected', 'hang-up'],
    ['the caller hung up', 'hang-up'],
    ['participant_held', 'hold'],
    ['the customer is on hold', 'hold'],
  ])('reads %j as a break of the call: %s', (text, by) => {
    expect(carrierFailure(text)).toEqual({ callBroke: by })
  })

  it.each([
    ['fetch_failed: 404 https://cdn.example/en/standard/hold-notice.mp3', 'asset_missing'],
    ['decode_failed: https://cdn.example/codecs/404/welcome.mp3', 'asset_corrupt'],
    ['fetch_failed: 404 en/standard/hold-notice.mp3', 'asset_missing'],
  ])('does not read the name of the file in %j', (text, code) => {
    expect(carrierFailure(text)).toMatchObject({ code })
  })

  it('keeps the text for support, shortened, and says where none was given', () => {
    expect(carrierFailure('x'.repeat(5_000))).toEqual({ code: 'carrier_failed', detail: 'x'.repeat(200) })
    expect(carrierFailure(null)).toEqual({ code: 'carrier_failed', detail: 'no reason given' })
  })

  it('has an answer to any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const reading = carrierFailure(text)
        const word = 'code' in reading ? reading.code : reading.callBroke
        expect([...failureCodes, 'hang-up', 'hold']).toContain(word)
      }),
    )
  })
})
