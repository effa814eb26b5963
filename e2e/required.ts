import { spawnSync } from 'node:child_process'
import { describe } from 'vitest'

/**
 * A suite that needs programs of other people: without one it is skipped with a loud line, or fails where
 * WEIR_E2E_REQUIRED=1 forbids skipping.
 */
export function describeWith(programs: readonly string[], name: string, suite: () => void): void {
  const missing = programs.filter((program) => !installed(program))
  if (missing.length === 0) {
    describe(name, suite)
    return
  }
  const message = `${name} needs ${missing.join(' and ')}, which is not installed`
  if (process.env.WEIR_E2E_REQUIRED === '1') throw new Error(message)
  console.error(`SKIPPED: ${message}`)
  describe.skip(name, suite)
}

function installed(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0
}
