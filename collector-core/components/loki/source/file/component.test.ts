import {
  appendFileSync,
  copyFileSync,
  cpSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync, gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { quickClock } from '../../../../docker/testing/quick-clock.ts'
import type { Component } from '../../../../runtime/component.ts'
import type { DefinitionArguments } from '../../../../schema/definition.ts'
import { Labels } from '../../../../signal/labels.ts'
import { accepted, refused } from '../../../../signal/receiver.ts'
import { recordingContext } from '../../../../testing/component-context.ts'
import type { RecordingContext } from '../../../../testing/component-context.ts'
import { RecordingLogs } from '../../../../testing/recording-receiver.ts'
import { lokiSourceFile } from './component.ts'
import { definition } from './definition.ts'

type Arguments = DefinitionArguments<typeof definition>

let root: string
let path: string
let data: string
let logs: RecordingLogs
let context: RecordingContext<typeof definition>
let args: Arguments
let component: Component<Arguments>
let stop: AbortController
let finished: Promise<void> = Promise.resolve()

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'weir-files-'))
  data = mkdtempSync(join(tmpdir(), 'weir-positions-'))
  path = join(root, 'app.log')
  logs = new RecordingLogs()
})

afterEach(halt)

function start(changes: Partial<Arguments> = {}): void {
  args = {
    targets: [Labels.from({ __path__: path, job: 'app', __hidden: 'x' })],
    forward_to: [logs],
    encoding: '',
    tail_from_end: false,
    legacy_positions_file: undefined,
    on_positions_file_error: 'restart_from_beginning',
    file_watch: { min_poll_frequency: 100, max_poll_frequency: 100 },
    file_match: { enabled: false, sync_period: 500, ignore_older_than: 0 },
    decompression: { enabled: false, format: undefined, initial_delay: 0 },
    ...changes,
  }
  context = recordingContext<typeof definition>({ clock: quickClock(10), dataDirectory: data })
  component = lokiSourceFile.build(args, context)
  stop = new AbortController()
  finished = component.run(stop.signal)
}

async function halt(): Promise<void> {
  stop.abort()
  await finished
}

/** What a killed reader would find. */
function crash(): void {
  const copy = mkdtempSync(join(tmpdir(), 'weir-positions-'))
  cpSync(data, copy, { recursive: true })
  data = copy
}

const lines = (): string[] => logs.lines.map(({ line }) => line)
const settle = (ms = 80): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
async function exactly(expected: readonly string[]): Promise<void> {
  await expect.poll(() => lines().length, { timeout: 5000 }).toBeGreaterThanOrEqual(expected.length)
  await settle()
  expect(lines()).toEqual(expected)
}
const write = (...text: string[]): void => appendFileSync(path, text.map((line) => `${line}\n`).join(''))

test('lines are read as they are written, with labels, name and a time of their own', async () => {
  write('one', 'two', 'two', 'with return\r', '')
  start()
  await exactly(['one', 'two', 'two', 'with return', ''])
  appendFileSync(path, 'half')
  await settle()
  appendFileSync(path, ' and half\nünï🐳\n')
  await exactly(['one', 'two', 'two', 'with return', '', 'half and half', 'ünï🐳'])
  expect(logs.lines[0].labels).toEqual({ job: 'app', filename: path })
  expect(new Set(logs.lines.map(({ timestamp }) => timestamp)).size).toBe(7)
  expect(context.values.get(`loki_source_file_read_lines_total{${path}}`)).toBe(7)
  expect(context.values.get(`loki_source_file_read_bytes_total{${path}}`)).toBe(statSync(path).size)
  expect(context.values.get('loki_source_file_files_active_total')).toBe(1)
})

