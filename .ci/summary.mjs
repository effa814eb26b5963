// Adds up the JSON reports of the test runs and prints the closing line. A missing report, a failed step, a skipped test
// or a run without tests is a failure.
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
  passed += report.numPassedTests
  failed += report.numFailedTests + report.numPendingTests + report.numTodoTests
  if (report.numPendingTests > 0)
    console.error(`${report.numPendingTests} tests were skipped, which is not allowed here`)
  if (report.numTotalTests === 0) failed++
}
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
