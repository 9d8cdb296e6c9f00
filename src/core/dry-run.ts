// What would be played, and why: the choice of the panel, told candidate by candidate, without a call.
import { mayPlayFormat, playsCodec } from './codec'
import type { Failure } from './errors'
import type { Finding, HealthIssue } from './health'
import type { Candidate } from './prompt'

/** What became of one candidate, in the order in which the panel would look at them. */
export interface DryRunLine {
  readonly candidate: Candidate
  readonly verdict:
    | { readonly kind: 'chosen' }
    /** A better one was taken, so that this one is never looked at. */
    | { readonly kind: 'not-needed' }
    | { readonly kind: 'format-not-played' }
    | { readonly kind: 'codec-not-played'; readonly codec: string }
    | { readonly kind: 'faulty'; readonly failure: Failure }
    /** The carrier holds the sound, and says no length: it could not tell when it has ended. */
    | { readonly kind: 'no-length' }
}

export interface DryRun {
  readonly lines: readonly DryRunLine[]
  readonly chosen: Candidate | null
}

export interface DryRunQuestion {
  /** Empty: no queue was chosen, and nothing is said of what it requires. */
  readonly queueId: string
  readonly direction: 'inbound' | 'outbound'
  /** Empty: only what the queue requires. */
  readonly promptKey: string
  readonly language: string
  readonly tier: string
  /** As an endpoint would say it, e.g. "opus, mp3"; empty: it says nothing. */
  readonly codecs: string
}

/** What would be played of one prompt. */
export interface DryRunChoice {
  readonly promptKey: string
  readonly title: string
  readonly run: DryRun
  /** What its dates say: an expired one may not be played. */
  readonly dates: readonly HealthIssue[]
  /** Seconds within which the queue requires it; null: it does not. */
  readonly withinS: number | null
}

/**
 * `supported` null: the line does not say what it plays. `findings` by URL: whatever is needed and not in it comes
 * back in `missing`, to be checked before the question is asked again.
 */
export function explainChoice(
  candidates: readonly Candidate[],
  supported: readonly string[] | null,
  findings: ReadonlyMap<string, Finding>,
): { readonly run: DryRun } | { readonly missing: Candidate } {
  const lines: DryRunLine[] = []
  let chosen: Candidate | null = null
  for (const candidate of candidates) {
    if (!mayPlayFormat(supported, candidate.format)) {
      lines.push({ candidate, verdict: { kind: 'format-not-played' } })
      continue
    }
    if (chosen) {
      lines.push({ candidate, verdict: { kind: 'not-needed' } })
      continue
    }
    const finding = findings.get(candidate.url)
    if (!finding) return { missing: candidate }
    const verdict = verdictOn(finding, supported)
    if (verdict.kind === 'chosen') chosen = candidate
    lines.push({ candidate, verdict })
  }
  return { run: { lines, chosen } }
}

function verdictOn(finding: Finding, supported: readonly string[] | null): DryRunLine['verdict'] {
  if (!finding.ok) return { kind: 'faulty', failure: finding.failure }
  const { codec } = finding.measured
  return playsCodec(supported, codec) ? { kind: 'chosen' } : { kind: 'codec-not-played', codec }
}

/** The same for a carrier that holds the sound itself: the first whose length is known. */
export function explainCarried(candidates: readonly Candidate[]): DryRun {
  const chosen = candidates.find(({ claimedDurationMs }) => claimedDurationMs !== null) ?? null
  const at = chosen === null ? candidates.length : candidates.indexOf(chosen)
  const lines = candidates.map((candidate, place): DryRunLine => ({
    candidate,
    verdict: { kind: place < at ? 'no-length' : place === at ? 'chosen' : 'not-needed' },
  }))
  return { lines, chosen }
}
