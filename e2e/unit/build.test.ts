import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'

interface Build {
  stamped(stamp: string, work: () => Promise<void>): Promise<void>
  isStale(stamp: string, sources: readonly string[]): boolean
}

const { stamped, isStale } = (await import(new URL('../../bin/build.mjs', import.meta.url).href)) as Build

let folder: string
let source: string
let stamp: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'weir-build-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  source = join(folder, 'source')
  stamp = join(folder, 'dist', '.built')
  mkdirSync(source)
  writeAt('a.ts', Date.now() - 60_000)
})

function writeAt(name: string, ms: number): void {
  writeFileSync(join(source, name), '')
  utimesSync(join(source, name), ms / 1000, ms / 1000)
}

test('a build that ended well is good until a source changes', async () => {
  expect(isStale(stamp, [source])).toBe(true)
  await stamped(stamp, async () => undefined)
  expect(isStale(stamp, [source])).toBe(false)
  writeAt('b.ts', Date.now() + 5_000)
  expect(isStale(stamp, [source])).toBe(true)
})

test('a build of which a part failed is done again, also over one that was good', async () => {
  await stamped(stamp, async () => undefined)
  const failing = stamped(stamp, async () => {
    writeFileSync(join(folder, 'weir.mjs'), 'the first part is there')
    throw new Error('the page does not compile')
  })
  await expect(failing).rejects.toThrow('does not compile')
  expect(existsSync(stamp)).toBe(false)
  expect(isStale(stamp, [source])).toBe(true)
})

test('what was edited while the build went on is built again', async () => {
  await stamped(stamp, async () => writeAt('a.ts', Date.now() + 50))
  expect(isStale(stamp, [source])).toBe(true)
})

test('what only tests read makes no build stale', async () => {
  await stamped(stamp, async () => undefined)
  writeAt('a.test.ts', Date.now() + 5_000)
  expect(isStale(stamp, [source])).toBe(false)
})
