// When a preview has to end: it never talks over a prompt that begins, and never outlives the call it was begun in.
import { expect, it } from 'vitest'
import { endsPreview, type PreviewGround } from '../../../src/core/preview'

const on = (playbackId: string | null, callId: string | null): PreviewGround => ({ playbackId, callId })

it.each([
  ['nothing has changed', on(null, 'call'), on(null, 'call'), false],
  ['a prompt begins', on(null, 'call'), on('p-1', 'call'), true],
  ['another prompt begins', on('p-1', 'call'), on('p-2', 'call'), true],
  ['the prompt that ran goes on', on('p-1', 'call'), on('p-1', 'call'), false],
  ['the prompt that ran ends', on('p-1', 'call'), on(null, 'call'), false],
  ['the call ends', on(null, 'call'), on(null, null), true],
  ['another call comes', on(null, 'call'), on(null, 'other'), true],
  ['there was no call', on(null, null), on(null, null), false],
  ['a call comes to one who had none', on(null, null), on(null, 'call'), false],
])('%s: %j, then %j', (_, atStart, now, ends) => {
  expect(endsPreview(atStart, now)).toBe(ends)
})
