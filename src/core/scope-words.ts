// A missing scope in words: which one, what does not work, and who can mend it.
import type { ScopeNeed } from './scopes'

export function describeMissingScope({ scope, without }: ScopeNeed): string {
  return `The scope "${scope}" is missing: without it, ${without}. An admin can add it to Cueline's OAuth client; then sign in again.`
}
