import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { FakeClock } from '../../collector-core/testing/fake-clock.ts'
import type { DiskChange } from '../contract/project.ts'
import { listFolder } from './list-folder.ts'
import { WindowProjects } from './window-projects.ts'

function harness(first?: string) {
  const clock = new FakeClock()
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'weir-windows-')))
  const path = (name: string): string => join(folder, name)
  const make = () =>
    new WindowProjects({
      folder: path('app'),
      clock,
      first: first === undefined ? undefined : path(first),
      text: '// example\n',
    })
  return { clock, folder, path, make, projects: make() }
}

test('a new window shows the example, which has no file, and saving it needs a place', async () => {
  const { projects, path } = harness()
  const project = await projects.open('w', undefined)
  expect(project).toEqual({
    path: undefined,
    text: '// example\n',
    version: '',
    positions: {},
    draft: undefined,
    readOnly: false,
  })
  expect(await projects.save('w', { text: 'x', expected: '' })).toMatchObject({ kind: 'failed' })
  await projects.saveLayout('w', { 'a.b': { x: 1.4, y: 2 } })
  expect(await projects.save('w', { text: 'x', expected: '', path: path('new.alloy') })).toMatchObject({
    kind: 'saved',
  })
  expect(await projects.open('w', undefined)).toMatchObject({
    path: path('new.alloy'),
    text: 'x',
    positions: { 'a.b': { x: 1, y: 2 } },
  })
  expect(await projects.recentProjects()).toMatchObject([{ path: path('new.alloy') }])
})

test('two windows have two configs; one that comes later has the latest', async () => {
  const { projects, path } = harness()
  writeFileSync(path('a.alloy'), 'a')
  writeFileSync(path('b.alloy'), 'b')
  const a = await projects.open('one', path('a.alloy'))
  await projects.open('two', path('b.alloy'))
  expect(await projects.save('one', { text: 'a!', expected: a.version })).toMatchObject({ path: path('a.alloy') })
  expect([readFileSync(path('a.alloy'), 'utf8'), readFileSync(path('b.alloy'), 'utf8')]).toEqual(['a!', 'b'])
  expect((await projects.open('two', undefined)).path).toBe(path('b.alloy'))
  expect((await projects.open('three', undefined)).path).toBe(path('b.alloy'))
})

test('a draft outlives Weir, and goes when it is saved or given up', async () => {
  const { projects, make, path, clock } = harness()
  writeFileSync(path('a.alloy'), 'a')
  const { version } = await projects.open('w', path('a.alloy'))
  await projects.saveDraft('w', 'a, edited')
  expect((await make().open('w', path('a.alloy'))).draft).toEqual({ text: 'a, edited', at: clock.now() })
  await projects.save('w', { text: 'a, edited', expected: version })
  expect((await make().open('w', path('a.alloy'))).draft).toBeUndefined()
  await projects.saveDraft('w', 'more')
  await projects.discardDraft('w')
  expect((await make().open('w', path('a.alloy'))).draft).toBeUndefined()
})

test('the layout is kept beside the config, in whole pixels and sorted; nothing in it harms the config', async () => {
  const { projects, make, path } = harness()
  writeFileSync(path('a.alloy'), 'a')
  await projects.open('w', path('a.alloy'))
  await projects.saveLayout('w', { 'b.c': { x: 10.6, y: -3 }, 'a.b': { x: 0, y: 0 }, ['__proto__']: { x: 1, y: 1 } })
  const written = readFileSync(path('a.alloy.layout.json'), 'utf8')
  expect(written.indexOf('"a.b"')).toBeLessThan(written.indexOf('"b.c"'))
  expect((await make().open('w', path('a.alloy'))).positions['b.c']).toEqual({ x: 11, y: -3 })
  writeFileSync(path('a.alloy.layout.json'), '{ broken')
  expect((await make().open('w', path('a.alloy'))).positions).toEqual({})
  await projects.saveLayout('w', {})
  expect(existsSync(path('a.alloy.layout.json'))).toBe(false)
  expect(readFileSync(path('a.alloy'), 'utf8')).toBe('a')
})

test('saving under another name leaves the old file, takes the layout along, and asks before it replaces', async () => {
  const { projects, path } = harness()
  writeFileSync(path('a.alloy'), 'a')
  writeFileSync(path('there.alloy'), 'somebody else')
  const { version } = await projects.open('w', path('a.alloy'))
  await projects.saveLayout('w', { 'a.b': { x: 1, y: 1 } })
  const onto = { text: 'a2', expected: version, path: path('there.alloy') }
  expect(await projects.save('w', onto)).toMatchObject({ kind: 'changed-on-disk', text: 'somebody else' })
  expect(readFileSync(path('there.alloy'), 'utf8')).toBe('somebody else')
  expect(await projects.save('w', { ...onto, path: path('b.alloy') })).toMatchObject({ kind: 'saved' })
  expect(readFileSync(path('a.alloy'), 'utf8')).toBe('a')
  expect(existsSync(path('b.alloy.layout.json'))).toBe(true)
  expect(await projects.open('w', undefined)).toMatchObject({
    path: path('b.alloy'),
    positions: { 'a.b': { x: 1, y: 1 } },
  })
})

/** A window that watches a file with the text `a`, which it opened itself or before its host was started again. */
async function watching(restarted = false) {
  const { projects: first, path, clock, make } = harness('a.alloy')
  writeFileSync(path('a.alloy'), 'a')
  const { version } = await first.open('w', path('a.alloy'))
  const projects = restarted ? make() : first
  const told: DiskChange[] = []
  let left = false
  const stop = projects.watch('w', (change) => told.push(change))
  const leave = (): void => {
    left = true
    stop()
  }
  const seconds = async (count: number): Promise<void> => {
    for (let second = 0; second < count; second++) {
      await clock.advance(1_000)
      // The watch reads a real file between two moments of its clock.
      await vi.waitFor(() => expect(left || clock.waiting === 1).toBe(true))
    }
  }
  return { projects, path, version, told, leave, seconds }
}

