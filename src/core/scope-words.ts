// A missing scope in words: which one, what does not work, and who can mend it.
import type { ScopeNeed } from './scopes'
import { t } from './text'

export function describeMissingScope({ scope, without }: ScopeNeed): string {
  return t(
    'The scope "{scope}" is missing: without it, {without}. An admin can add it to Cueline\'s OAuth client; then sign in again.',
    { scope, without },
  )
}
