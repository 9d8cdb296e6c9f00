// What agents set for themselves: a sheet that opens on their click, keeps its keys to itself, and says when nothing is kept.
import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import type { OutputChoice } from '../../src/core/preview'
import { createSnapshot } from '../../src/services/snapshot'
import { previewKey, settingsKey } from '../../src/stores/services'
import { quietPreview, type PreviewService } from '../../src/services/preview'
import SettingsSheet from '../../src/views/SettingsSheet.vue'
import { mountApp } from '../support/panel'
import { usePreferencesStore } from '../../src/stores/preferences'

enableAutoUnmount(afterEach)

async function openSettings(choice: OutputChoice = { kind: 'none', why: 'hidden' }) {
  const service: PreviewService = {
    snapshot: createSnapshot(quietPreview),
    start: () => Promise.resolve(),
    stop: () => undefined,
    fetchOutputs: () => Promise.resolve(choice),
    askOutput: () => Promise.resolve({ id: 'asked', label: 'My headset' }),
    dispose: () => undefined,
  }
  const app = mountApp(
    undefined,
    [],
    {},
    {
      provide: {
        [settingsKey as symbol]: () => Promise.resolve(SettingsSheet),
        [previewKey as symbol]: () => Promise.resolve(service),
      },
    },
  )
  const button = app.wrapper.get('#settings-button')
  await button.trigger('click')
  await vi.waitFor(() => expect(app.wrapper.find('[role="dialog"]').exists()).toBe(true))
  const sheet = app.wrapper.get('[role="dialog"]')
  return { ...app, button, sheet, preferences: usePreferencesStore() }
}

describe('the settings', () => {
  it('open on their button with the focus in them, and Escape leads back to it', async () => {
    const { button, sheet, wrapper } = await openSettings()
    expect(button.attributes('aria-expanded')).toBe('true')
    expect(sheet.element.contains(document.activeElement)).toBe(true)
    await sheet.trigger('keydown', { key: 'Escape' })
    await nextTick()
    expect(wrapper.find('[role="dialog"]').exists()).toBe(false)
    expect(document.activeElement).toBe(button.element)
  })

  it('keep their keys: a digit plays nothing', async () => {
    const { sheet, asked } = await openSettings()
    await sheet.trigger('keydown', { key: '1' })
    expect(asked.played).toEqual([])
  })

  it('change the look, the space and the volume', async () => {
    const { sheet, preferences } = await openSettings()
    await sheet.get('input[value="dark"]').setValue()
    await sheet.get('input[value="compact"]').setValue()
    await sheet.get('input[type="range"]').setValue('35')
    expect(preferences.state).toMatchObject({ theme: 'dark', density: 'compact', previewVolume: 0.35 })
  })

  it("give the catalogue's pins back, where there are own ones", async () => {
    const { sheet, preferences } = await openSettings()
    const back = () => sheet.findAll('button').find((button) => button.text().startsWith('Back to'))
    expect(back()?.attributes('disabled')).toBeDefined()
    preferences.change({ pins: ['terms'] })
    await nextTick()
    await back()?.trigger('click')
    expect(preferences.state.pins).toBeNull()
  })
})

describe('the output of a preview', () => {
  it('is chosen from a list, where the browser gives one', async () => {
    const outputs = [{ id: 'h', label: 'Headset' }]
    const { sheet, preferences } = await openSettings({ kind: 'list', outputs })
    await vi.waitFor(() => expect(sheet.find('select').exists()).toBe(true))
    await sheet.get('select').setValue('h')
    expect(preferences.state.previewOutput).toBe('h')
    await sheet.get('select').setValue('')
    expect(preferences.state.previewOutput).toBeNull()
  })

  it("is asked for by the browser's own question, on a click", async () => {
    const { sheet, preferences } = await openSettings({ kind: 'question' })
    const find = () => sheet.findAll('button').find((button) => button.text() === 'Choose an output')
    await vi.waitFor(() => expect(find()).toBeDefined())
    expect(preferences.state.previewOutput).toBeNull()
    await find()?.trigger('click')
    await vi.waitFor(() => expect(preferences.state.previewOutput).toBe('asked'))
    await vi.waitFor(() => expect(sheet.text()).toContain('My headset'))
  })

  it.each([
    ['unsupported', "own output only. Choose it in the computer's settings."],
    ['refused', 'The desktop does not let the panel choose an output.'],
    ['hidden', 'The browser does not name the outputs to the panel.'],
  ] as const)('that cannot be chosen (%s) has a sentence that says what to do', async (why, sentence) => {
    const { sheet } = await openSettings({ kind: 'none', why })
    await vi.waitFor(() => expect(sheet.text()).toContain(sentence))
  })
})

it('settings that did not arrive are said to be missing, and the next click tries again', async () => {
  let asked = 0
  const lost = () => {
    asked += 1
    return Promise.reject(new TypeError('Failed to fetch dynamically imported module'))
  }
  const { wrapper } = mountApp(undefined, [], {}, { provide: { [settingsKey as symbol]: lost } })
  await wrapper.get('#settings-button').trigger('click')
  await vi.waitFor(() =>
    expect(wrapper.get('[role="alert"]').text()).toContain('The settings did not arrive.'),
  )
  await wrapper.get('#settings-button').trigger('click')
  expect(asked).toBe(2)
})
