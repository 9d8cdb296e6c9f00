// The licence at run time, over the whole panel and the whole organisation: without it nothing begins.
import { describe, expect, it } from 'vitest'
import { agentId } from '../../sandbox/org/people'
import { createDeskInMemory } from '../support/desk-in-memory'

const licence = 'integration:cueline:view'
const paths = (desk: ReturnType<typeof createDeskInMemory>) => new Set(desk.requests.map(({ path }) => path))

describe('an organisation that gives Cueline by a permission', () => {
  it('stops the panel of somebody without it: who is signed in is all that is asked', async () => {
    const desk = createDeskInMemory(11, { config: { licence } })
    const { panel } = await desk.open()
    expect(panel.session.snapshot.value).toEqual({
      status: 'signed-out',
      why: 'not-allowed',
      detail: 'integration:cueline:view, the permission by which your organisation gives Cueline',
    })
    expect(paths(desk)).toEqual(new Set(['/api/v2/tokens/me', '/api/v2/users/me']))
    expect(panel.channel.snapshot.value.status).not.toBe('live')
    desk.traffic.verify()
  })

  it('lets those with it work, also where a role grants it by a star', async () => {
    for (const granted of [licence, 'integration:cueline:*']) {
      const desk = createDeskInMemory(12, { config: { licence } })
      desk.org.provisioning.rights.set(agentId, { permissions: [granted] })
      const { panel } = await desk.open()
      expect(panel.session.snapshot.value.status).toBe('signed-in')
      expect(panel.channel.snapshot.value.status).toBe('live')
      desk.traffic.verify()
    }
  })
})

it('asks nobody for permissions where no licence is configured', async () => {
  const desk = createDeskInMemory(13)
  const { panel } = await desk.open()
  expect(panel.session.snapshot.value.status).toBe('signed-in')
  expect(panel.channel.snapshot.value.status).toBe('live')
})
