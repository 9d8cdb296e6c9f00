// What the desktop says in the launch URL, and the way through the login page and back.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  decodeOAuthState,
  encodeOAuthState,
  isLoopback,
  isOrigin,
  launchSearch,
  readLaunch,
  readOAuthReturn,
  readPopupAnswer,
} from '../../../src/core/launch'

describe('readLaunch', () => {
  it('reads all parameters of the desktop', () => {
    const search =
      '?gcConversationId=0b5a-1&gcHostOrigin=https%3A%2F%2Fapps.example&gcTargetEnv=prod&gcLangTag=en-us&gcUsePopupAuth=true&view=team'
    expect(readLaunch(search)).toEqual({
      context: {
        conversationId: '0b5a-1',
        hostOrigin: 'https://apps.example',
        targetEnv: 'prod',
        languageTag: 'en-us',
        usePopupAuth: true,
      },
      missing: [],
      view: 'team',
    })
  })

  it('reads the older pc names where the gc names are absent', () => {
    const { context } = readLaunch('?pcConversationId=abc&pcLangTag=de&gcLangTag=fr')
    expect(context.conversationId).toBe('abc')
    expect(context.languageTag).toBe('fr')
  })

  it('finds nothing and complains of nothing in an empty address', () => {
    expect(readLaunch('')).toEqual({
      context: {
        conversationId: null,
        hostOrigin: null,
        targetEnv: null,
        languageTag: null,
        usePopupAuth: false,
      },
      missing: [],
      view: 'panel',
    })
  })

  it('counts every uninterpolated token as missing, by name', () => {
    const names = ['gcConversationId', 'gcHostOrigin', 'gcTargetEnv', 'gcLangTag', 'gcUsePopupAuth']
    const { context, missing } = readLaunch(`?${names.map((n) => `${n}={{${n}}}`).join('&')}`)
    expect(missing).toEqual(names)
    expect(context.conversationId).toBeNull()
    expect(context.usePopupAuth).toBe(false)
  })

  it.each([
    ['gcConversationId', '../../users/me'],
    ['gcConversationId', 'a'.repeat(65)],
    ['gcConversationId', 'a/b'],
    ['gcConversationId', '<script>'],
    ['gcHostOrigin', 'http://evil.example'],
    ['gcHostOrigin', 'https://apps.example/'],
    ['gcHostOrigin', 'https://user:secret@apps.example'],
    ['gcHostOrigin', 'javascript:alert(1)'],
    ['gcTargetEnv', 'prod/../x'],
    ['gcLangTag', 'en_'],
    ['gcLangTag', 'x'.repeat(10_000)],
    ['gcUsePopupAuth', '1'],
  ])('does not take %s=%s', (name, value) => {
    const { context, missing } = readLaunch(`?${new URLSearchParams({ [name]: value })}`)
    expect(missing).toEqual([name])
    expect(Object.values(context).filter(Boolean)).toEqual([])
  })

  it.each(['', 'Team', 'team ', '__proto__', '../setup', '{{view}}', 'x'.repeat(10_000)])(
    'shows the panel for the view %j',
    (view) => expect(readLaunch(`?${new URLSearchParams({ view })}`).view).toBe('panel'),
  )

  it('never throws, whatever stands in the address', () => {
    fc.assert(
      fc.property(fc.string(), (search) => {
        expect(readLaunch(search).context.usePopupAuth).toBe(false)
      }),
    )
  })
})

describe('isOrigin and isLoopback', () => {
  it.each([
    ['https://apps.mypurecloud.de', true],
    ['https://apps.example:8443', true],
    ['http://localhost:4680', true],
    ['http://127.0.0.1:4680', true],
    ['http://[::1]:4680', true],
    ['http://localhost.evil.example', false],
    ['https://apps.example?x', false],
    ['HTTPS://apps.example', false],
    ['null', false],
    ['', false],
  ])('isOrigin(%s) is %s', (value, expected) => {
    expect(isOrigin(value)).toBe(expected)
  })

  it('knows the three names of the loopback and no other', () => {
    expect(['localhost', '127.0.0.1', '[::1]', '127.0.0.1.evil.example'].map(isLoopback)).toEqual([
      true,
      true,
      true,
      false,
    ])
  })
})

describe('the OAuth state', () => {
  it('comes back as it went, for any nonce and any query', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: 'grapheme' }),
        fc.boolean(),
        (nonce, query, apart) => {
          const state = { nonce, search: `?${query}`, apart }
          expect(decodeOAuthState(encodeOAuthState(state))).toEqual(state)
        },
      ),
    )
  })

  it('needs no escaping in a query or a fragment', () => {
    expect(encodeOAuthState({ nonce: 'ü?>~~', search: '?a=ÿÿÿ>>>', apart: false })).toMatch(
      /^[A-Za-z0-9_-]+$/,
    )
  })

  it.each([
    ['', 'nothing'],
    ['not base64 at all!', 'not base64'],
    [btoa('{"nonce":"n"}'), 'an object'],
    [btoa('["only one"]'), 'one entry'],
    [btoa('["n","?a"]'), 'two entries'],
    [btoa('[1,"?a",false]'), 'a nonce that is no text'],
    [btoa('["n","//evil.example/",false]'), 'a search that is no query'],
    [btoa('["n","?a","more"]'), 'a window that is neither yes nor no'],
    [btoa('["n","?a",false,"more"]'), 'four entries'],
  ])('is foreign when it is "%s" (%s)', (text) => {
    expect(decodeOAuthState(text)).toBeNull()
  })
})

