// Starts a browser for a test: Playwright's own way, or as in the field with partitioned storage and throttled timers.
import { spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { chromium, type Browser } from 'playwright-core'
import { makeProfile } from '../../scripts/browser-profile.mjs'
import { findBrowser } from '../../scripts/find-browser.mjs'

/** Quiet without a network, and able to run as root in a container with little shared memory. */
const args = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
]

function requireBrowser(): string {
  const path = findBrowser()
  if (path === undefined)
    throw new Error('No browser found: install Chromium or Google Chrome, or set CHROMIUM_PATH to one.')
  return path
}

/** A browser with Playwright's defaults: a cross-site frame is refused storage as in a private window, hidden frames keep full-speed timers. */
export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: requireBrowser(), args, headless: true })

export interface RealisticBrowser {
  browser: Browser
  close(): Promise<void>
}

/** The address at which a starting browser says that it can be driven. */
async function readDebuggerUrl(stderr: NodeJS.ReadableStream): Promise<string> {
  const said: string[] = []
  for await (const line of createInterface({ input: stderr })) {
    const url = /^DevTools listening on (ws:\S+)$/.exec(line)?.[1]
    if (url !== undefined) return url
    said.push(line)
  }
  throw new Error(`The browser ended before it could be driven:\n${said.join('\n')}`)
}

/** A browser with the defaults that people have: partitioned storage, throttled timers, autoplay only after a click. */
export async function launchRealistic({ blocksThirdPartyCookies = true } = {}): Promise<RealisticBrowser> {
  const profile = await makeProfile({ blocksThirdPartyCookies })
  const own = ['--headless=new', '--no-first-run', '--no-default-browser-check', '--remote-debugging-port=0']
  const child = spawn(requireBrowser(), [...args, ...own, `--user-data-dir=${profile}`, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const end = async (): Promise<void> => {
    child.kill()
    await ended
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  }
  try {
    const url = await readDebuggerUrl(child.stderr)
    // Nobody reads on: without this a talkative browser would stop when the pipe is full.
    child.stderr.resume()
    const browser = await chromium.connectOverCDP(url)
    return {
      browser,
      async close() {
        await browser.close()
        await end()
      },
    }
  } catch (error) {
    await end()
    throw error
  }
}
