// Everything the agent reads: each state and each failure code has its sentence, and every sentence ends.
import { describe, expect, it } from 'vitest'
import { describeCall } from '../../../src/core/call-words'
import { failure, failureCodes, failureOfRefusal, sentenceFor, type Refusal } from '../../../src/core/errors'
import { playbackStates, type PlaybackState } from '../../../src/core/playback'
import { describePlayback } from '../../../src/core/playback-words'
import { seconds, speak } from '../../../src/core/text'
import { describeReadiness } from '../../../src/core/prompt-words'
import { describeOutbox } from '../../../src/core/outbox-words'
import { describeSignedOut, type SignedOutReason } from '../../../src/core/session-words'
import { transition } from '../../../src/core/transition'
import { asset, candidate, interaction, playback, refusal, sentPlayback } from '../../support/factories'

describe('the sentence of a failure', () => {
  it.each(failureCodes)('%s says what happened and what to do, before and after sending', (code) => {
    for (const wasSent of [true, false]) {
      const sentence = sentenceFor(code, wasSent)
      expect(sentence).toMatch(/^[A-Z].+\.$/)
      expect(sentence.match(/\./g)?.length).toBeGreaterThanOrEqual(2)
      expect(sentence).not.toContain(code)
    }
  })

  it.each(failureCodes)('%s is on screen with its sentence wherever a playback carries it', (code) => {
    for (const state of ['failed', 'rejected', 'unknown'] as const) {
      const { sentence } = describePlayback(sentPlayback({ state, failure: failure(code) }))
      expect([sentenceFor(code, true), sentenceFor(code, false)]).toContain(sentence)
    }
  })

  it('does not ask what the customer heard when nothing was sent', () => {
    const before = describePlayback(playback({ state: 'rejected', failure: failure('channel_lost') }))
    expect(before.sentence).toContain('nothing was sent')
  })

  it('does not ask what the customer heard when the request is known not to have arrived', () => {
    const deadlines = { answerMs: 1, startMs: 1, endMs: 1 }
    const refusedBeforeSending = {
      type: 'not-accepted' as const,
      atMs: 1_100,
      refusal: refusal({ kind: 'offline', mayHaveArrived: false }),
      chance: 0.5,
    }
    const step = transition(sentPlayback(), refusedBeforeSending, deadlines)
    expect(describePlayback(step.playback).sentence).toContain('nothing was sent')
  })

  it('asks what the customer heard when the end was lost', () => {
    const after = describePlayback(sentPlayback({ state: 'unknown', failure: failure('channel_lost') }))
    expect(after.sentence).toContain('Ask the customer')
  })
})

describe('describePlayback', () => {
  it.each(playbackStates)('has a word, a tone and a sentence for %s', (state) => {
    const words = describePlayback(sentPlayback({ state, failure: null, playedMs: 1_200 }))
    expect(words.word).toMatch(/^[A-Z][a-z ]+$/)
    expect(words.tone).not.toBe('idle')
    expect(words.sentence).toMatch(/^[A-Z].+\.$/)
  })

  it('has a word of its own for each state, so that colour never stands alone', () => {
    const words = playbackStates.map((state) => describePlayback(sentPlayback({ state })).word)
    expect(new Set(words).size).toBe(playbackStates.length)
  })

  it('says that nothing plays while there is no playback', () => {
    expect(describePlayback(null)).toMatchObject({ word: 'Ready', tone: 'idle', readAloud: false })
  })

  it('offers the words to read aloud exactly where nothing was played', () => {
    const aloud = playbackStates.filter((state) => describePlayback(sentPlayback({ state })).readAloud)
    expect(aloud).toEqual(['failed', 'rejected'])
  })

  it.each([
    ['completed', null, 'The customer heard all 3.4 s.'],
    ['stopped', null, 'Stopped by you after 3.4 s.'],
    ['interrupted', 'hang-up', 'The call ended after 3.4 s of it. Call back if it has to be heard.'],
    [
      'interrupted',
      'hold',
      'The customer was put on hold after 3.4 s of it. Play it again once they are back.',
    ],
    [
      'interrupted',
      'transfer',
      'The call was transferred after 3.4 s of it. Ask your colleague to play it again.',
    ],
  ] as const)('says of %s (%s): %s', (state: PlaybackState, interruptedBy, sentence) => {
    expect(describePlayback(sentPlayback({ state, interruptedBy, playedMs: 3_400 })).sentence).toBe(sentence)
  })

  it('claims no length for a stop of which a part was not seen', () => {
    const { sentence } = describePlayback(sentPlayback({ state: 'stopped', playedMs: null }))
    expect(sentence).toBe('Stopped by you. A part was not seen: how much was heard is not known.')
  })

  it.each([
    [0, '0.0 s'],
    [3_449, '3.4 s'],
    [9_940, '9.9 s'],
    [10_000, '10 s'],
    [61_600, '62 s'],
  ])('writes %i ms as %s', (ms, text) => {
    expect(seconds(ms)).toBe(text)
  })
})

