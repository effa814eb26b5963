// Bundles the command line into dist/weir.mjs, the page into dist/renderer/ and the shell into dist/electron/.
// `buildIfStale` does nothing while no source is newer than the last build that ended well.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
export const bundle = join(root, 'dist', 'weir.mjs')
/** Written when everything is built, with the time the build began. */
const stamp = join(root, 'dist', '.built')
const sources = ['collector-core', 'host', 'renderer', 'electron', 'assets/icons', 'package.json', 'bin/build.mjs']

function newest(path) {
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  let latest = 0
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (entry.name === 'testdata' || entry.name.endsWith('.test.ts')) continue
    latest = Math.max(latest, newest(join(path, entry.name)))
  }
  return latest
}

/** A bundle that runs in Node or Electron's main process; packages stay imports. */
const program = (entry, outDir, fileName) => ({
  root,
  build: {
    ssr: join(root, entry),
    outDir: join(root, outDir),
    emptyOutDir: true,
    target: 'node20',
    rollupOptions: {
      external: ['electron'],
      output: { entryFileNames: fileName, chunkFileNames: '[name]-[hash].mjs' },
    },
  },
})

/** The script that runs before the page. A sandboxed one is CommonJS in one file, and can load no packages. */
const preload = (entry, outDir, fileName) => ({
  root,
  ssr: { noExternal: true },
  build: {
    ssr: join(root, entry),
    outDir: join(root, outDir),
    emptyOutDir: false,
    target: 'chrome125',
    rollupOptions: { external: ['electron'], output: { format: 'cjs', entryFileNames: fileName } },
  },
})

/** Scripts, styles and fonts are files of their own: the page's content security policy allows nothing inline. */
const page = {
  root: join(root, 'renderer'),
  base: './',
  build: {
    outDir: join(root, 'dist', 'renderer'),
    emptyOutDir: true,
    target: ['chrome125', 'firefox128', 'safari17.5'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
}

const parts = [
  program('host/cli.ts', 'dist', 'weir.mjs'),
  page,
  program('electron/main.ts', 'dist/electron', 'main.mjs'),
  preload('electron/preload.ts', 'dist/electron', 'preload.cjs'),
]

export async function build() {
  // A build begun by a test run would else carry React's development half.
  process.env.NODE_ENV = 'production'
  const { build } = await import('vite')
  await stamped(stamp, async () => {
    for (const part of parts) await build({ configFile: false, logLevel: 'error', ...part })
  })
}

/** Does the work and stamps it with the time it began; there is no stamp while it goes on, nor after it failed. */
export async function stamped(stamp, work) {
  rmSync(stamp, { force: true })
  const begun = new Date()
  await work()
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, '')
  utimesSync(stamp, begun, begun)
}

/** Whether a source is newer than the stamp, or there is none. */
export function isStale(stamp, sources) {
  return !existsSync(stamp) || sources.some((path) => newest(path) > statSync(stamp).mtimeMs)
}

/** Builds in a process of its own, so that the bundler's memory is gone before Weir runs; false when it failed. */
export function buildIfStale() {
  const present = sources.every((path) => existsSync(join(root, path)))
  if (!present) return true
  const stale = isStale(
    stamp,
    sources.map((path) => join(root, path)),
  )
  return (
    !stale || spawnSync(process.execPath, [fileURLToPath(import.meta.url)], { stdio: ['ignore', 2, 2] }).status === 0
  )
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await build()
