// The words of the team: a badge, what is missing and who can give it; and what the view finds again.
import { describe, expect, it } from 'vitest'
import { badgeStates, leftMs, type Badge } from '../../../src/core/badge'
import type { BadgeNote } from '../../../src/core/badge-note'
import { ago, badgeLooks, describeBadge } from '../../../src/core/badge-words'
import { refusalGap } from '../../../src/core/team'
import { readKnownCalls, readTeamKept } from '../../../src/core/team-kept'
import { scopeGaps } from '../../../src/core/team-scopes'
import { describeCircle, describeGap } from '../../../src/core/team-words'
import { badge, note } from '../../support/team-rows'

describe('what is missing, in words', () => {
  it.each([
    [
      { kind: 'calls', agents: 1, permissions: ['a:b:c'], reason: null } as const,
      'The calls of 1 agent cannot be followed: what they play is not seen. Ask your admin for the permission a:b:c.',
    ],
    [
      { kind: 'presence', agents: 7, permissions: ['a:b:c', 'd:e:f'], reason: null } as const,
      'Presence and routing status of 7 agents cannot be followed either. Ask your admin for the permissions a:b:c, d:e:f.',
    ],
    [
      refusalGap('people', { missing: [], message: 'no answer in time' }),
      'Names and pictures cannot be read: no answer in time.',
    ],
    [
      { kind: 'circles', agents: null, permissions: [], reason: null } as const,
      'Your teams, queues or groups cannot be read: the platform gave no reason.',
    ],
  ])('%#', (gap, sentence) => expect(describeGap(gap)).toBe(sentence))

  it('names the scopes that only the team view needs', () => {
    expect(scopeGaps(['users', 'groups:readonly']).map(describeGap)).toEqual([
      'The scope "routing:readonly" is missing: without it, the members of your queues cannot be read. An admin can add it to Cueline\'s OAuth client; then sign in again.',
    ])
    expect(scopeGaps(null)).toEqual([])
  })

  it('names a circle with its kind', () => {
    expect(describeCircle({ kind: 'queue', id: 'q', name: 'Claims' })).toBe('Queue Claims')
  })
})

describe('a badge in words', () => {
  const playing = badge('playing', { note, sinceMs: 10_000 })
  const ended = (state: BadgeNote['state']) => badge('failed', { note: { ...note, state } })
  it.each<[string, Badge, string, string]>([
    ['playing', playing, 'Playing', '"terms-of-sale" (German) plays, about 10 s left.'],
    [
      'of unknown length',
      badge('playing', { note: { ...note, durationMs: null } }),
      'Playing',
      '"terms-of-sale" (German) plays.',
    ],
    ['done', badge('done', { note }), 'Done', 'The customer heard "terms-of-sale" (German).'],
    ['failed', ended('failed'), 'Failed', '"terms-of-sale" (German) failed.'],
    [
      'interrupted',
      ended('interrupted'),
      'Interrupted',
      '"terms-of-sale" (German) was interrupted: the customer did not hear all of it.',
    ],
    ['rejected', ended('rejected'), 'Not played', '"terms-of-sale" (German) was not played.'],
    [
      'stopped',
      ended('stopped'),
      'Stopped',
      '"terms-of-sale" (German) was stopped by the agent: the customer did not hear all of it.',
    ],
    ['unknown', badge('unknown', { note }), 'Unknown', 'How "terms-of-sale" (German) ended is not known.'],
    ['damaged', badge('unknown', { because: 'damaged' }), 'Unknown', 'The note in the call cannot be read.'],
    ['no word', badge('unknown', { because: 'no word' }), 'Unknown', 'Nothing was heard of this agent yet.'],
    ['on a call', badge('on a call'), 'On a call', 'No prompt plays.'],
    [
      'on an unseen call',
      badge('on a call', { because: 'not seen' }),
      'On a call',
      'Whether a prompt plays is not known: the call itself was not seen yet.',
    ],
    ['idle', badge('idle'), 'Idle', 'Not on a call.'],
  ])('%s', (_, given, word, sentence) =>
    expect(describeBadge(given, 12_000)).toMatchObject({ word, sentence }),
  )

  it('takes the title of the prompt where it is known', () => {
    expect(describeBadge(badge('done', { note: { ...note, language: '' } }), 0, () => 'Terms').sentence).toBe(
      'The customer heard "Terms".',
    )
  })

  it('has a word, a shape and a tone for each state, no shape twice', () => {
    const looks = badgeStates.map((state) => badgeLooks[state])
    expect(new Set(looks.map(([word]) => word)).size).toBe(badgeStates.length)
    expect(new Set(looks.map(([, shape]) => shape)).size).toBe(badgeStates.length)
  })

  it('says how long ago in the largest unit that fits', () => {
    expect([0, 59_400, 60_000, 3_599_000, 7_300_000, -5].map(ago)).toEqual([
      '0 s',
      '59 s',
      '1 min',
      '59 min',
      '2 h',
      '0 s',
    ])
    expect(leftMs(badge('done', { note }), 0)).toBeNull()
  })
})

describe('what is found again', () => {
  it.each([null, '', '{', '[]', '{"circle":{"kind":"tribe"},"pins":[]}', '{"pins":"x"}'])(
    '%j is nothing',
    (text) => {
      expect(readTeamKept(text)).toEqual({ circle: null, pins: [] })
      expect(readKnownCalls(text)).toEqual([])
    },
  )

  it('is what was kept', () => {
    expect(readKnownCalls('[["ada","c-1"],["ben","c-2"]]')).toEqual([
      ['ada', 'c-1'],
      ['ben', 'c-2'],
    ])
  })
})
