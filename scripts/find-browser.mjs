// Finds an installed Chromium or Chrome for the tests: named by CHROMIUM_PATH, on the PATH, or at its usual place.
import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const commands = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** Places where the installers of macOS and Windows put a browser that the tests can drive. */
function usualPlaces() {
  if (process.platform === 'darwin') {
    return ['Chromium.app/Contents/MacOS/Chromium', 'Google Chrome.app/Contents/MacOS/Google Chrome'].flatMap(
      (app) => [join('/Applications', app), join(process.env.HOME ?? '', 'Applications', app)],
    )
  }
  if (process.platform === 'win32') {
    const roots = [process.env.ProgramFiles, process.env['ProgramFiles(x86)'], process.env.LOCALAPPDATA]
    const apps = [
      'Google/Chrome/Application/chrome.exe',
      'Chromium/Application/chrome.exe',
      'Microsoft/Edge/Application/msedge.exe',
    ]
    return roots.filter((root) => root !== undefined).flatMap((root) => apps.map((app) => join(root, app)))
  }
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => commands.map((command) => join(folder, command)))
}

/** On Linux it must also answer: some distributions put a script of that name there that only advises a snap. */
function runs(path) {
  try {
    accessSync(path, constants.X_OK)
  } catch {
    return false
  }
  return process.platform !== 'linux' || spawnSync(path, ['--version'], { timeout: 20_000 }).status === 0
}

/**
 * @returns {string | undefined} the path of a browser that can be started; undefined when none is installed
 * @throws when CHROMIUM_PATH names something that cannot be run: a wish that cannot be met is not passed over
 */
export function findBrowser() {
  const wished = process.env.CHROMIUM_PATH
  if (wished) {
    if (!runs(wished)) throw new Error(`CHROMIUM_PATH is ${wished}, which is no browser that can be run.`)
    return wished
  }
  return usualPlaces().find(runs)
}