describe('readOAuthReturn', () => {
  const state = encodeOAuthState({ nonce: 'n-1', search: '?gcConversationId=abc', apart: false })

  it('finds nothing in an address without an answer', () => {
    expect(readOAuthReturn('', '')).toEqual({ kind: 'none' })
    expect(readOAuthReturn('#somewhere', '')).toEqual({ kind: 'none' })
  })

  it('reads the token, its life and our state', () => {
    expect(readOAuthReturn(`#access_token=secret&expires_in=3600&state=${state}`, '')).toEqual({
      kind: 'token',
      token: 'secret',
      expiresInS: 3600,
      state: { nonce: 'n-1', search: '?gcConversationId=abc', apart: false },
    })
  })

  it.each(['', 'soon', '-5', '0', 'Infinity'])('does not take "%s" for a life', (expires) => {
    const returned = readOAuthReturn(`#access_token=secret&expires_in=${expires}&state=${state}`, '')
    expect(returned).toMatchObject({ kind: 'token', expiresInS: null })
  })

  it('calls a token foreign that comes without a state, with a broken one, or empty', () => {
    expect(readOAuthReturn('#access_token=secret', '')).toEqual({ kind: 'foreign' })
    expect(readOAuthReturn('#access_token=secret&state=abc', '')).toEqual({ kind: 'foreign' })
    expect(readOAuthReturn(`#access_token=&state=${state}`, '')).toEqual({ kind: 'foreign' })
  })

  it('reads a refusal with its description, else its code', () => {
    const described = readOAuthReturn(`#error=access_denied&error_description=Not+you&state=${state}`, '')
    expect(described).toMatchObject({ kind: 'denied', reason: 'Not you', state: { nonce: 'n-1' } })
    expect(readOAuthReturn('#error=access_denied', '')).toEqual({
      kind: 'denied',
      reason: 'access_denied',
      state: null,
    })
  })

  it('reads a code from the query, with our state as it was written', () => {
    expect(readOAuthReturn('', `?code=c-1&state=${state}`)).toEqual({
      kind: 'code',
      code: 'c-1',
      stateText: state,
      state: { nonce: 'n-1', search: '?gcConversationId=abc', apart: false },
    })
  })

  it('calls a code foreign that comes without our state, or empty', () => {
    expect(readOAuthReturn('', '?code=c-1')).toEqual({ kind: 'foreign' })
    expect(readOAuthReturn('', '?code=c-1&state=abc')).toEqual({ kind: 'foreign' })
    expect(readOAuthReturn('', `?code=&state=${state}`)).toEqual({ kind: 'foreign' })
  })

  it('reads a refusal from the query too, and nothing from a launch', () => {
    const refused = readOAuthReturn('', `?error=access_denied&state=${state}`)
    expect(refused).toMatchObject({ kind: 'denied', reason: 'access_denied', state: { nonce: 'n-1' } })
    expect(readOAuthReturn('', '?gcConversationId=abc')).toEqual({ kind: 'none' })
  })
})

describe('readPopupAnswer', () => {
  const answer = { kind: 'cueline.sign-in', hash: '#a', search: '' }

  it('takes what a login window of ours says', () => {
    expect(readPopupAnswer(answer)).toEqual(answer)
  })

  it.each([
    null,
    undefined,
    'text',
    7,
    {},
    { ...answer, kind: 'other' },
    { ...answer, hash: 1 },
    { kind: answer.kind },
  ])('takes %j for no answer', (message) => {
    expect(readPopupAnswer(message)).toBeNull()
  })
})

describe('launchSearch', () => {
  const state = encodeOAuthState({ nonce: 'n', search: '?gcConversationId=1', apart: false })
  const after = (hash: string, search: string) => launchSearch(readOAuthReturn(hash, search), search)

  it.each([
    [
      'nothing came back: the address stays to the letter',
      '',
      '?gcLangTag=en_US&x=%7B',
      '?gcLangTag=en_US&x=%7B',
    ],
    ['our state brings the parameters along', '', `?code=c&state=${state}`, '?gcConversationId=1'],
    ['a foreign state leaves no code behind', '', '?code=c&state=foreign&gcLangTag=en', '?gcLangTag=en'],
    ['a refusal without a state leaves no words behind', '', '?error=e&error_description=Call+us', ''],
    [
      'a foreign token leaves the parameters',
      '#access_token=t&state=foreign',
      '?gcLangTag=en',
      '?gcLangTag=en',
    ],
  ])('%s', (_, hash, search, wanted) => {
    expect(after(hash, search)).toBe(wanted)
  })
})
