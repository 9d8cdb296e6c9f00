// The fresh profile of a browser that a test or a measurement drives, with the one setting in which browsers of agents differ.
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** As Chromium's source names them (components/content_settings, CookieControlsMode). */
const cookieControls = { off: 0, blockThirdParty: 1 }

/**
 * Chrome and Edge let a frame of another site have its cookies unless somebody forbids it; some builds of Chromium forbid it from the
 * start (Debian's). So neither is left to the build.
 *
 * @param {{ blocksThirdPartyCookies: boolean }} wish
 * @returns {Promise<string>} the folder; whoever starts the browser removes it
 */
export async function makeProfile({ blocksThirdPartyCookies }) {
  const folder = await mkdtemp(join(tmpdir(), 'cueline-browser-'))
  await mkdir(join(folder, 'Default'))
  const profile = {
    block_third_party_cookies: blocksThirdPartyCookies,
    cookie_controls_mode: blocksThirdPartyCookies ? cookieControls.blockThirdParty : cookieControls.off,
  }
  await writeFile(join(folder, 'Default', 'Preferences'), JSON.stringify({ profile }))
  return folder
}
