import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readConfig } from './config-files.ts'
import { defaultStoragePath } from './data-directory.ts'
import { parseFlags } from './flags.ts'

const folder = (): string => mkdtempSync(join(tmpdir(), 'weir-host-'))

describe('reading a config', () => {
  it('takes one file of any name', () => {
    const path = join(folder(), 'config.river')
    writeFileSync(path, '// ä\r\n')
    expect(readConfig(path)).toEqual([{ file: path, text: '// ä\r\n' }])
  })

  it('takes the .alloy files directly inside a directory, by name', () => {
    const path = folder()
    for (const name of ['b.alloy', 'a.alloy', 'c.txt']) writeFileSync(join(path, name), name)
    mkdirSync(join(path, 'd.alloy'))
    expect(readConfig(path).map(({ text }) => text)).toEqual(['a.alloy', 'b.alloy'])
    expect(readConfig(folder())).toEqual([])
  })

  it('follows a link to a file, as mounted configs are', () => {
    const path = folder()
    writeFileSync(join(path, 'real'), 'x')
    symlinkSync(join(path, 'real'), join(path, 'config.alloy'))
    expect(readConfig(path).map(({ text }) => text)).toEqual(['x'])
  })

  it.each([
    ['a missing file', '/nowhere/config.alloy', 'no-such-config'],
    ['a device', '/dev/null', 'not-a-file'],
  ])('refuses %s', (_, path, code) => {
    expect(() => readConfig(path)).toThrow(expect.objectContaining({ code }))
  })

  it('names a foreign encoding', () => {
    const path = join(folder(), 'c.alloy')
    writeFileSync(path, Buffer.from('\ufefflogging { }', 'utf16le'))
    expect(() => readConfig(path)).toThrow(/UTF-16/)
  })
})

describe('the data directory', () => {
  it.each([
    ['linux', {}, '/home/me/.local/share/weir'],
    ['linux', { XDG_DATA_HOME: '/data' }, '/data/weir'],
    ['darwin', {}, '/home/me/Library/Application Support/weir'],
    ['win32', { LOCALAPPDATA: 'C:/Local' }, 'C:/Local/weir'],
    ['linux', { WEIR_HOME: '/w', XDG_DATA_HOME: '/data' }, '/w'],
  ] as const)('on %s with %j is %s', (platform, env, expected) => {
    expect(defaultStoragePath(platform, env, '/home/me')).toBe(expected)
  })
})

describe('flags', () => {
  const table = { 'storage.path': { default: undefined }, check: { default: false, short: 't' } } as const

  it('reads switches, values and paths', () => {
    expect(parseFlags('run', ['-t', '--storage.path=/x', 'a.alloy'], table)).toEqual({
      values: { check: true, 'storage.path': '/x' },
      paths: ['a.alloy'],
    })
  })

  it('names an unknown flag and where to look', () => {
    expect(() => parseFlags('run', ['--nope'], table)).toThrow(
      expect.objectContaining({
        code: 'bad-flag',
        message: expect.stringContaining("'--nope'") as string,
        nextStep: expect.stringContaining('weir run --help') as string,
      }),
    )
  })
})
