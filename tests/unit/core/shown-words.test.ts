// Whose words stand on the screen, in each moment of a call.
import { describe, expect, it } from 'vitest'
import { chooseShownWords, type WordsFacts } from '../../../src/core/shown-words'
import { choice, prompt, sentPlayback } from '../../support/factories'

const terms = prompt({ key: 'terms', title: 'Terms of sale' })
const welcome = prompt()
const facts = (of: Partial<WordsFacts> = {}): WordsFacts => ({
  current: null,
  readAloud: false,
  putAwayId: null,
  looked: null,
  readiness: {
    welcome: { status: 'ready', candidate: { words: 'Welcome to us.', language: 'en' } },
    terms: { status: 'unplayable', words: 'By saying yes.' },
  },
  ...of,
})
const german = choice({ words: 'Willkommen.', language: 'de' })
const playing = sentPlayback({ state: 'playing', choice: german })
const failed = sentPlayback({ state: 'failed', choice: german })

describe('the words on the screen', () => {
  it('are none as long as nobody looks at anything', () => {
    expect(chooseShownWords(facts())).toBeNull()
  })

  it.each([
    ['looked at', facts({ looked: welcome }), 'looked-at', 'Welcome to us.', 'en'],
    ['looked at, which cannot be played', facts({ looked: terms }), 'looked-at', 'By saying yes.', null],
    ['looked at, being checked', facts({ looked: terms, readiness: {} }), 'looked-at', null, null],
    ['spoken', facts({ current: playing }), 'spoken', 'Willkommen.', 'de'],
    ['spoken and looked at', facts({ current: playing, looked: welcome }), 'spoken', 'Willkommen.', 'de'],
    [
      'looked at while another is spoken',
      facts({ current: playing, looked: terms }),
      'looked-at',
      'By saying yes.',
      null,
    ],
    ['on its way', facts({ current: sentPlayback({ choice: german }) }), 'looked-at', 'Willkommen.', 'de'],
    ['failed', facts({ current: failed, readAloud: true }), 'read-aloud', 'Willkommen.', 'de'],
    [
      'failed, whatever is looked at',
      facts({ current: failed, readAloud: true, looked: terms }),
      'read-aloud',
      'Willkommen.',
      'de',
    ],
    [
      'failed before a recording was chosen',
      facts({ current: sentPlayback({ state: 'rejected', choice: null }), readAloud: true }),
      'read-aloud',
      'Welcome to us.',
      'en',
    ],
    [
      'failed and put away',
      facts({ current: failed, readAloud: true, putAwayId: failed.id, looked: terms }),
      'looked-at',
      'By saying yes.',
      null,
    ],
  ] as const)('of a prompt that is %s', (_, of, why, words, language) => {
    expect(chooseShownWords(of)).toMatchObject({ why, words, language })
  })
})
