// What one agent of a busy floor does next, and when: call, prompt, outcome, hang-up, and again. Pure, by a seeded chance.
import type { Random } from './random'

export type FloorStep = 'call' | 'play' | 'outcome' | 'hang-up'

export interface FloorPlay {
  promptKey: string
  language: string
  durationMs: number
}

export const floorOutcomes = ['completed', 'failed', 'stopped', 'interrupted', 'unknown'] as const
export type FloorOutcome = (typeof floorOutcomes)[number]

const nextStep: Record<FloorStep, FloorStep> = {
  call: 'play',
  play: 'outcome',
  outcome: 'hang-up',
  'hang-up': 'call',
}

const promptKeys = [
  'welcome',
  'recording-notice',
  'terms-of-sale',
  'card-payment-notice',
  'hold-notice',
  'opening-hours',
  'callback-offer',
  'goodbye',
]
const languages = ['en', 'de', 'fr', 'es', 'pt-BR']
const longestPlayMs = 30_000

export const afterStep = (step: FloorStep): FloorStep => nextStep[step]

/** From half to one and a half times as long, evenly. */
const about = (ms: number, random: Random): number => ms * (0.5 + random.below(1_000) / 1_000)

/** How long after this step the next one comes. `cycleMs`: from one call of an agent to their next, on average. */
export function waitAfter(step: FloorStep, play: FloorPlay, outcome: FloorOutcome, wait: FloorWait): number {
  const { cycleMs, random } = wait
  const playShare = Math.min(0.35, longestPlayMs / cycleMs)
  if (step === 'play')
    return outcome === 'completed' ? play.durationMs : play.durationMs * (0.2 + random.below(70) / 100)
  const shares = { call: 0.2, outcome: 0.45, 'hang-up': 0.35 }
  return about((1 - playShare) * shares[step] * cycleMs, random)
}

export interface FloorWait {
  cycleMs: number
  random: Random
}

export function choosePlay({ cycleMs, random }: FloorWait): FloorPlay {
  return {
    promptKey: promptKeys[random.below(promptKeys.length)] ?? '',
    language: languages[random.below(languages.length)] ?? '',
    durationMs: Math.round(about(Math.min(0.35 * cycleMs, longestPlayMs), random)),
  }
}

/** Most are heard to the end. */
export function chooseOutcome(random: Random): FloorOutcome {
  const dice = random.below(100)
  if (dice < 84) return 'completed'
  if (dice < 90) return 'failed'
  if (dice < 95) return 'stopped'
  return dice < 98 ? 'interrupted' : 'unknown'
}
