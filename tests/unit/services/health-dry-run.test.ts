// A dry run: which file for such a customer, what the queue requires, and what is looked into for the answer.
import { describe, expect, it } from 'vitest'
import { createVirtualClock } from '../../../sandbox/org/clock'
import { readCatalogue } from '../../../src/core/catalogue'
import type { DryRunQuestion } from '../../../src/core/dry-run'
import { answered, failure, refused, type Answer } from '../../../src/core/errors'
import type { Finding } from '../../../src/core/health'
import type { QueueName } from '../../../src/core/health-ports'
import { createHealth } from '../../../src/services/health'
import { createDryRun } from '../../../src/services/health-dry-run'

const sound = { durationMs: 1_000, sizeBytes: 1, sha256: '', lufs: -20, peakDbfs: -3, leadingSilenceMs: 0 }
const good: Finding = { ok: true, measured: { ...sound, codec: 'mp3' } }
const gone: Finding = { ok: false, failure: failure('asset_missing', 'HTTP 404') }
const prompt = (key: string, more: object = {}) => ({
  key,
  title: `The ${key}`,
  formats: ['mp3'],
  recordings: [{ language: 'en', tier: 'standard' }],
  ...more,
})
const catalogue = {
  prompts: [prompt('notice'), prompt('terms'), prompt('old', { validUntil: '1999-12-31' })],
  required: [
    { prompt: 'notice', queues: ['q-1'], direction: 'inbound', withinS: 60 },
    { prompt: 'notice', withinS: 5 },
    { prompt: 'terms', queues: ['q-2'], withinS: 300 },
    { prompt: 'nobody', withinS: 5 },
  ],
}
const rules = {
  defaults: { language: 'en', tier: 'standard' },
  tiers: ['standard'],
  attributes: { language: 'language', tier: 'tier' },
  cdnBase: 'https://cdn.example.org',
  carrier: { medium: 'url' as const },
}
const question: DryRunQuestion = {
  queueId: '',
  direction: 'inbound',
  promptKey: '',
  language: 'fr',
  tier: '',
  codecs: 'mp3',
}

function openDryRun(
  queues: Answer<readonly QueueName[]> = answered([{ id: 'q-1', name: 'Claims' }]),
  find: (key: string) => Finding = () => good,
) {
  const probed: string[] = []
  const counts = { catalogue: 0, queues: 0 }
  const source = {
    fetchCatalogue: async () => ((counts.catalogue += 1), answered(readCatalogue(catalogue))),
  }
  const probe = {
    probe: async ({ id, promptKey }: { id: string; promptKey: string }) => (probed.push(id), find(promptKey)),
  }
  const clock = createVirtualClock(1_800_000_000_000)
  const health = createHealth({ clock, catalogues: [source], probe }, rules)
  const directory = { fetchQueues: async () => ((counts.queues += 1), queues) }
  const dryRun = createDryRun({ clock, queues: directory, ...health }, rules)
  const ask = async (change: Partial<DryRunQuestion>) => {
    await dryRun.ask({ ...question, ...change })
    const { answer } = dryRun.snapshot.value
    if (answer?.status !== 'answered') throw new Error(`no answer: ${answer?.status}`)
    return answer
  }
  return { health, dryRun, ask, probed, counts, state: () => dryRun.snapshot.value }
}

describe('a dry run', () => {
  it('names the file for a prompt, and looks into what it needs once', async () => {
    const { ask, probed, counts } = openDryRun()
    const answer = await ask({ promptKey: 'notice' })
    expect(answer).toMatchObject({
      queue: null,
      supported: ['mp3'],
      asked: {
        withinS: null,
        run: { chosen: { url: 'https://cdn.example.org/en/standard/notice.mp3' } },
      },
      required: [],
    })
    await ask({ promptKey: 'notice' })
    expect(probed).toEqual(['notice/en/standard/mp3'])
    expect(counts.catalogue).toBe(1)
  })

  it.each<[string, Partial<DryRunQuestion>, [string, number | null][]]>([
    ['what its queue requires', { queueId: 'q-1' }, [['notice', 60]]],
    [
      'the rule for any queue in the other direction',
      { queueId: 'q-1', direction: 'outbound' },
      [['notice', 5]],
    ],
    [
      'what each queue requires, in the order of the rules',
      { queueId: 'q-2' },
      [
        ['notice', 5],
        ['terms', 300],
      ],
    ],
    ['the prompt that was asked for only once', { queueId: 'q-2', promptKey: 'terms' }, [['notice', 5]]],
    ['nothing where no queue was chosen', { promptKey: 'terms' }, []],
  ])('tells %s', async (_, change, required) => {
    const answer = await openDryRun().ask(change)
    expect(answer.required.map(({ promptKey, withinS }) => [promptKey, withinS])).toEqual(required)
    if (change.promptKey) expect(answer.asked?.withinS).toBe(change.queueId ? 300 : null)
  })

  it('says which required prompt could not be played, and which has expired', async () => {
    const { ask } = openDryRun(undefined, (key) => (key === 'notice' ? gone : good))
    const { required, asked } = await ask({ queueId: 'q-1', promptKey: 'old' })
    expect(required[0]?.run).toMatchObject({ chosen: null, lines: [{ verdict: { kind: 'faulty' } }] })
    expect(asked?.dates).toEqual([{ kind: 'expired', date: '1999-12-31' }])
  })

  it('reads the catalogue anew after it was changed', async () => {
    const { ask, health, counts } = openDryRun()
    await ask({ promptKey: 'notice' })
    health.stale()
    await ask({ promptKey: 'notice' })
    expect(counts.catalogue).toBe(2)
  })

  it('knows no prompt that is not there', async () => {
    const { dryRun, state } = openDryRun()
    await dryRun.ask({ ...question, promptKey: 'nobody' })
    expect(state().answer).toEqual({ status: 'unknown-prompt', promptKey: 'nobody' })
  })

  it('answers the newest question only', async () => {
    const { dryRun, state } = openDryRun()
    await Promise.all([
      dryRun.ask({ ...question, promptKey: 'notice' }),
      dryRun.ask({ ...question, promptKey: 'terms' }),
    ])
    expect(state().answer).toMatchObject({ asked: { promptKey: 'terms' } })
  })
})

describe('the queues', () => {
  it('are those of the directory, and those that only a rule names', async () => {
    const { dryRun, state, counts } = openDryRun()
    await Promise.all([dryRun.readQueues(), dryRun.readQueues()])
    await dryRun.readQueues()
    expect(counts).toEqual({ catalogue: 1, queues: 1 })
    expect(state().queues).toEqual([
      { id: 'q-1', name: 'Claims' },
      { id: 'q-2', name: 'q-2' },
    ])
  })

  it('say who lacks what where they cannot be read, and are asked for again', async () => {
    const no = refused({ kind: 'forbidden', message: 'no', missing: ['routing:queue:view'] })
    const { dryRun, state, counts } = openDryRun(no)
    await dryRun.readQueues()
    expect(state()).toMatchObject({ queueStatus: 'refused', queues: [{ id: 'q-1' }, { id: 'q-2' }] })
    expect(state().queueProblem).toContain('routing:queue:view')
    await dryRun.readQueues()
    expect(counts.queues).toBe(2)
  })
})

it('a bad rule is among what was left out of the catalogue', async () => {
  const { health } = openDryRun()
  await health.check()
  expect(health.snapshot.value.report?.gaps).toEqual([
    { place: 'required.3.prompt', reason: '"nobody" is no prompt of the catalogue' },
  ])
})
