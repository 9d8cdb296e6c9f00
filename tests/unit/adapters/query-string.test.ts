// The stand-in for query-string reads a launch's address as the Client App SDK expects it.
import { expect, it } from 'vitest'
import { parse } from '../../../src/adapters/host/query-string'

it.each([
  ['', {}],
  ['?', {}],
  [
    '?gcHostOrigin=https%3A%2F%2Fapps.mypurecloud.de&gcTargetEnv=prod-euc1',
    { gcHostOrigin: 'https://apps.mypurecloud.de', gcTargetEnv: 'prod-euc1' },
  ],
  ['?a=one+two&b', { a: 'one two', b: '' }],
  // A list is no text: the SDK refuses it instead of taking either.
  ['?gcTargetEnv=prod&gcTargetEnv=prod-euc1', { gcTargetEnv: ['prod', 'prod-euc1'] }],
])('reads %j', (search, expected) => expect(parse(search)).toEqual(expected))
