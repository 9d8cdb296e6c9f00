// A way through the login apart from the panel's page: in a window of its own, or in a frame that nobody sees.
import { readOAuthReturn, readPopupAnswer, type OAuthReturn } from '../../core/launch'

/**
 * What the page that the login came back to hands over. Only this window, on exactly our own origin, is heard.
 *
 * @param isOver looked at now and then: there will be no answer
 * @returns null where none came
 */
export function waitForAnswer(
  apart: Window,
  isOver: () => boolean,
  lookEveryMs: number,
): Promise<OAuthReturn | null> {
  return new Promise((resolve) => {
    const done = (answer: OAuthReturn | null) => {
      window.removeEventListener('message', listen)
      clearInterval(look)
      resolve(answer)
    }
    const listen = (event: MessageEvent<unknown>) => {
      if (event.source !== apart || event.origin !== location.origin) return
      const answer = readPopupAnswer(event.data)
      if (answer !== null) done(readOAuthReturn(answer.hash, answer.search))
    }
    let wasOver = false
    // A window closes right after its answer, which may be heard later than the closing: only the second look believes it.
    const look = setInterval(() => {
      if (wasOver) done(null)
      wasOver = isOver()
    }, lookEveryMs)
    window.addEventListener('message', listen)
  })
}

const quietLookMs = 50
/** A login that says nothing for so long is gone to with the page, where it can be seen. */
const quietMs = 4_000

/**
 * Where the browser keeps the login's cookie from a frame in our page, the login would know nobody there. By our own page's right to
 * cookies, which stands in the desktop's as that frame would in ours.
 */
export async function mayPassQuietly(): Promise<boolean> {
  try {
    return await document.hasStorageAccess()
  } catch (error) {
    // A browser that has no such question is tried.
    if (error instanceof TypeError) return true
    throw error
  }
}

/**
 * Whoever is signed in at the login is sent back at once: in a frame, so that the panel need not be loaded twice. Redirects leave no
 * page in a frame; a page of another origin in it wants something of a person, or was forbidden to be there.
 *
 * @returns null where the page has to go to the login itself
 */
export async function passQuietly(address: string): Promise<OAuthReturn | null> {
  const frame = document.createElement('iframe')
  frame.hidden = true
  frame.src = address
  document.body.append(frame)
  const givenUpAtMs = performance.now() + quietMs
  const apart = frame.contentWindow
  try {
    const isOver = () => apart === null || !isOurs(apart) || performance.now() > givenUpAtMs
    return apart && (await waitForAnswer(apart, isOver, quietLookMs))
  } finally {
    frame.remove()
  }
}

/** The page that asked for a way that ended here: the one that opened this window, or has this frame; null: it is gone. */
export function findAsker(): Window | null {
  if (window.opener !== null) return window.opener as Window
  return window.parent !== window && isOurs(window.parent) ? window.parent : null
}

/** False for a page of another origin, which tells nobody where it is. An empty frame is ours: it has our origin. */
function isOurs(other: Window): boolean {
  try {
    return other.origin === location.origin
  } catch (error) {
    if (error instanceof DOMException) return false
    throw error
  }
}
