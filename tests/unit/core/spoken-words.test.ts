// Which sentence is being spoken: sentences as each language writes them, and the one that the clock has come to.
import { afterEach, describe, expect, it, vi } from 'vitest'
import { sentencesOf, spokenSentence } from '../../../src/core/spoken-words'

afterEach(() => vi.unstubAllGlobals())

const texts: [language: string, sentences: string[]][] = [
  ['en', ['Welcome to Northwind Care. ', 'Thank you for calling.']],
  ['en', ['Is that all right? ', 'Please say yes! ', 'Then we go on…']],
  ['en', ['Dr. Smith and Mrs. Jones will call. ', 'Goodbye.']],
  ['en', ['We are open from 9 a.m. until 5 p.m. on weekdays. ', 'Call then.']],
  ['en', ['The fee is 3.50 euros. ', 'You pay once.']],
  ['en', ['Press 1. ', 'Then wait.']],
  ['en', ['Ask for J. Smith. ', 'He knows.']],
  ['de', ['Das gilt z. B. für Nr. 5 bzw. 6. ', 'Danke.']],
  ['de', ['Wie bitte? ', 'Ja.']],
  ['es', ['Esta llamada se graba. ', '¿Está de acuerdo? ', '¡Gracias!']],
  ['es', ['Le atiende el Sr. García. ', '¿En qué puedo ayudarle?']],
  ['fr', ['Bonjour Mme Durand. ', 'Acceptez-vous ? ', 'Merci.']],
  ['ja', ['お電話ありがとうございます。', 'この通話は録音されます。', 'よろしいですか？']],
  ['en', ['No full stop at the end']],
  ['en', []],
]

describe.each([
  ["with the browser's own segmenter", false],
  ['where the browser has none', true],
])('sentences, %s', (_, without) => {
  it.each(texts)('%s: %j', (language, sentences) => {
    if (without) vi.stubGlobal('Intl', {})
    expect('Segmenter' in Intl).toBe(!without)
    expect(sentencesOf(sentences.join(''), language)).toEqual(sentences)
  })
})

describe('the sentence that is spoken', () => {
  const words = 'Ten chars. Twenty characters ok. Ten chars.'
  it.each([
    [0, 0],
    [2_000, 0],
    [2_600, 1],
    [7_000, 1],
    [7_800, 2],
    [10_000, 2],
    [99_000, 2],
    [-5, 0],
  ])('after %i ms of 10 s is number %i', (playedMs, place) => {
    expect(spokenSentence(words, playedMs, 10_000)).toBe(place)
  })

  it.each([
    ['', 1_000, 2_000],
    [words, 1_000, 0],
    [words, 1_000, Number.NaN],
  ])('of %j after %d of %d ms is not known', (text, playedMs, durationMs) => {
    expect(spokenSentence(text, playedMs, durationMs)).toBeNull()
  })
})
