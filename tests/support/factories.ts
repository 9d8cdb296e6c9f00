// Small complete objects for tests: each takes only what its test is about.
import type { CheckedAsset } from '../../src/core/asset'
import type { Prompt, Recording } from '../../src/core/catalogue'
import type { Conversation, Interaction, Participant } from '../../src/core/conversation'
import { toInteraction } from '../../src/core/conversation'
import { refused, type Refusal } from '../../src/core/errors'
import type { EvidenceRecord } from '../../src/core/evidence'
import { beginPlayback, type Choice, type Playback } from '../../src/core/playback'
import type { Candidate } from '../../src/core/prompt'

export const myUserId = 'user-me'
export const cdnBase = 'https://cdn.example/prompts'

export function participant(of: Partial<Participant> = {}): Participant {
  return {
    id: 'p-customer',
    purpose: 'customer',
    state: 'connected',
    held: false,
    confined: false,
    muted: false,
    recording: 'none',
    direction: 'inbound',
    userId: null,
    queueId: null,
    name: 'Casey Customer',
    address: null,
    disconnectType: null,
    attributes: {},
    supportedCodecs: null,
    connectedAtMs: 1_000,
    endedAtMs: null,
    wrapupRequired: false,
    listensTo: null,
    ...of,
  }
}

/** A leg of mine. */
export function agentLeg(of: Partial<Participant> = {}): Participant {
  return participant({
    id: 'p-agent',
    purpose: 'agent',
    userId: myUserId,
    name: 'Ada Agent',
    connectedAtMs: 2_000,
    ...of,
  })
}

/** A customer and me, connected, unless the test says otherwise. */
export function conversation(of: Partial<Conversation> = {}): Conversation {
  return { id: 'call-1', participants: [participant(), agentLeg()], ...of }
}

export function interaction(
  customer: Partial<Participant> = {},
  agent: Partial<Participant> = {},
): Interaction {
  return toInteraction(conversation({ participants: [participant(customer), agentLeg(agent)] }), myUserId)
}

export function recording(of: Partial<Recording> = {}): Recording {
  return { language: 'en', tier: 'standard', text: 'Welcome to us.', durationMs: 3_000, medium: 'cdn', ...of }
}

export function prompt(of: Partial<Prompt> = {}): Prompt {
  return {
    key: 'welcome',
    title: 'Welcome',
    version: '1',
    category: 'Greeting',
    requires: { recording: false, consent: false },
    validFrom: null,
    validUntil: null,
    pinned: false,
    formats: ['mp3'],
    recordings: [recording()],
    ...of,
  }
}

export function asset(of: Partial<CheckedAsset> = {}): CheckedAsset {
  return {
    url: `${cdnBase}/en/standard/welcome.mp3`,
    format: 'mp3',
    codec: 'mp3',
    durationMs: 3_000,
    sizeBytes: 24_000,
    sha256: '0'.repeat(64),
    ...of,
  }
}

export function candidate(of: Partial<Candidate> = {}): Candidate {
  return {
    promptKey: 'welcome',
    url: asset().url,
    language: 'en',
    tier: 'standard',
    format: 'mp3',
    claimedDurationMs: 3_000,
    words: 'Welcome to us.',
    reason: null,
    reasonInEnglish: null,
    ...of,
  }
}

export function choice(of: Partial<Choice> = {}): Choice {
  return {
    promptVersion: '1',
    language: 'en',
    tier: 'standard',
    reason: null,
    words: 'Welcome to us.',
    participantId: 'p-customer',
    atStart: { held: false, muted: false, recording: 'none' },
    queueId: null,
    callStartedAtMs: null,
    ...of,
  }
}

/** Clicked at 1,000 ms; a test moves it on with what it needs. */
export function playback(of: Partial<Playback> = {}): Playback {
  const begun = beginPlayback(
    { id: 'playback-1', interactionId: 'call-1', promptKey: 'welcome', title: 'Welcome' },
    1_000,
  )
  return { ...begun, ...of }
}

/** The same playback once its request was sent. */
export function sentPlayback(of: Partial<Playback> = {}): Playback {
  const begun = playback()
  return {
    ...begun,
    state: 'requested',
    asset: asset(),
    choice: choice(),
    attempts: 1,
    times: { ...begun.times, requestedAtMs: 1_010 },
    ...of,
  }
}

export function refusal(of: Partial<Refusal> = {}): Refusal {
  return refused({ kind: 'server-error', message: 'it broke', ...of }).refusal
}

/** The record of a prompt that was heard whole. */
export function evidence(of: Partial<EvidenceRecord> = {}): EvidenceRecord {
  return {
    playbackId: 'playback-1',
    organizationId: null,
    conversationId: 'call-1',
    participantId: 'p-customer',
    agentId: myUserId,
    queueId: null,
    promptKey: 'welcome',
    promptVersion: '1',
    assetUrl: asset().url,
    sha256: asset().sha256,
    language: 'en',
    tier: 'standard',
    format: 'mp3',
    choiceReason: null,
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
    atEnd: { held: false, muted: false, recording: 'none' },
    appVersion: 'test',
    ...of,
  }
}
