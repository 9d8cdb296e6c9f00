// SHA-256 and the time zone of this browser, for the chain of records.
import type { Sealing } from '../core/ports'

export const browserSealing: Sealing = {
  async digest(text) {
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
    return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
  },
  utcOffsetMin: (atMs) => -new Date(atMs).getTimezoneOffset(),
}
