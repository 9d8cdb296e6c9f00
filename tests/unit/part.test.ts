// A part of a dictionary is fetched in the language that is spoken; whatever becomes of it, there are words.
import { afterEach, expect, it, vi } from 'vitest'
import { speak, t } from '../../src/core/text'
import { fetchPart, speakFurther } from '../../src/texts/part'

afterEach(() => {
  speak('en')
  vi.useRealTimers()
})

const team = (load: () => Promise<{ default: Record<string, string> }>) => ({
  './texts/de/team.json': load,
  './texts/fr/team.json': () => Promise.reject(new Error('another language was fetched')),
})

it('adds the sentences of a further view', async () => {
  speak('de', { Stop: 'Anhalten' })
  await speakFurther(team(() => Promise.resolve({ default: { Agents: 'Agenten' } })))
  expect([t('Stop'), t('Agents')]).toEqual(['Anhalten', 'Agenten'])
})

it('fetches nothing in English', async () => {
  expect(
    await fetchPart(
      'en',
      team(() => Promise.reject(new Error('fetched'))),
    ),
  ).toBeNull()
})

it('goes on in English where the chunk does not arrive', async () => {
  speak('de')
  await speakFurther(team(() => Promise.reject(new Error('offline'))))
  expect(t('Agents')).toBe('Agents')
})

it('waits three seconds and no longer', async () => {
  vi.useFakeTimers()
  const answer = fetchPart(
    'de',
    team(() => new Promise(() => undefined)),
  )
  await vi.advanceTimersByTimeAsync(3_000)
  expect(await answer).toBeNull()
})
