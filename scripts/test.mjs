// `npm test`: runs every test and ends with a line that counts the real results. Arguments are passed on to Vitest.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runTool } from './run-tool.mjs'

const wishes = process.argv.slice(2)

/** Counts from Vitest's report. A file that could not be loaded has no tests in it, yet it is a failure. */
function count(report, code) {
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  )
  // Skipping is only what a person asked for with a filter; in a whole run it hides something.
  const skipped = wishes.length === 0 ? report.numPendingTests + report.numTodoTests : 0
  const failed = report.numFailedTests + unloaded.length + skipped
  const nothingRan = report.numPassedTests + failed === 0
  // Vitest also fails for errors outside any test: then at least one failure must show.
  return {
    passed: report.numPassedTests,
    skipped,
    failed: failed === 0 && (nothingRan || code !== 0) ? 1 : failed,
  }
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    console.error(`The test runner left no report: ${error.message}`)
    return { testResults: [], numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 }
  }
}

const folder = mkdtempSync(join(tmpdir(), 'cueline-tests-'))
const file = join(folder, 'report.json')
const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...wishes]
const { code } = await runTool('vitest', args, { show: true })
const { passed, failed, skipped } = count(readReport(file), code)
rmSync(folder, { recursive: true })

if (skipped > 0) console.log(`${skipped} skipped, counted as failed`)
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? code || 1 : 0