describe('failureOfRefusal', () => {
  const codeOf = (kind: Refusal['kind']) => failureOfRefusal(refusal({ kind })).code

  it('has a code for each kind of refusal', () => {
    expect(codeOf('signed-out')).toBe('signed_out')
    expect(codeOf('forbidden')).toBe('not_permitted')
    expect(codeOf('not-found')).toBe('carrier_rejected')
    expect(codeOf('monitored')).toBe('monitored')
    expect(codeOf('conflict')).toBe('already_playing')
    expect(codeOf('rate-limited')).toBe('rate_limited')
    expect(codeOf('rejected')).toBe('carrier_rejected')
    expect(codeOf('timeout')).toBe('channel_lost')
  })

  it('takes 410 for a call that is gone, and 404 only for a way of playing that nobody offers', () => {
    const gone = (status: number) => failureOfRefusal(refusal({ kind: 'not-found', status })).code
    expect([gone(410), gone(404)]).toEqual(['call_not_connected', 'carrier_rejected'])
  })

  it('names missing scopes and the reference for support', () => {
    const refused = refusal({ kind: 'forbidden', missing: ['media', 'conversations'], correlationId: 'abc' })
    expect(failureOfRefusal(refused).detail).toBe('missing: media, conversations (reference abc)')
  })
})

describe('describeReadiness', () => {
  it('says in words what a click would play, and why where it is not what was asked for', () => {
    const reason = 'no French recording: English instead'
    const ready = {
      status: 'ready',
      candidate: candidate({ tier: 'premium', reason }),
      asset: asset(),
    } as const
    const words = describeReadiness(ready)
    expect(words).toMatchObject({ look: 'ready', reason })
    for (const part of ['English', 'premium', 'mp3', '3.0 s']) expect(words.line).toContain(part)
  })

  it('says that it is still being checked', () => {
    expect(describeReadiness(undefined)).toEqual(describeReadiness({ status: 'checking' }))
    expect(describeReadiness({ status: 'checking' }).look).toBe('checking')
  })

  it.each(failureCodes)('says that a prompt with %s cannot be played, without the code', (code) => {
    const words = describeReadiness({ status: 'unplayable', failure: failure(code) })
    expect(words.look).toBe('unplayable')
    expect(words.line).toMatch(/^Cannot be played/)
    expect(words.line).not.toContain(code)
  })
})

describe('describeOutbox', () => {
  const outbox = { waiting: 2, kept: true, problem: null }

  it('says nothing while nothing waits', () => {
    expect(describeOutbox({ waiting: 0, kept: false, problem: 'HTTP 503' })).toBeNull()
  })

  it.each([
    [{ ...outbox, waiting: 1 }, "1 record waits for the platform's confirmation."],
    [outbox, "2 records wait for the platform's confirmation."],
    [{ ...outbox, problem: 'HTTP 503' }, "2 records wait for the platform's confirmation (HTTP 503)."],
    [
      { ...outbox, kept: false },
      "2 records wait for the platform's confirmation. The browser keeps nothing: leave this panel open until it is sent.",
    ],
  ])('says %j', (state, sentence) => {
    expect(describeOutbox(state)).toBe(sentence)
  })
})

describe('describeSignedOut', () => {
  it.each<SignedOutReason>([
    'denied',
    'foreign-state',
    'storage-refused',
    'not-allowed',
    'unreachable',
    'way-lost',
    'expired',
  ])('says for %s what happened and what to do', (reason) => {
    const { title, sentence } = describeSignedOut(reason, null)
    expect(title.length).toBeGreaterThan(5)
    expect(sentence).toMatch(/^[A-Z].+\.$/)
    expect(describeSignedOut(reason, 'HTTP 503').sentence).toContain('HTTP 503')
  })
})

describe('describeCall', () => {
  const wish = { language: 'de', tier: 'premium', notes: [] }

  it('says who is on the line, how, in which language and tier, recorded or not', () => {
    const words = describeCall('ready', interaction({ recording: 'active', name: 'Kim' }), null, wish)
    expect(words).toEqual({
      title: 'Kim',
      call: 'Connected',
      tone: 'done',
      line: 'German · premium · recorded',
    })
  })

  it.each([
    [{ held: true }, 'On hold'],
    [{ state: 'dialing' }, 'Connecting'],
    [{ state: 'disconnected' }, 'Ended'],
  ])('says of a customer with %j: %s', (customer, call) => {
    expect(describeCall('ready', interaction(customer), null, wish).call).toBe(call)
  })

  it('says that the agent wraps up a call that has ended, and only then', () => {
    const wrapping = (customer: Parameters<typeof interaction>[0]) =>
      describeCall('ready', interaction(customer, { wrapupRequired: true }), null, wish)
    expect(wrapping({ state: 'disconnected' })).toMatchObject({ call: 'Wrap-up', tone: 'waiting' })
    expect(wrapping({}).call).toBe('Connected')
  })

  it('says the language in the language of the interface', () => {
    speak('fr', { recorded: 'enregistré' })
    const words = describeCall('ready', interaction({ recording: 'active' }), null, wish)
    speak('en')
    expect(words.line).toBe('allemand · premium · enregistré')
  })

  it('names a customer without a name, and says that somebody listens in', () => {
    const monitored = { ...interaction({ name: null }), monitored: true }
    const words = describeCall('ready', monitored, null, null)
    expect(words.title).toBe('Customer')
    expect(words.line).toContain('somebody listens in')
  })

  it('says that there is no call, or why it cannot be read, with the reference', () => {
    expect(describeCall('no-call', null, null, wish).title).toBe('No call')
    const words = describeCall('refused', null, refusal({ message: 'not yours', correlationId: 'abc' }), wish)
    expect(words).toMatchObject({ tone: 'failed', line: 'not yours. Reference abc.' })
  })
})