describe('nothing is lost or repeated', () => {
  test('when the file is renamed and a new one appears, while the writer still uses the old one', async () => {
    write('one')
    start()
    await exactly(['one'])
    renameSync(path, `${path}.1`)
    appendFileSync(`${path}.1`, 'late\n')
    write('two')
    appendFileSync(`${path}.1`, 'later\n')
    await exactly(['one', 'late', 'later', 'two'])
  })

  test('when the file is renamed and nothing appears for a while', async () => {
    write('one')
    start()
    await exactly(['one'])
    renameSync(path, `${path}.1`)
    await settle(300)
    appendFileSync(`${path}.1`, 'late\nno newline at the end')
    await settle()
    write('two')
    await exactly(['one', 'late', 'no newline at the end', 'two'])
  })

  test('when the file is copied and truncated', async () => {
    write('one', 'two', 'three')
    start()
    await exactly(['one', 'two', 'three'])
    copyFileSync(path, `${path}.1`)
    truncateSync(path)
    write('four')
    await exactly(['one', 'two', 'three', 'four'])
  })

  test('when the file is truncated and grows beyond its old size between two looks', async () => {
    write('one')
    start()
    await exactly(['one'])
    writeFileSync(path, 'quite another beginning\nand more than before\n')
    await exactly(['one', 'quite another beginning', 'and more than before'])
  })

  test('when the file is deleted and created again, also with the same inode number', async () => {
    write('one', 'two')
    start()
    await exactly(['one', 'two'])
    rmSync(path)
    write('fresh one')
    await exactly(['one', 'two', 'fresh one'])
    rmSync(path)
    await settle(400)
    write('fresh two')
    await exactly(['one', 'two', 'fresh one', 'fresh two'])
  })

  test('when the file is rewritten whole by a rename, with more at its end', async () => {
    write('one', 'two')
    start()
    await exactly(['one', 'two'])
    writeFileSync(`${path}.new`, `${readFileSync(path, 'utf8')}three\n`)
    renameSync(`${path}.new`, path)
    await exactly(['one', 'two', 'three'])
  })

  test('across restarts and kills of the reader', async () => {
    const all: string[] = []
    for (let round = 0; round < 4; round++) {
      start()
      write(`round ${round} a`, `round ${round} b`)
      all.push(`round ${round} a`, `round ${round} b`)
      await exactly(all)
      if (round % 2 === 0) crash()
      await halt()
      write(`while away ${round}`)
      all.push(`while away ${round}`)
    }
    start()
    await exactly(all)
  })

  test('when the file is rotated while nobody reads', async () => {
    write('one', 'two')
    start()
    await exactly(['one', 'two'])
    await halt()
    write('three')
    renameSync(path, `${path}.1`)
    write('four')
    start()
    await exactly(['one', 'two', 'three', 'four'])
  })

  test('when the file is truncated while nobody reads', async () => {
    write('one', 'two')
    start()
    await exactly(['one', 'two'])
    await halt()
    writeFileSync(path, 'new\n')
    start()
    await exactly(['one', 'two', 'new'])
  })

  test('when the receiver refuses and is slow', async () => {
    let asked = 0
    logs.answer = () => accepted
    const slow = {
      signal: 'logs' as const,
      accept: async (batch: Parameters<RecordingLogs['accept']>[0]) =>
        ++asked % 2 === 0 ? logs.accept(batch) : refused('busy', true, 20),
    }
    start({ forward_to: [slow] })
    for (let i = 0; i < 10; i++) {
      write(`line ${i}`)
      await settle(15)
    }
    await exactly(Array.from({ length: 10 }, (_, i) => `line ${i}`))
  })

  test('with a file larger than every buffer', async () => {
    const all = Array.from({ length: 60_000 }, (_, i) => `line number ${i} ${'x'.repeat(i % 90)}`)
    write(...all)
    start()
    await expect.poll(() => lines().length, { timeout: 10_000 }).toBe(all.length)
    expect(lines()).toEqual(all)
  })
})

test('only accepted lines move the position', async () => {
  write('one', 'two')
  logs.answer = () => refused('the disk is full')
  start()
  await settle(200)
  await halt()
  logs = new RecordingLogs()
  start()
  await exactly(['one', 'two'])
})

