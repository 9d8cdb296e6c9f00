// Who gets the panel at once: looked for when the typing rests, and only the last word counts.
import { expect, it } from 'vitest'
import { createVirtualClock } from '../../../sandbox/org/clock'
import { answered, refused, type Answer } from '../../../src/core/errors'
import type { Member } from '../../../src/core/people'
import { createMembers } from '../../../src/services/members'

const anna = { id: 'a', name: 'Anna' }
const ben = { id: 'b', name: 'Ben' }

function open() {
  const clock = createVirtualClock(0)
  const asked: { text: string; answer: (answer: Answer<readonly Member[]>) => void }[] = []
  const told: (readonly string[])[] = []
  const people = {
    findPeople: (text: string) =>
      new Promise<Answer<readonly Member[]>>((answer) => void asked.push({ text, answer })),
  }
  const members = createMembers({ people, clock }, (ids) => void told.push(ids))
  return { clock, asked, told, members, state: () => members.snapshot.value }
}

it('asks once for what was typed, when the typing rests', async () => {
  const { clock, asked, members, state } = open()
  for (const text of ['a', 'an', ' ann ']) members.search(text)
  expect(state().status).toBe('searching')
  await clock.advance(1_000)
  expect(asked.map(({ text }) => text)).toEqual(['ann'])
  asked[0]?.answer(answered([anna]))
  await clock.advance(0)
  expect(state()).toMatchObject({ status: 'found', found: [anna] })
})

it('does not show what comes late for an earlier word', async () => {
  const { clock, asked, members, state } = open()
  members.search('ann')
  await clock.advance(1_000)
  members.search('ben')
  await clock.advance(1_000)
  asked[1]?.answer(answered([ben]))
  asked[0]?.answer(answered([anna]))
  await clock.advance(0)
  expect(state().found).toEqual([ben])
})

it('tells whom the group is to have, each once', () => {
  const { told, members, state } = open()
  members.add(anna)
  members.add(anna)
  members.add(ben)
  members.remove('a')
  expect(told).toEqual([['a'], ['a', 'b'], ['b']])
  expect(state().chosen).toEqual([ben])
})

it('says what to do where nobody can be looked up, and asks for nothing where nothing is typed', async () => {
  const { clock, asked, members, state } = open()
  members.search('x')
  members.search('')
  await clock.advance(1_000)
  expect(asked).toEqual([])
  members.search('x')
  await clock.advance(1_000)
  asked[0]?.answer(refused({ kind: 'forbidden', message: 'missing scope' }))
  await clock.advance(0)
  expect(state()).toMatchObject({ status: 'failed', found: [] })
  expect(state().problem).toContain('Go on without')
})
