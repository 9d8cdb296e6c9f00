// The records on screen: the list with its words, the checklist, the agent's word, and exports.
import { enableAutoUnmount, flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import type { Body } from '../../src/core/evidence-chain'
import { failure } from '../../src/core/errors'
import type { RequiredItem } from '../../src/core/required'
import { createSnapshot } from '../../src/services/snapshot'
import type { KeepingState, RecordKeeping } from '../../src/services/record-keeping'
import { checklistKey } from '../../src/stores/services'
import RecordsView from '../../src/views/HistoryView.vue'
import RequiredList from '../../src/views/RequiredList.vue'
import { playbackBody } from '../support/evidence-files'
import { choice, prompt, sentPlayback } from '../support/factories'
import { mountApp } from '../support/panel'

enableAutoUnmount(afterEach)

const running = { stage: 'running', embedded: true, hostProblem: null } as const
const item = (of: Partial<RequiredItem> = {}): RequiredItem => ({
  ...{ conversationId: 'call-1', queueId: null, promptKey: 'terms', title: 'Terms of sale', dueAtMs: null },
  ...{ state: 'due', settledAtMs: null, ...of },
})

async function mountWith(
  bodies: Body[],
  required: RequiredItem[] = [],
  view: 'panel' | 'records' = 'records',
) {
  const asked: string[] = []
  let file: { lines: number; text: string } | null = { lines: 3, text: 'a,b\r\n' }
  const snapshot = createSnapshot<KeepingState>({ bodies, required, kept: true, problem: null })
  const keeping: Partial<RecordKeeping> = {
    snapshot,
    refresh: () => void asked.push('refresh'),
    readAloud: (id) => void asked.push(`read ${id}`),
    readRequired: (key) => void asked.push(`required ${key}`),
    save(scope, format) {
      asked.push(`save ${scope.kind} ${format}`)
      return Promise.resolve(file)
    },
  }
  const launched = { view, views: { records: () => Promise.resolve(RecordsView) } }
  const app = mountApp(running, [], launched, {
    provide: { [checklistKey as symbol]: () => Promise.resolve(RequiredList) },
    before: ({ records }) =>
      records.patch({ keeping: keeping as RecordKeeping, required: required.length > 0 }),
  })
  await flushPromises()
  const click = async (name: string | RegExp) => {
    const button = app.wrapper.findAll('button').find((one) => new RegExp(name).test(one.text()))
    if (!button) throw new Error(`no button is named ${name}`)
    await button.trigger('click')
    await flushPromises()
  }
  return { ...app, asked, click, snapshot, nothing: () => (file = null) }
}

describe('the records', () => {
  it('are listed newest first, with outcome, length and language in words', async () => {
    const { wrapper } = await mountWith([
      playbackBody({ outcome: 'failed', code: 'asset_missing', playedMs: null }, 3_600_000),
      playbackBody({ playbackId: 'p-2', outcome: 'interrupted', playedMs: 1_400 }, 7_200_000),
    ])
    const rows = wrapper.findAll('main li').map((row) => row.text().replace(/\s+/g, ' '))
    expect(rows[0]).toMatch(/^Welcome 03:00 ?Interrupted · 1\.4 s of 3\.0 s · en/)
    expect(rows[1]).toMatch(/Failed · How much was heard is not known · en · asset_missing/)
  })

  it('take the agent’s word for what was not heard, and offer nothing of the kind for what was', async () => {
    const { asked, click, wrapper } = await mountWith([
      playbackBody(),
      playbackBody({ playbackId: 'p-2', outcome: 'failed' }),
    ])
    expect(wrapper.findAll('main li button')).toHaveLength(1)
    await click('I read it aloud')
    expect(asked).toContain('read p-2')
  })

  it('are exported for the call or the day, and shown as text where no file comes', async () => {
    const { asked, click, wrapper } = await mountWith([playbackBody()])
    await click('CSV')
    expect(wrapper.get('[role="status"]').text()).toMatch(/^3 lines handed to your browser/)
    expect((wrapper.get('textarea').element as HTMLTextAreaElement).value).toContain('a,b')
    await wrapper.get('input[value="day"]').setValue()
    await click('JSON lines')
    expect(asked.filter((one) => one.startsWith('save'))).toEqual(['save interaction csv', 'save day jsonl'])
  })

  it('say that there is nothing, here and to export', async () => {
    const { text, click, nothing } = await mountWith([])
    nothing()
    expect(text()).toContain('Nothing was recorded here.')
    await click('CSV')
    expect(text()).toContain('There is nothing to export here')
  })

  it('say what an agent has to do where the browser keeps nothing', async () => {
    const { snapshot, text } = await mountWith([playbackBody()])
    snapshot.patch({ kept: false })
    await flushPromises()
    expect(text()).toContain('export the records before you close this panel')
  })

  it('that could not be loaded are said to be in the call still', async () => {
    const app = mountApp(running, [], {
      view: 'records',
      views: { records: () => Promise.resolve(RecordsView) },
    })
    app.snapshots.records.patch({ problem: 'no network' })
    await flushPromises()
    expect(app.text()).toContain('Prompts are still recorded in the call')
  })
})

describe('the checklist', () => {
  it('shows each prompt with its state in words, and plays it on a click', async () => {
    const { wrapper, click, asked, snapshots } = await mountWith(
      [],
      [item(), item({ promptKey: 'welcome', title: 'Welcome', state: 'done' })],
      'panel',
    )
    snapshots.prompts.patch({ prompts: [prompt({ key: 'terms', title: 'Terms of sale' }), prompt()] })
    await flushPromises()
    const rows = wrapper.findAll('[data-required-state]')
    expect(rows.map((row) => row.attributes('data-required-state'))).toEqual(['due', 'done'])
    expect(rows[0]?.text()).toContain('To be played')
    expect(rows[1]?.findAll('button')).toHaveLength(0)
    await click(/^Play/)
    await click(/^I read it aloud/)
    expect(asked).toContain('required terms')
  })

  it('is not there where the call needs nothing', async () => {
    const { wrapper } = await mountWith([], [], 'panel')
    expect(wrapper.find('[data-required-state]').exists()).toBe(false)
  })
})

it('words that are to be read aloud have a button for the agent’s word beside them', async () => {
  const { snapshots, asked, click, text } = await mountWith([], [], 'panel')
  const current = sentPlayback({
    state: 'failed',
    failure: failure('asset_missing'),
    choice: choice({ words: 'Hello.' }),
  })
  snapshots.playback.patch({ current })
  await flushPromises()
  await click('I read it aloud')
  expect(asked).toContain('read playback-1')
  expect(text()).toContain('Recorded: you read it aloud.')
})
