// Bundles the command line into dist/weir.mjs. `buildIfStale` does nothing while no source is newer than the bundle.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
export const bundle = join(root, 'dist', 'weir.mjs')
const sources = ['collector-core', 'host', 'package.json', 'bin/build.mjs']

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

export async function build() {
  const { build } = await import('vite')
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: join(root, 'host/cli.ts'),
      outDir: join(root, 'dist'),
      emptyOutDir: true,
      target: 'node20',
      rollupOptions: { output: { entryFileNames: 'weir.mjs', chunkFileNames: '[name]-[hash].mjs' } },
    },
  })
}

/** Builds in a process of its own, so that the bundler's memory is gone before Weir runs; false when it failed. */
export function buildIfStale() {
  const present = sources.every((path) => existsSync(join(root, path)))
  if (!present) return true
  const stale = !existsSync(bundle) || sources.some((path) => newest(join(root, path)) > statSync(bundle).mtimeMs)
  return (
    !stale || spawnSync(process.execPath, [fileURLToPath(import.meta.url)], { stdio: ['ignore', 2, 2] }).status === 0
  )
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await build()
