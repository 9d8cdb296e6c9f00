// What the header says where the token lacks a scope.
import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, expect, it } from 'vitest'
import { nextTick } from 'vue'
import { mountApp } from '../support/panel'

enableAutoUnmount(afterEach)

it.each([
  [['notifications'], false],
  [['user-basic-info'], true],
  [null, false],
])('with %j it warns: %s', async (scopes, warned) => {
  const { snapshots, text } = mountApp()
  const identity = { userId: 'user-me', name: 'Ada', scopes }
  snapshots.session.set({ status: 'signed-in', identity, renewalDue: false })
  await nextTick()
  expect(text().includes('The scope "notifications" is missing: without it, nothing is seen.')).toBe(warned)
})