describe('lines handed on, but not known to be accepted when Weir is killed, come again with the times they had', () => {
  /** Reads until `handedOn` lines are under way, none of them accepted, then comes back as if killed there. */
  async function killBeforeTheAnswer(handedOn: number): Promise<Map<string, string>> {
    logs.answer = () => new Promise(() => undefined)
    await expect.poll(() => logs.lines.length).toBe(handedOn)
    crash()
    stop.abort()
    finished = Promise.resolve()
    const times = new Map(logs.lines.map(({ line, timestamp }) => [line, timestamp]))
    logs = new RecordingLogs()
    return times
  }

  const linesWithOtherTimes = (times: ReadonlyMap<string, string>): string[] =>
    logs.lines.filter(({ line, timestamp }) => times.get(line) !== timestamp).map(({ line }) => line)

  test('whatever was written in between', async () => {
    write('accepted')
    start()
    await exactly(['accepted'])
    logs = new RecordingLogs()
    await component.update({ ...args, forward_to: [logs] })
    logs.answer = () => new Promise(() => undefined)
    write('one', 'two')
    await expect.poll(() => logs.lines.length).toBe(2)
    write('three')
    const times = await killBeforeTheAnswer(3)
    write('four')
    start()
    await exactly(['one', 'two', 'three', 'four'])
    expect(linesWithOtherTimes(times)).toEqual(['four'])
    expect(BigInt(logs.lines[3].timestamp)).toBeGreaterThan(BigInt(logs.lines[2].timestamp))
  })

  test('with a line beyond the first read buffer among them', async () => {
    const long = 'x'.repeat(200_000)
    write('one', long, ...Array.from({ length: 20_000 }, (_, i) => `line ${i}`))
    logs.answer = () => new Promise(() => undefined)
    start()
    const times = await killBeforeTheAnswer(20_002)
    start()
    await expect.poll(() => logs.lines.length, { timeout: 10_000 }).toBe(20_002)
    expect(linesWithOtherTimes(times)).toEqual([])
  })

  test('from a compressed file', async () => {
    const all = Array.from({ length: 8_000 }, (_, i) => `line ${i * 7919}`)
    writeFileSync(path, gzipSync(all.join('\n')))
    const decompression = { enabled: true, format: 'gz', initial_delay: 0 } as const
    logs.answer = () => new Promise(() => undefined)
    start({ decompression })
    const times = await killBeforeTheAnswer(8_000)
    start({ decompression })
    await expect.poll(() => logs.lines.length, { timeout: 10_000 }).toBe(8_000)
    expect(linesWithOtherTimes(times)).toEqual([])
  })
})

test('a file can be started at its end, but only when it was never read', async () => {
  write('old')
  start({ tail_from_end: true })
  await settle(100)
  write('new')
  await exactly(['new'])
  await halt()
  write('while away')
  start({ tail_from_end: true })
  await exactly(['new', 'while away'])
})

test.each([
  ['utf-16', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('ünï\r\nzwei\n', 'utf16le')])],
  ['utf-16', Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from('ünï\r\nzwei\n', 'utf16le').swap16()])],
  ['UTF-16LE', Buffer.from('ünï\nzwei\n', 'utf16le')],
  ['UTF-16BE', Buffer.from('ünï\nzwei\n', 'utf16le').swap16()],
  ['windows-1252', Buffer.from('ünï\nzwei\n', 'latin1')],
  ['', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from('ünï\nzwei\n')])],
])('encoding %s', async (encoding, bytes) => {
  writeFileSync(path, bytes.subarray(0, 5))
  start({ encoding })
  await settle(60)
  appendFileSync(path, bytes.subarray(5))
  await exactly(['ünï', 'zwei'])
})

test('lines over the limit are left out and counted', async () => {
  write('x'.repeat(1024 * 1024 + 1), 'next')
  start()
  await exactly(['next'])
  expect(context.drops).toEqual([{ count: 1, reason: 'line_too_long' }])
})

