// Runs before `npm test` and `npm start`, so that both work on a fresh clone: installs what the lock file names, once.
import { spawnSync } from 'node:child_process'
import { existsSync, lstatSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const folder = join(root, 'node_modules')
const installed = join(folder, '.package-lock.json')
const lock = join(root, 'package-lock.json')

/** `npm ci` empties the folder first, which behind a link belongs to another checkout. */
const borrowed = lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink() ?? false

if (borrowed) {
  console.error('node_modules is a link to another checkout: using its packages as they are.')
} else if (!existsSync(installed) || statSync(lock).mtimeMs > statSync(installed).mtimeMs + 1000) {
  console.error('Installing dependencies (npm ci)…')
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (npm.status !== 0) {
    console.error('npm ci failed: see the lines above. Weir needs Node 20.19 or newer and the npm registry.')
    process.exit(npm.status ?? 1)
  }
}
