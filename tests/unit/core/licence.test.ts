// Whom the licence turns away, and whom not.
import { expect, it } from 'vitest'
import { lacksLicence } from '../../../src/core/licence'

const wanted = 'integration:cueline:view'

it.each<[required: string | null, granted: readonly string[] | null | undefined, lacks: boolean]>([
  [null, null, false],
  [null, [], false],
  [wanted, [wanted], false],
  [wanted, ['routing:queue:view', wanted], false],
  [wanted, ['integration:cueline:*'], false],
  [wanted, ['integration:*:*'], false],
  [wanted, ['*'], false],
  [wanted, null, false],
  [wanted, undefined, false],
  [wanted, [], true],
  [wanted, ['integration:cueline:edit'], true],
  [wanted, ['integration:cueline2:view', 'integrations:cueline:view'], true],
  [wanted, [''], true],
])('%j of somebody with %j: lacks it is %j', (required, granted, lacks) =>
  expect(lacksLicence(required, granted)).toBe(lacks),
)
