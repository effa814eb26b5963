// Builds the command line once before all suites and runs a copy of it, so that a source edited meanwhile changes nothing.
import { cpSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { spawnSync } from 'node:child_process'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
/** Below node_modules, where the bundle finds the packages it imports. */
const copy = join(root, 'node_modules', '.weir-e2e', String(process.pid))

export function setup(): void {
  if (process.env.WEIR_E2E_BUNDLE !== undefined) return
  const built = spawnSync(process.execPath, [join(root, 'bin', 'weir.mjs'), '--help'], { encoding: 'utf8' })
  if (built.status !== 0) throw new Error(`the command line cannot be built:\n${built.stdout}${built.stderr}`)
  for (const folder of ['dist', 'assets']) cpSync(join(root, folder), join(copy, folder), { recursive: true })
  process.env.WEIR_E2E_BUNDLE = join(copy, 'dist', 'weir.mjs')
}

export function teardown(): void {
  rmSync(copy, { recursive: true, force: true })
}