test('a file that is gone is told once, and when it is back; one that is replaced was never gone', async () => {
  const { projects, path, version, told, seconds } = await watching()
  const file = path('a.alloy')
  await seconds(3)
  renameSync(file, path('away'))
  await seconds(1)
  renameSync(path('away'), file)
  await seconds(3)
  expect(told).toEqual([])
  renameSync(file, path('away'))
  await seconds(4)
  expect(told).toEqual([{ kind: 'gone' }])
  renameSync(path('away'), file)
  await seconds(4)
  expect(told).toEqual([{ kind: 'gone' }, { kind: 'written', text: 'a', version }])
  rmSync(file)
  await seconds(3)
  expect(await projects.save('w', { text: 'mine', expected: version })).toMatchObject({ kind: 'saved' })
  await seconds(3)
  expect(told.slice(2)).toMatchObject([{ kind: 'gone' }, { kind: 'written', text: 'mine' }])
  expect(readFileSync(file, 'utf8')).toBe('mine')
})

test('a file that goes after the host was started again is missed too', async () => {
  const { path, told, seconds } = await watching(true)
  await seconds(3)
  rmSync(path('a.alloy'))
  await seconds(3)
  expect(told.at(-1)).toEqual({ kind: 'gone' })
})

test('what another program writes is told once, when it is whole; what the window wrote is not', async () => {
  const { projects, path, version, told, leave, seconds } = await watching()
  let stamp = 1_000
  const write = (text: string): void => {
    writeFileSync(path('a.alloy'), text)
    utimesSync(path('a.alloy'), ++stamp, stamp)
  }
  await seconds(3)
  await projects.save('w', { text: 'mine', expected: version })
  await seconds(3)
  expect(told).toEqual([])
  write('half')
  await seconds(1)
  write('half and half')
  await seconds(1)
  expect(told).toEqual([])
  await seconds(4)
  expect(told).toMatchObject([{ kind: 'written', text: 'half and half' }])
  write('again')
  await seconds(3)
  expect(told).toMatchObject([{ text: 'half and half' }, { kind: 'written', text: 'again' }])
  leave()
  write('unheard')
  await seconds(3)
  expect(told).toHaveLength(2)
})

test('a config that was deleted under a window is still the window’s; one that never was cannot be opened', async () => {
  const { projects, path } = harness()
  writeFileSync(path('a.alloy'), 'a')
  await projects.open('w', path('a.alloy'))
  rmSync(path('a.alloy'))
  expect(await projects.open('w', undefined)).toMatchObject({ path: path('a.alloy'), text: '', version: '' })
  await expect(projects.open('w', path('never.alloy'))).rejects.toMatchObject({ code: 'no-such-config' })
  expect(await projects.recentProjects()).toEqual([])
})

test('whatever two windows and another program do to a file, nothing is overwritten that its writer had not seen', async () => {
  const step = fc.oneof(
    fc.record({ who: fc.constantFrom('one', 'two'), what: fc.constantFrom('open', 'save', 'force') }),
    fc.record({ who: fc.constant('other'), what: fc.constant('write') }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const { projects, path } = harness()
      const file = path('a.alloy')
      writeFileSync(file, 'text 0')
      const seen = new Map<string, { text: string; version: string }>()
      let count = 0
      for (const { who, what } of steps) {
        const before = readFileSync(file, 'utf8')
        const text = `text ${++count}`
        if (what === 'write') writeFileSync(file, text)
        else if (what === 'open') seen.set(who, await projects.open(who, file))
        else {
          const known = seen.get(who)
          const saved = await projects.save(who, {
            text,
            expected: known?.version ?? '',
            path: file,
            force: what === 'force',
          })
          const allowed = what === 'force' || known?.text === before
          expect(saved.kind).toBe(allowed ? 'saved' : 'changed-on-disk')
          expect(readFileSync(file, 'utf8')).toBe(allowed ? text : before)
          if (saved.kind === 'saved') seen.set(who, { text, version: saved.version })
          if (saved.kind === 'changed-on-disk') expect(saved.text).toBe(before)
        }
      }
    }),
    { numRuns: 20 },
  )
})

test('a folder lists its folders and configs, and says when it is cut', async () => {
  const { folder, path } = harness()
  mkdirSync(path('zfolder'))
  for (const name of ['b.alloy', 'a.river', 'notes.txt', '.hidden.alloy']) writeFileSync(path(name), '')
  symlinkSync(path('zfolder'), path('link'))
  symlinkSync('/nowhere', path('dangling'))
  const listed = await listFolder(folder)
  expect(listed.entries.map(({ name, kind }) => [name, kind])).toEqual([
    ['link', 'folder'],
    ['zfolder', 'folder'],
    ['a.river', 'config'],
    ['b.alloy', 'config'],
  ])
  expect(listed).toMatchObject({ path: folder, truncated: false })
  expect((await listFolder('/')).parent).toBeUndefined()
  await expect(listFolder(path('nowhere'))).rejects.toMatchObject({ code: 'unreadable-folder' })
  for (let count = 0; count < 501; count++) mkdirSync(path(`zfolder/${count}`))
  const cut = await listFolder(path('zfolder'))
  expect([cut.entries.length, cut.truncated]).toEqual([500, true])
})
