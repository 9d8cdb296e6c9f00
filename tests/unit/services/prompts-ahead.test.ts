// What is done about prompts before it is known who is on the line.
import { expect, it } from 'vitest'
import { interaction } from '../../support/factories'
import { settled } from '../../support/ports'
import { setUp } from './prompts-harness'

it('checks what the likeliest customer would hear before it is known who is on the line, and shows nothing of it', async () => {
  const { service, checked } = setUp()
  await service.load()
  service.checkAhead()
  await settled()
  expect(checked).toEqual(['en/standard/welcome.mp3'])
  expect(service.snapshot.value.readiness).toEqual({})
  service.follow(interaction())
  service.checkAhead()
  await settled()
  // By then it is chosen for the one who is on the line, and only so.
  expect(checked).toHaveLength(2)
})

it('of what is on screen waits for the call, and shows nothing meanwhile', async () => {
  const { service, checked } = setUp()
  await service.load()
  await service.prepare('terms')
  expect(service.snapshot.value.readiness).toEqual({})
  service.follow(interaction())
  await settled()
  expect(checked).toContain('en/standard/terms.mp3')
})
