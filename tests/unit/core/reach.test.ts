// How a carrier is told which recording it shall play.
import { describe, expect, it } from 'vitest'
import { architectName, carrierReach, promptKeyOf } from '../../../src/core/reach'
import { readConfig } from '../../../src/core/config'

function configWith(fields: object) {
  const text = JSON.stringify({ oauth: { clientId: 'c' }, cdn: { base: 'https://cdn.example' }, ...fields })
  const reading = readConfig(text)
  if (!reading.ok) throw new Error(JSON.stringify(reading.complaints))
  return reading.config
}

it.each([
  ['welcome', 'cueline_', 'cueline_welcome'],
  ['hold-notice', 'cueline_', 'cueline_hold_notice'],
  ['hold-notice', '', 'hold_notice'],
])('%s with %j is %s in Architect, and back', (key, prefix, name) => {
  expect(architectName(key, prefix)).toBe(name)
  expect(promptKeyOf(name, prefix)).toBe(key)
})

it.each([
  ['other_welcome', 'cueline_'],
  ['cueline_', 'cueline_'],
  ['cueline__x', 'cueline_'],
  [`cueline_${'a'.repeat(65)}`, 'cueline_'],
])('%s is no prompt of ours', (name, prefix) => {
  expect(promptKeyOf(name, prefix)).toBeNull()
})

describe('the address of an announcement', () => {
  const pattern = 'sip:prompt-{key}@example;language={language}'

  it.each([
    [{ addresses: {}, pattern }, 'sip:prompt-welcome@example;language=de'],
    [{ addresses: { welcome: '+15550100' }, pattern }, '+15550100'],
    [{ addresses: { goodbye: '+15550100' }, pattern: null }, null],
    [{ addresses: {}, pattern: '{key}{key}@example' }, 'welcomewelcome@example'],
  ])('by %j is %s', (announcementLeg, address) => {
    const reach = carrierReach(configWith({ announcementLeg }), 'address')
    expect(reach.medium !== 'url' && reach.reach('welcome', 'de')).toBe(address)
  })
})

it('has no address for a prompt that is named like a part of every object', () => {
  const reach = carrierReach(
    configWith({ announcementLeg: { addresses: { welcome: '+15550100' } } }),
    'address',
  )
  expect(reach.medium !== 'url' && reach.reach('constructor', 'de')).toBeNull()
})

it('reaches by URL, by the name of a prompt, or by an address', () => {
  const config = configWith({ announcementLeg: { pattern: 'sip:{key}@example' } })
  expect(carrierReach(config, 'url')).toEqual({ medium: 'url' })
  const prompt = carrierReach(config, 'prompt')
  const dialled = carrierReach(config, 'address')
  expect(prompt.medium !== 'url' && prompt.reach('hold-notice', 'de')).toBe(
    'architect:cueline_hold_notice/de',
  )
  expect(dialled.medium !== 'url' && dialled.reach('hold-notice', 'de')).toBe('sip:hold-notice@example')
})
