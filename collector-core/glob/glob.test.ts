import { mkdirSync, mkdtempSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Labels } from '../signal/labels.ts'
import { findFiles } from './find-files.ts'
import { matchesGlob, parseGlob } from './glob-pattern.ts'
import { matchTargets } from './match-targets.ts'

const matches = (pattern: string, path: string): boolean => matchesGlob(parseGlob(pattern).alternatives ?? [], path)

test.each([
  ['/var/log/*.log', '/var/log/a.log', true],
  ['/var/log/*.log', '/var/log/a/b.log', false],
  ['/var/log/*', '/var/log/.hidden', true],
  ['/var/**/*.log', '/var/x.log', true],
  ['/var/**/*.log', '/var/a/b/c/x.log', true],
  ['/var/**', '/var/a/b', true],
  ['/**/log/**/x', '/a/log/b/log/c/x', true],
  ['/a/?.log', '/a/ü.log', true],
  ['/a/?.log', '/a/bc.log', false],
  ['/a/[a-c]x', '/a/bx', true],
  ['/a/[^a-c]x', '/a/bx', false],
  ['/a/[!a-c]x', '/a/dx', true],
  ['/a/[]]', '/a/]', true],
  ['/a/{b,c/d}/e', '/a/c/d/e', true],
  ['/a/{b,{c,d}}.log', '/a/d.log', true],
  ['/a/\\*', '/a/*', true],
  ['/a/\\*', '/a/b', false],
  ['/a/*b*c*', '/a/xxbxxc', true],
  ['/a/b**c', '/a/bxc', true],
  ['/a/b**c', '/a/b/c', false],
])('%s and %s: %s', (pattern, path, expected) => {
  expect(matches(pattern, path)).toBe(expected)
})

test('broken patterns are refused with the reason', () => {
  expect(parseGlob('/a/{b').problem).toContain('unclosed brace')
  expect(parseGlob('/a/[b').problem).toContain('unclosed bracket')
  expect(parseGlob(`/${'{a,b}'.repeat(12)}`).problem).toContain('alternatives')
})

test('an escaped path matches itself, and nothing takes long or throws', () => {
  fc.assert(
    fc.property(fc.string(), (path) => {
      expect(matches(path.replace(/[\\*?[\]{},^!]/g, '\\$&'), path)).toBe(true)
    }),
  )
  fc.assert(fc.property(fc.string(), fc.string(), (pattern, path) => void matches(pattern, path)))
  expect(matches(`/${'*a'.repeat(200)}b`, `/${'a'.repeat(2000)}`)).toBe(false)
  expect(matches(`${'/**/a'.repeat(50)}/b`, '/a'.repeat(2000))).toBe(false)
})

function tree(...paths: string[]): string {
  const root = mkdtempSync(join(tmpdir(), 'weir-glob-'))
  for (const path of paths) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), path)
  }
  return root
}

test('files are found, directories are not, links do not lead in circles', async () => {
  const root = tree('a.log', 'b/c.log', 'b/d/e.log', 'b/d/f.txt', 'dir.log/x')
  symlinkSync(root, join(root, 'b/loop'))
  symlinkSync(join(root, 'a.log'), join(root, 'link.log'))
  const found = async (pattern: string): Promise<string[]> =>
    (await findFiles(join(root, pattern))).files.map(({ path }) => path.slice(root.length + 1))
  expect(await found('*.log')).toEqual(['a.log', 'link.log'])
  expect(await found('**/*.log')).toEqual(
    expect.arrayContaining(['a.log', 'b/c.log', 'b/d/e.log', 'link.log']) as string[],
  )
  expect(await found('b/**')).toEqual(expect.arrayContaining(['b/c.log', 'b/d/e.log', 'b/d/f.txt']) as string[])
  expect(await found('a.log')).toEqual(['a.log'])
  expect(await found('nowhere/*.log')).toEqual([])
})

test('targets keep their other labels, and exclusions and age are respected', async () => {
  const root = tree('new.log', 'old.log', 'skip.log')
  utimesSync(join(root, 'old.log'), 1000, 1000)
  const pattern = Labels.from({ __path__: join(root, '*.log'), __path_exclude__: join(root, 's*'), job: 'x' })
  const { targets, problems } = await matchTargets([pattern], 5_000_000)
  expect(targets.map((target) => [target.get('__path__'), target.get('job')])).toEqual([[join(root, 'new.log'), 'x']])
  expect(problems).toEqual([])
  expect((await matchTargets([Labels.from({ __path__: '/a/[' })])).problems[0]).toContain('unclosed bracket')
})
