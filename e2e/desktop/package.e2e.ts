// What an installer would install: the archive holds all that Weir needs to run and nothing of its sources, and the shell's
// fuses are set.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { extractAll, listPackage } from '@electron/asar'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { scratchFolder } from '../scratch-folder.ts'
import { packageWithStub } from './stub-package.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const { electronFuses } = parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8')) as {
  electronFuses: Record<string, boolean>
}

test('the package holds what Weir needs to run and none of its sources, with every fuse of the configuration set', () => {
  const { archive, fuses } = packageWithStub({ fuses: true })
  expect(fuses).toMatchObject(electronFuses)
  const files = listPackage(archive, { isPack: false })
  expect(files).toEqual(
    expect.arrayContaining([
      '/package.json',
      '/LICENSE',
      '/dist/weir.mjs',
      '/dist/electron/main.mjs',
      '/dist/electron/preload.cjs',
      '/dist/renderer/index.html',
      '/assets/examples/default.alloy',
      '/assets/stack/grafana-datasources.yaml',
      '/assets/icons/weir.png',
    ]),
  )
  const top = new Set(files.map((file) => file.split('/')[1]))
  expect([...top].sort()).toEqual(['LICENSE', 'assets', 'dist', 'node_modules', 'package.json'])
  const own = files.filter((file) => !file.startsWith('/node_modules/'))
  expect(own.filter((file) => /\.(ts|tsx|map)$|\.test\./.test(file))).toEqual([])
  const packages = new Set(files.map((file) => /^\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1]))
  for (const name of ['react', 'vite', 'electron', 'playwright-core', 'typescript', 'nan', 'cpu-features']) {
    expect(packages, name).not.toContain(name)
  }

  const folder = scratchFolder()
  extractAll(archive, folder)
  const weir = (...args: string[]): { status: number | null; stdout: string; stderr: string } =>
    spawnSync(process.execPath, [join(folder, 'dist', 'weir.mjs'), ...args], { cwd: folder, encoding: 'utf8' })
  expect(weir('check', 'assets/examples/seed.alloy')).toMatchObject({ status: 0 })
})

test('the fuses are set as well on a program that has none of them', () => {
  expect(packageWithStub({ fuses: false }).fuses).toMatchObject(electronFuses)
})