test.each([
  ['gz', gzipSync('one\ntwo\nno newline')],
  ['z', deflateSync('one\ntwo\nno newline')],
] as const)('compressed files are read once to their end: %s', async (format, bytes) => {
  writeFileSync(path, bytes)
  const decompression = { enabled: true, format, initial_delay: 10 }
  start({ decompression })
  await exactly(['one', 'two', 'no newline'])
  await halt()
  start({ decompression })
  await settle(200)
  expect(lines()).toEqual(['one', 'two', 'no newline'])
})

test('a damaged archive is explained, and read once it is whole', async () => {
  const whole = gzipSync(Array.from({ length: 2000 }, (_, i) => `line ${i * 7919}\n`).join(''))
  writeFileSync(path, whole.subarray(0, whole.length / 2))
  start({ decompression: { enabled: true, format: 'gz', initial_delay: 0 } })
  await expect.poll(() => JSON.stringify(component.debugInfo?.())).toContain('unexpected end of file')
  writeFileSync(path, whole)
  await expect.poll(() => lines().length, { timeout: 5000 }).toBe(2000)
  expect(new Set(lines()).size).toBe(2000)
})

test('patterns are followed, and files that go are read to their end first', async () => {
  const targets = [Labels.from({ __path__: join(root, '*.log'), __path_exclude__: join(root, 'skip*') })]
  write('one')
  writeFileSync(join(root, 'skip.log'), 'not this\n')
  start({ targets, file_match: { enabled: true, sync_period: 500, ignore_older_than: 0 } })
  await exactly(['one'])
  writeFileSync(join(root, 'b.log'), 'two\n')
  await exactly(['one', 'two'])
  rmSync(join(root, 'b.log'))
  await expect.poll(() => context.values.get('loki_source_file_files_active_total')).toBe(1)
  writeFileSync(join(root, 'b.log'), 'three\n')
  await exactly(['one', 'two', 'three'])
})

test('new labels and receivers apply without reading anything again', async () => {
  write('one')
  start()
  await exactly(['one'])
  const other = new RecordingLogs()
  await component.update({ ...args, targets: [Labels.from({ __path__: path, job: 'renamed' })], forward_to: [other] })
  await settle()
  write('two')
  await expect.poll(() => other.lines.map(({ line, labels }) => [line, labels.job])).toEqual([['two', 'renamed']])
  await component.update({ ...args, targets: [], forward_to: [other] })
  await expect.poll(() => component.debugInfo?.()).toEqual([])
  write('three')
  await component.update({ ...args, forward_to: [other] })
  await expect.poll(() => other.lines.map(({ line }) => line)).toEqual(['two', 'three'])
  await component.update({ ...args, forward_to: [other], encoding: 'latin1' })
  write('four')
  await expect.poll(() => other.lines.map(({ line }) => line)).toEqual(['two', 'three', 'four'])
})

test('a file that does not exist yet is waited for', async () => {
  start()
  await expect.poll(() => JSON.stringify(component.debugInfo?.())).toContain('ENOENT')
  write('at last')
  await exactly(['at last'])
})

test('what cannot be done is refused before anything runs', () => {
  const check = (changes: Partial<Arguments>): string[] =>
    (definition.check?.({ ...args, ...changes }) ?? []).map(({ message }) => message)
  expect(check({})).toEqual([])
  expect(check({ encoding: 'klingon' })[0]).toContain('not known')
  expect(check({ decompression: { enabled: true, format: 'bz2', initial_delay: 0 } })[0]).toContain(
    'bz2 is not supported',
  )
  expect(check({ decompression: { enabled: true, format: undefined, initial_delay: 0 } })[0]).toContain('required')
  expect(check({ file_watch: { min_poll_frequency: 500, max_poll_frequency: 100 } })[0]).toContain('needs')
})
