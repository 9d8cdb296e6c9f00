// Runs before every npm script: installs what a fresh clone lacks, so that each script is the only command needed.
// Imports nothing but Node's own modules, since nothing else may be there yet. Prints no web address: `npm start` shows one only.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { findBrowser } from './find-browser.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const oldestNode = [20, 19]

function stop(sentence) {
  console.error(sentence)
  process.exit(1)
}

/** Runs quietly; everything it said is shown only if it failed. `failure` is a sentence for a person. */
function run(command, args, failure, options = {}) {
  const done = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    ...options,
  })
  if (done.status === 0) return
  console.error(`${done.stdout ?? ''}${done.stderr ?? ''}${done.error ? `${done.error.message}\n` : ''}`)
  stop(failure)
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  const [oldestMajor, oldestMinor] = oldestNode
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return
  stop(`Cueline needs Node ${oldestNode.join('.')} or newer; this is ${process.versions.node}.`)
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(`${root}/${file}`, 'utf8')).packages
  } catch (error) {
    if (error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Compares what npm noted when it installed with what the lock file asks for; optional packages may be for other machines. */
function isInstalled() {
  const wanted = readPackages('package-lock.json')
  const present = readPackages('node_modules/.package-lock.json')
  if (wanted === undefined) stop('package-lock.json is missing: the clone is not complete.')
  if (present === undefined) return false
  const same = Object.keys(present).every((path) => present[path].integrity === wanted[path]?.integrity)
  const mayMiss = (entry) => Boolean(entry.optional || entry.devOptional)
  return same && Object.keys(wanted).every((path) => path === '' || path in present || mayMiss(wanted[path]))
}

function installPackages() {
  if (isInstalled()) return
  console.log('Installing the packages (once)…')
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--no-update-notifier', '--prefer-offline']
  const npm = process.env.npm_execpath
  const failure = 'Installing the packages failed: see above.'
  if (npm) run(process.execPath, [npm, ...args], failure)
  else run('npm', args, failure, { shell: process.platform === 'win32' })
}

function isDebianAsRoot() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  try {
    return /^ID="?debian"?$/m.test(readFileSync('/etc/os-release', 'utf8'))
  } catch (error) {
    if (error.code === 'ENOENT') return false
    throw error
  }
}

function installBrowser() {
  const advice = 'The tests need a browser: install Chromium or Google Chrome, or set CHROMIUM_PATH to one.'
  try {
    if (findBrowser() !== undefined) return
  } catch (error) {
    stop(error.message)
  }
  if (!isDebianAsRoot()) stop(advice)
  console.log('Installing Chromium for the tests (once)…')
  const wait = ['-o', 'DPkg::Lock::Timeout=300']
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  run('apt-get', [...wait, 'update'], advice, { env })
  run('apt-get', [...wait, 'install', '-y', '--no-install-recommends', 'chromium'], advice, { env })
  if (findBrowser() === undefined) stop(advice)
}

checkNode()
installPackages()
if (process.argv.includes('--browser')) installBrowser()
