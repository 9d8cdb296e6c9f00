// May a prompt be played now? The first reason against it, in the order an agent wants to hear them.
import { describe, expect, it } from 'vitest'
import { findObstacle, type GuardFacts } from '../../../src/core/guard'
import { interaction } from '../../support/factories'

const clear: GuardFacts = { interaction: interaction(), signedIn: true, busy: false, channelLive: true }

describe('findObstacle', () => {
  it('finds none where the call is connected and the channel live', () => {
    expect(findObstacle(clear)).toBeNull()
  })

  it.each([
    ['signed_out', { signedIn: false }],
    ['call_not_connected', { interaction: null }],
    ['already_playing', { busy: true }],
    ['call_on_hold', { interaction: interaction({ held: true }) }],
    ['call_not_connected', { interaction: interaction({ state: 'disconnected' }) }],
    ['call_not_connected', { interaction: interaction({}, { state: 'alerting' }) }],
    ['channel_lost', { channelLive: false }],
  ])('finds %s', (code, change) => {
    expect(findObstacle({ ...clear, ...change })?.code).toBe(code)
  })

  it('says first that nobody is signed in, and last that the channel is down', () => {
    const all = { interaction: interaction({ held: true }), signedIn: false, busy: true, channelLive: false }
    expect(findObstacle(all)?.code).toBe('signed_out')
    expect(findObstacle({ ...all, signedIn: true })?.code).toBe('already_playing')
    expect(findObstacle({ ...all, signedIn: true, busy: false })?.code).toBe('call_on_hold')
  })
})
