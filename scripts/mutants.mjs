// `npm run mutants`: breaks one important line at a time in a copy of the project; some test must fail for each.
// Prints the table, writes docs/mutants.md, and fails where a mutant survives or its line is no longer there.
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawn } from 'node:child_process'
import { format, resolveConfig } from 'prettier'
import { root } from './run-tool.mjs'

const mutants = JSON.parse(readFileSync(join(root, 'scripts/mutants.json'), 'utf8'))
const parts = [
  'src',
  'sandbox',
  'tests',
  'package.json',
  'tsconfig.json',
  'vite.config.ts',
  'vitest.config.ts',
]
const schedules = 150
const suites = [
  { name: 'unit', args: ['--project', 'unit', 'tests/unit/core', 'tests/unit/services'] },
  { name: 'model', args: ['--project', 'model', 'tests/model/truth.test.ts', 'tests/model/found.test.ts'] },
]

function copyOfTheProject() {
  const folder = mkdtempSync(join(tmpdir(), 'cueline-mutants-'))
  for (const part of parts) cpSync(join(root, part), join(folder, part), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  return folder
}

/** @returns {Promise<boolean>} whether all tests of the suite passed */
function passes(folder, { args }) {
  return new Promise((resolve, reject) => {
    const vitest = join(folder, 'node_modules/vitest/vitest.mjs')
    const child = spawn(process.execPath, [vitest, 'run', '--bail', '1', '--reporter', 'dot', ...args], {
      cwd: folder,
      stdio: 'ignore',
      env: { ...process.env, CUELINE_RUNS: String(schedules), CUELINE_SEED: '1' },
    })
    child.once('error', reject)
    child.once('close', (code) => resolve(code === 0))
  })
}

async function killersOf(folder, { file, text, replacement }) {
  const path = join(folder, file)
  const whole = readFileSync(path, 'utf8')
  if (whole.split(text).length !== 2) throw new Error(`${file} does not have this exactly once:\n${text}`)
  writeFileSync(
    path,
    whole.replace(text, () => replacement),
  )
  const killers = []
  for (const suite of suites) if (!(await passes(folder, suite))) killers.push(suite.name)
  writeFileSync(path, whole)
  return killers
}

const cell = (text) => '`' + text.trim().replaceAll(/\s+/g, ' ').replaceAll('|', '\\|') + '`'
const row = ({ file, text, replacement, why }, killers) =>
  `| ${file.replace('src/core/', '')} | ${cell(text)} | ${replacement.trim() === '' ? 'taken away' : cell(replacement)} | ${why} | ${killers.join(', ') || '**survived**'} |`

async function report(results, seconds) {
  const killed = results.filter(({ killers }) => killers.length > 0).length
  const lines = [
    '# Mutants: what breaks when a line is broken',
    '',
    `${new Date().toISOString().slice(0, 10)} · ${killed} of ${results.length} killed · ${seconds} s`,
    '',
    '`npm run mutants` changes one line at a time in a copy of the project, and runs the unit tests of `core` and `services` and',
    `${schedules} random schedules of the model. "Killed by" names the kinds of test that failed; a mutant that survives fails the run. The list is`,
    '`scripts/mutants.json`; a unit test holds that every line of it is still there.',
    '',
    '| file | line | becomes | why it matters | killed by |',
    '| --- | --- | --- | --- | --- |',
    ...results.map(({ mutant, killers }) => row(mutant, killers)),
    '',
  ]
  const path = join(root, 'docs/mutants.md')
  const options = { ...(await resolveConfig(path)), filepath: path }
  writeFileSync(path, await format(lines.join('\n'), options))
}

const startedAtMs = performance.now()
const secondsSoFar = () => Math.round((performance.now() - startedAtMs) / 1000)
const folders = Array.from({ length: Math.min(2, availableParallelism()) }, copyOfTheProject)
try {
  for (const suite of suites) {
    if (!(await passes(folders[0], suite)))
      throw new Error(`The ${suite.name} tests fail without any mutant.`)
  }
  const results = mutants.map((mutant) => ({ mutant, killers: [] }))
  const waiting = [...results]
  const work = async (folder) => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      next.killers = await killersOf(folder, next.mutant)
      const verdict = next.killers.length > 0 ? `killed by ${next.killers.join(', ')}` : 'SURVIVED'
      console.log(`${verdict.padEnd(22)} ${next.mutant.file}: ${next.mutant.why}`)
    }
  }
  await Promise.all(folders.map(work))
  await report(results, secondsSoFar())
  const survived = results.filter(({ killers }) => killers.length === 0).length
  console.log(`mutants: ${results.length - survived} of ${results.length} killed in ${secondsSoFar()} s`)
  process.exitCode = survived === 0 ? 0 : 1
} finally {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
}
