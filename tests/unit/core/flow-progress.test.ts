// What a prompt flow says of its progress, read from attributes, flow events and sessions that anybody may have written.
import { describe, expect, it } from 'vitest'
import {
  flowInvocation,
  flowTopics,
  judgeReturn,
  judgeSession,
  nextPollMs,
  readFlowAttribute,
  readFlowEvent,
  withoutWord,
} from '../../../src/core/flow-progress'
import { participant } from '../../support/factories'

describe('the attribute of the flow', () => {
  it.each([
    ['v1|p-1|playing', { playbackId: 'p-1', state: 'playing', error: null }],
    ['v1|p-1|completed', { playbackId: 'p-1', state: 'completed', error: null }],
    ['v1|p-1|completed|more', { playbackId: 'p-1', state: 'completed', error: null }],
    ['v1|p-1|failed|prompt_missing', { playbackId: 'p-1', state: 'error', error: 'prompt_missing' }],
    ['v1|p-1|failed', { playbackId: 'p-1', state: 'error', error: 'the flow failed' }],
    ['v1|p-1|failed|', { playbackId: 'p-1', state: 'error', error: 'the flow failed' }],
    ['v2|p-1|playing', null],
    ['v1||playing', null],
    ['v1|p-1|PLAYING', null],
    ['v1|p-1', null],
    ['v1', null],
    ['', null],
    [null, null],
    [' v1|p-1|completed', null],
  ])('%j reads as %j', (text, progress) => {
    expect(readFlowAttribute(text)).toEqual(progress)
  })

  it('is all that is left out of a participant', () => {
    const before = participant({ attributes: { 'Cueline.Flow': 'v1|p-1|playing', language: 'de' } })
    expect(withoutWord(before)).toEqual({ ...before, attributes: { language: 'de' } })
  })
})

it('tells the flow what to play, in which language, for which playback', () => {
  expect(flowInvocation('hold-notice', 'pt-BR', 'p-1')).toBe('v1|hold-notice|pt-BR|p-1')
})

describe('flow events', () => {
  const [start = '', end = ''] = flowTopics('c-1')
  const facts = { legId: 'l-1', flowId: 'f-1', atMs: 5_000 }
  const body = { participantId: 'l-1', flowId: 'f-1', eventTime: 5_000 }

  it.each([
    [start, body, { word: 'started', ...facts, ranMs: null }],
    [
      end,
      { ...body, transferType: 'RETURN_TO_AGENT', connectedDurationMs: 9 },
      { word: 'returned', ranMs: 9 },
    ],
    [end, { ...body, exitReason: 'DISCONNECT' }, { word: 'broke', why: 'the flow ended: DISCONNECT' }],
    [
      end,
      {},
      { word: 'broke', legId: null, flowId: null, atMs: null, why: 'the flow ended: no reason given' },
    ],
    [end, { participantId: 7, eventTime: 'soon' }, { legId: null, atMs: null }],
  ])('%s with %j', (topic, event, reading) => {
    expect(readFlowEvent(topic, event)).toMatchObject(reading)
  })

  it.each([
    [start, null],
    [end, 'text'],
    ['v2.detail.events.conversation.c-1.acd.start', body],
  ])('%s with %j is none', (topic, event) => {
    expect(readFlowEvent(topic, event)).toBeNull()
  })
})

describe('a flow that returned', () => {
  it.each([
    [3_000, 3_000, 'completed'],
    [3_400, 3_000, 'completed'],
    [2_850, 3_000, 'completed'],
    [2_849, 3_000, 'error'],
    [0, 3_000, 'error'],
    [59_850, 60_000, 'completed'],
    [59_849, 60_000, 'error'],
  ])('after %i of %i ms is %s', (ranMs, durationMs, state) => {
    expect(judgeReturn(ranMs, durationMs).state).toBe(state)
  })
})

describe('a session that is asked', () => {
  const span = { requestedAtMs: 0, pendingFromMs: 100, pendingUntilMs: 3_100, durationMs: 3_000 }

  it.each([
    ['PENDING', span, 9_000, null],
    ['SOMETHING NEW', span, 9_000, null],
    ['FAILED', span, 9_000, 'error'],
    ['COMPLETED', span, 9_000, 'completed'],
    // It cannot have played: not even from the request until now was there time for it.
    ['COMPLETED', span, 2_000, 'error'],
    // It may have played or not: nobody saw it under way for long enough.
    ['COMPLETED', { ...span, pendingUntilMs: 2_000 }, 9_000, null],
    ['COMPLETED', { ...span, pendingFromMs: null, pendingUntilMs: null }, 9_000, null],
    ['COMPLETED', { ...span, pendingUntilMs: null }, 9_000, null],
  ])('%s, seen %j, at %i ms is %s', (state, seen, nowMs, verdict) => {
    expect(judgeSession(state, seen, nowMs)?.state ?? null).toBe(verdict)
  })

  it.each([
    [{ ...span, pendingFromMs: null }, 0, 2_000],
    [span, 100, 2_000],
    [span, 2_100, 1_000],
    [span, 3_100, 2_000],
    [span, 3_099, 1],
  ])('seen %j, at %i ms is asked again after %i ms', (seen, nowMs, afterMs) => {
    expect(nextPollMs(seen, 2_000, nowMs)).toBe(afterMs)
  })
})
