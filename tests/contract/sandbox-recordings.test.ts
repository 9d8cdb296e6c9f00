// Who heard a play of the Media API, and what the recording of its call contains.
import { beforeEach, expect, it } from 'vitest'
import { playBody } from './sandbox-harness'
import { firstCall, type Memory, openMemory, origin } from './sandbox-memory'

let memory: Memory
let call: ReturnType<typeof firstCall>
const url = `${origin}/cdn/en/standard/welcome.mp3`
const lengthMs = 6000
const bufferingMs = 80

beforeEach(async () => {
  memory = await openMemory()
  call = firstCall(memory)
})

const play = () => memory.api('POST', '/api/v2/media/play', playBody(call.id, url))
const parts = () =>
  memory.org.state().recordings.find(({ interactionId }) => interactionId === call.id)?.contains

it('a play is heard by the customer, and is in the recording', async () => {
  const fromMs = memory.startMs - memory.org.calls.all()[0]!.startedAtMs + bufferingMs
  await play()
  await memory.clock.advance(bufferingMs + 1000)
  expect(parts()).toEqual([{ kind: 'prompt', url, fromMs, toMs: fromMs + 1000, isOpen: true }])
  await memory.clock.advance(10_000)
  expect(parts()).toEqual([{ kind: 'prompt', url, fromMs, toMs: fromMs + lengthMs }])
  expect(memory.org.state().heard).toMatchObject([{ backend: 'media-api', heardBy: ['customer'] }])
})

it('a play that is cut by the end of the call ends the recording with it', async () => {
  await play()
  await memory.clock.advance(bufferingMs + 1000)
  await memory.control(`calls/${call.id}`, { disconnected: true })
  await memory.clock.advance(10_000)
  expect(parts()?.map(({ kind, fromMs, toMs }) => [kind, toMs - fromMs])).toEqual([['prompt', 1000]])
})

it('a play into a call that is not recorded is in no recording, which has a gap', async () => {
  await memory.control(`calls/${call.id}`, { recordingState: 'none' })
  await play()
  await memory.clock.advance(10_000)
  expect(parts()).toMatchObject([{ kind: 'gap', isOpen: true }])
})

it('a call in which nothing happened has neither prompt nor gap', () => {
  expect(parts()).toEqual([])
})
