import * as nodeFiles from 'node:fs/promises'
import {
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { WritableFiles } from './atomic-write.ts'
import { readConfigFile, saveConfigFile, versionOf } from './config-file.ts'

const folder = (): string => mkdtempSync(join(tmpdir(), 'weir-project-'))
const file = (text: string | Uint8Array): string => {
  const path = join(folder(), 'config.alloy')
  writeFileSync(path, text)
  return path
}
const on = (path: string): string => readFileSync(path, 'utf8')

test('what is read is written back byte for byte', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0')),
      async (text) => {
        const path = file(`\ufeff${text}\r\n`)
        const before = readFileSync(path)
        const read = await readConfigFile(path)
        rmSync(path)
        expect(await saveConfigFile(path, read.text, { expected: read.version })).toMatchObject({ kind: 'saved' })
        expect(readFileSync(path).equals(before)).toBe(true)
      },
    ),
    { numRuns: 25 },
  )
})

test('a file that another program wrote is not overwritten, and its text is handed over', async () => {
  const path = file('mine')
  const { version } = await readConfigFile(path)
  writeFileSync(path, 'theirs')
  const saved = await saveConfigFile(path, 'mine, edited', { expected: version })
  expect(saved).toEqual({ kind: 'changed-on-disk', text: 'theirs', version: versionOf(Buffer.from('theirs')) })
  expect(on(path)).toBe('theirs')
  expect(await saveConfigFile(path, 'mine, edited', { expected: version, force: true })).toMatchObject({
    kind: 'saved',
  })
  expect(on(path)).toBe('mine, edited')
})

test('another program that writes between the question and the answer wins nothing and loses nothing', async () => {
  const path = file('mine')
  const { version } = await readConfigFile(path)
  const files: WritableFiles = {
    ...nodeFiles,
    async chmod(...args) {
      writeFileSync(path, 'theirs')
      await nodeFiles.chmod(...args)
    },
  }
  expect(await saveConfigFile(path, 'edited', { expected: version, files })).toMatchObject({ kind: 'changed-on-disk' })
  expect(on(path)).toBe('theirs')
  expect(readdirSync(join(path, '..'))).toEqual(['config.alloy'])
})

test('mode and links stay as they are', async () => {
  const path = file('one')
  chmodSync(path, 0o640)
  const link = join(folder(), 'link.alloy')
  symlinkSync(path, link)
  const { version } = await readConfigFile(link)
  await saveConfigFile(link, 'two', { expected: version })
  expect(on(path)).toBe('two')
  expect(statSync(path).mode & 0o777).toBe(0o640)
  expect(readdirSync(join(link, '..'), { withFileTypes: true })[0].isSymbolicLink()).toBe(true)
})

test('a file with two names keeps both', async () => {
  const path = file('a long text that gets shorter')
  const other = join(folder(), 'other.alloy')
  linkSync(path, other)
  await saveConfigFile(path, 'short', { expected: (await readConfigFile(path)).version })
  expect([on(path), on(other)]).toEqual(['short', 'short'])
})

test('a file that is gone is made again, and a new one is not put over what is there', async () => {
  const path = file('one')
  const { version } = await readConfigFile(path)
  rmSync(path)
  expect(await saveConfigFile(path, 'two', { expected: version })).toMatchObject({ kind: 'saved' })
  expect(await saveConfigFile(path, 'three', { expected: '' })).toMatchObject({ kind: 'changed-on-disk', text: 'two' })
})

const operations = ['lstat', 'open', 'rename', 'stat', 'chmod'] as const

test('whatever fails, at whatever step, the file holds the old text or the new one, whole, and no scraps stay', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...operations),
      fc.constantFrom('ENOSPC', 'EIO', 'EACCES', 'EBUSY', 'EPERM', 'EXDEV'),
      fc.string({ unit: 'grapheme-ascii' }),
      async (operation, code, text) => {
        const path = file('the old text')
        const { version } = await readConfigFile(path)
        const fail = (): Promise<never> => Promise.reject(Object.assign(new Error(code), { code }))
        const files: WritableFiles = { ...nodeFiles, [operation]: fail }
        const saved = await saveConfigFile(path, text, { expected: version, files })
        expect(on(path)).toBe(saved.kind === 'saved' ? text : 'the old text')
        if (saved.kind === 'failed') expect(saved.message).toContain(path)
        expect(readdirSync(join(path, '..'))).toEqual(['config.alloy'])
      },
    ),
    { numRuns: 60 },
  )
})

test('writing in place that fails half way puts back what was there', async () => {
  const path = file('the old text, which is long')
  const other = `${path}.other`
  linkSync(path, other)
  const { version } = await readConfigFile(path)
  let writes = 0
  const files: WritableFiles = {
    ...nodeFiles,
    async open(...args) {
      const handle = await nodeFiles.open(...args)
      const write = handle.write.bind(handle)
      handle.write = ((bytes: Buffer, offset: number, length: number, position: number) =>
        ++writes === 2
          ? Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' }))
          : write(bytes, offset, Math.min(length, writes === 1 ? 4 : length), position)) as typeof handle.write
      return handle
    },
  }
  expect(await saveConfigFile(path, 'NEW TEXT', { expected: version, files })).toMatchObject({
    kind: 'failed',
    nextStep: expect.stringContaining('Free some space') as string,
  })
  expect(writes).toBeGreaterThan(2)
  expect(on(path)).toBe('the old text, which is long')
})

test.each([
  ['a folder', (path: string) => mkdirSync(path)],
  ['something that is no UTF-8', (path: string) => writeFileSync(path, Buffer.from([0xff, 0xfe, 0x41]))],
  ['something too large', (path: string) => writeFileSync(path, Buffer.alloc(8 * 1024 * 1024 + 1, 32))],
])('%s is not opened, and never overwritten unasked', async (_, make) => {
  const path = join(folder(), 'config.alloy')
  make(path)
  await expect(readConfigFile(path)).rejects.toMatchObject({ name: 'WeirError' })
  expect(await saveConfigFile(path, 'x', { expected: '' })).toMatchObject({ kind: 'failed' })
  expect(statSync(path).isDirectory() || readFileSync(path).length > 1).toBe(true)
})

test.each(['a\0b', 'half \ud800 a character'])('%j is not written: it could not be read again', async (text) => {
  const path = file('old')
  const { version } = await readConfigFile(path)
  expect(await saveConfigFile(path, text, { expected: version })).toMatchObject({ kind: 'failed' })
  expect(on(path)).toBe('old')
})

test('a folder that does not exist is named', async () => {
  expect(await saveConfigFile('/nowhere/at/all.alloy', 'x', { expected: '' })).toMatchObject({
    kind: 'failed',
    nextStep: 'The folder does not exist: make it, or choose another.',
  })
})
