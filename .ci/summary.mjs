// Adds up the JSON reports of the test runs and prints the closing line. A missing report, a failed step, a skipped test
// or a run without tests is a failure; the runs in Electron alone, whose program no registry has, may be skipped.
import { existsSync, readFileSync } from 'node:fs'

const reports = process.argv.slice(2, -1)
const failedSteps = Number(process.argv.at(-1))
let passed = 0
let failed = failedSteps
for (const path of reports) {
  if (!existsSync(path)) {
    console.error(`no test report ${path}`)
    failed++
    continue
  }
  const report = JSON.parse(readFileSync(path, 'utf8'))
  const skipped = { inElectron: 0, elsewhere: 0 }
  for (const { name, assertionResults } of report.testResults) {
    const count = assertionResults.filter(({ status }) => status !== 'passed' && status !== 'failed').length
    skipped[name.endsWith('/e2e/app/electron.e2e.ts') ? 'inElectron' : 'elsewhere'] += count
  }
  passed += report.numPassedTests
  failed += report.numFailedTests + skipped.elsewhere
  if (skipped.inElectron > 0) console.error(`NOT RUN: ${skipped.inElectron} tests in Electron, which is not here`)
  if (skipped.elsewhere > 0) console.error(`${skipped.elsewhere} tests were skipped, which is not allowed here`)
  if (report.numTotalTests === 0) failed++
}
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
