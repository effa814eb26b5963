// Runs before `npm test` and `npm start`, so that both work on a fresh clone: installs what the lock file names, unless it is
// there: another branch may touch the lock file without changing it, and `npm ci` without a network leaves nothing behind.
import { spawnSync } from 'node:child_process'
import { existsSync, lstatSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isInstalled } from './is-installed.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const folder = join(root, 'node_modules')
const installed = join(folder, '.package-lock.json')
const lock = join(root, 'package-lock.json')
const read = (path) => JSON.parse(readFileSync(path, 'utf8'))

/** `npm ci` empties the folder first, which behind a link belongs to another checkout. */
const borrowed = lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink() ?? false

if (borrowed) {
  console.error('node_modules is a link to another checkout: using its packages as they are.')
} else if (!existsSync(installed) || !isInstalled(read(lock), read(installed))) {
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
