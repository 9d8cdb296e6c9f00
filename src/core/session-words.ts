// Why somebody is signed out, in words: what happened and what to do now.
import { m, t } from './text'

export type SignedOutReason =
  | 'denied'
  | 'foreign-state'
  | 'storage-refused'
  | 'not-allowed'
  | 'unreachable'
  | 'way-lost'
  | 'expired'
  | 'window-needed'
  | 'window-closed'

const texts: Record<SignedOutReason, readonly [string, string]> = m({
  denied: [
    'Sign-in was refused',
    'The organisation refused the sign-in. Try again, or ask your admin for access.',
  ],
  'foreign-state': [
    'Sign-in was not ours',
    'An answer to a sign-in arrived that this panel did not start, so it was not used. Sign in again.',
  ],
  'storage-refused': [
    'The browser blocks storage',
    'Sign-in needs this site to keep a note for this tab. Allow site data for it, then sign in.',
  ],
  'not-allowed': [
    'You may not use Cueline yet',
    'Your role lacks what the panel needs. Ask your admin for it, then sign in again.',
  ],
  unreachable: [
    'The organisation cannot be reached',
    'The platform did not answer. The panel tries again by itself; check the connection meanwhile.',
  ],
  'way-lost': [
    'Sign-in did not get through',
    'A part of the panel did not arrive. Check the network, then sign in, or reload the panel.',
  ],
  'window-needed': ['Please sign in', 'Sign in opens in a window of its own and comes back here by itself.'],
  'window-closed': [
    'The sign-in window was closed',
    'Nothing came back from it. Allow windows for this site if none opened, then sign in.',
  ],
  expired: ['Your sign-in has ended', 'Sign in again to go on; nothing that was played is lost.'],
})

export function describeSignedOut(
  reason: SignedOutReason,
  detail: string | null,
): { title: string; sentence: string } {
  const [title, sentence] = texts[reason]
  return { title: t(title), sentence: detail ? `${t(sentence)} (${detail})` : t(sentence) }
}
