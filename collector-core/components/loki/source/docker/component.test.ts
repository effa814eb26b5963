import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { FakeDocker } from '../../../../docker/testing/fake-docker.ts'
import { quickClock } from '../../../../docker/testing/quick-clock.ts'
import { refused } from '../../../../signal/receiver.ts'
import { Reader, Store, targetOf } from './testing/reader.ts'

let docker: FakeDocker
let store: Store
let reader: Reader | undefined

const numbered = (prefix: string, count: number, from = 0): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix} ${from + index}`)
const nothing = { missing: [], extra: [] }
const exactly = async (expected: readonly string[], timeout = 8000): Promise<void> => {
  await expect.poll(() => store.lines.length, { timeout }).toBeGreaterThanOrEqual(expected.length)
  await new Promise((resolve) => setTimeout(resolve, 60))
  expect(store.difference(expected)).toEqual(nothing)
}

beforeEach(async () => {
  docker = new FakeDocker(join(mkdtempSync(join(tmpdir(), 'weir-docker-')), 'docker.sock'))
  await docker.start()
  store = new Store()
})

afterEach(async () => {
  await reader?.stop()
  reader = undefined
  await docker.stop()
})

const running = (options: Parameters<FakeDocker['create']>[0] = {}): string => {
  const id = docker.create(options)
  docker.startContainer(id)
  return id
}

test('the whole history and every new line arrive once, with timestamp and labels', async () => {
  const id = running()
  docker.write(id, ['before'])
  docker.write(id, ['from stderr'], { channel: 2 })
  reader = new Reader(docker, [id], store, {
    labels: new Map([['job', 'own']]),
    relabel_rules: [
      {
        action: 'replace',
        source_labels: ['__meta_docker_container_log_stream'],
        target_label: 'stream',
        regex: '(.*)',
        separator: ';',
        modulus: 0,
        replacement: '$1',
      },
    ],
  })
  await exactly(['before', 'from stderr'])
  docker.write(id, ['after', '', 'with "quotes" and ünïcode 🐳'])
  await exactly(['before', 'from stderr', 'after', 'with "quotes" and ünïcode 🐳'])
  expect(store.kept.lines[0]).toEqual({
    labels: { job: 'own', stream: 'stdout' },
    line: 'before',
    timestamp: expect.stringMatching(/^1700000000\d{9}$/) as string,
  })
  expect(store.kept.lines[1].labels).toEqual({ job: 'own', stream: 'stderr' })
  expect(reader.context.values.get('loki_source_docker_target_entries_total')).toBe(4)
  expect(reader.context.values.get('loki_source_docker_target_empty_lines_total')).toBe(1)
})

test('terminals, long lines and binary are read as they were written', async () => {
  const plain = running()
  const terminal = running({ terminal: true })
  const lines = [
    'x'.repeat(40_000),
    'y'.repeat(16 * 1024),
    'z'.repeat(16 * 1024 - 1),
    '\u0000\u0001 bell\u0007',
    'short',
  ]
  docker.write(plain, lines)
  docker.write(terminal, lines)
  reader = new Reader(docker, [plain, terminal], store)
  await exactly([...lines, ...lines])
})

describe.each(['first-match', 'every-line'] as const)(
  'exactly once with an engine that applies since to %s',
  (mode) => {
    beforeEach(() => {
      docker.sinceMode = mode
    })

    test('across a stop and a start of the reader, with many lines in the same nanosecond', async () => {
      const id = running()
      const all: string[] = []
      for (let round = 0; round < 6; round++) {
        reader = new Reader(docker, [id], store)
        const lines = [...numbered('same', 5), ...numbered(`round ${round}`, 40)]
        docker.write(id, lines.slice(0, 5), { sameTime: true })
        docker.write(id, lines.slice(5, 25))
        docker.write(id, lines.slice(25), { channel: 2, sameTime: round % 2 === 0 })
        all.push(...lines)
        await exactly(all)
        await reader.stop()
      }
      docker.write(id, ['while nobody read'])
      reader = new Reader(docker, [id], store)
      await exactly([...all, 'while nobody read'])
    })

    test('across stops and starts of the container, with a target that comes and goes', async () => {
      const id = running()
      reader = new Reader(docker, [id], store)
      const all: string[] = []
      for (let round = 0; round < 4; round++) {
        const lines = numbered(`life ${round}`, 30)
        docker.write(id, lines)
        all.push(...lines)
        docker.stopContainer(id)
        if (round % 2 === 0) reader.update({ targets: [] })
        await exactly(all)
        docker.startContainer(id)
        reader.update({ targets: [targetOf(id, { life: String(round) })] })
      }
      docker.write(id, ['last'])
      await exactly([...all, 'last'])
    })

    test('when a container is stopped while the reader is away, and started after it is back', async () => {
      const id = running()
      reader = new Reader(docker, [id], store)
      docker.write(id, numbered('first', 10))
      await exactly(numbered('first', 10))
      await reader.stop()
      docker.write(id, ['unseen'])
      docker.stopContainer(id)
      reader = new Reader(docker, [], store)
      docker.startContainer(id)
      docker.write(id, ['second life'])
      reader.update({ targets: [targetOf(id)] })
      await exactly([...numbered('first', 10), 'unseen', 'second life'])
    })

    test('when connections are cut in the middle of a frame', async () => {
      const id = running()
      reader = new Reader(docker, [id], store)
      const all: string[] = []
      for (let round = 0; round < 5; round++) {
        const lines = numbered(`cut ${round}`, 50)
        docker.write(id, lines.slice(0, 25))
        docker.cut(id)
        docker.write(id, lines.slice(25), { channel: 2 })
        all.push(...lines)
        await exactly(all)
      }
    })

    test('when the daemon restarts, with and without its containers', async () => {
      const id = running()
      reader = new Reader(docker, [id], store)
      docker.write(id, numbered('up', 20))
      await exactly(numbered('up', 20))
      await docker.stop({ keepContainers: true })
      docker.write(id, ['written while the daemon was away'])
      await expect.poll(() => reader!.context.health.at(-1)?.state).toBe('unhealthy')
      await docker.start()
      await exactly([...numbered('up', 20), 'written while the daemon was away'])
      await docker.stop()
      await docker.start()
      docker.startContainer(id)
      docker.write(id, ['again'])
      await exactly([...numbered('up', 20), 'written while the daemon was away', 'again'])
      await expect.poll(() => reader!.context.health.at(-1)?.state).toBe('healthy')
    })

    test('when the clock of the engine is set back', async () => {
      const id = running()
      reader = new Reader(docker, [id], store)
      docker.write(id, numbered('early', 10))
      docker.write(id, ['quiet channel'], { channel: 2 })
      docker.stepClock(-3600)
      docker.write(id, numbered('an hour before', 10))
      const all = [...numbered('early', 10), 'quiet channel', ...numbered('an hour before', 10)]
      await exactly(all)
      await reader.stop()
      docker.write(id, numbered('later', 5))
      docker.write(id, ['quiet channel again'], { channel: 2 })
      reader = new Reader(docker, [id], store)
      await exactly([...all, ...numbered('later', 5), 'quiet channel again'])
    })

    test('when the log is rotated, even beyond the last line read', async () => {
      const id = running()
      reader = new Reader(docker, [id], store)
      docker.write(id, numbered('old', 50))
      await exactly(numbered('old', 50))
      docker.rotate(id, 10)
      docker.write(id, numbered('new', 20))
      await exactly([...numbered('old', 50), ...numbered('new', 20)])
      await reader.stop()
      docker.write(id, numbered('newer', 10))
      docker.rotate(id, 10)
      reader = new Reader(docker, [id], store)
      await exactly([...numbered('old', 50), ...numbered('new', 20), ...numbered('newer', 10)])
    })
  },
)

test('a follow that hangs silently after a rotation is noticed and opened again', async () => {
  const id = running()
  reader = new Reader(docker, [id], store)
  docker.write(id, numbered('before', 5))
  await exactly(numbered('before', 5))
  docker.rotate(id, 2, { stall: true })
  docker.write(id, numbered('after', 5))
  await exactly([...numbered('before', 5), ...numbered('after', 5)])
})

test.each([1, 2, 7, 40, 3000])('lines the engine repeats within a stream are left out: the last %i', async (count) => {
  const id = running()
  reader = new Reader(docker, [id], store)
  const all = numbered('line', 4000)
  for (let i = 0; i < all.length; i += 10) docker.write(id, all.slice(i, i + 10), { channel: i % 30 === 0 ? 2 : 1 })
  await exactly(all)
  docker.repeat(id, count)
  docker.write(id, ['x'.repeat(40_000)])
  docker.repeat(id, 2)
  docker.write(id, ['after'])
  docker.repeat(id, 3)
  docker.write(id, ['the end'])
  await exactly([...all, 'x'.repeat(40_000), 'after', 'the end'])
})

test('the last lines of a container that stopped while nobody read are read with the labels it had', async () => {
  const id = running()
  reader = new Reader(docker, [id], store, { labels: new Map([['job', 'own']]) })
  docker.write(id, ['alive'])
  await exactly(['alive'])
  store.crash()
  await reader.stop()
  docker.write(id, ['last words'])
  docker.stopContainer(id)
  reader = new Reader(docker, [], store, { labels: new Map([['job', 'own']]) })
  await exactly(['alive', 'last words'])
  expect(store.kept.lines[1].labels).toEqual({ job: 'own' })
  await expect.poll(() => reader!.component.debugInfo()).toEqual([])
  await reader.stop()
  docker.startContainer(id)
  docker.write(id, ['not wanted'])
  reader = new Reader(docker, [], store)
  await exactly(['alive', 'last words'])
})

test('a recreated container is read from its start, and the old one to its end', async () => {
  const old = running()
  reader = new Reader(docker, [old], store)
  docker.write(old, numbered('old', 10))
  await exactly(numbered('old', 10))
  docker.remove(old)
  const fresh = running()
  docker.write(fresh, numbered('fresh', 10))
  reader.update({ targets: [targetOf(fresh)] })
  await exactly([...numbered('old', 10), ...numbered('fresh', 10)])
})

test('a container that lived for a moment only is still read to its end', async () => {
  const id = docker.create()
  docker.write(id, numbered('brief', 10))
  reader = new Reader(docker, [id], store)
  reader.update({ targets: [] })
  await exactly(numbered('brief', 10))
  await expect.poll(() => reader!.component.debugInfo()).toEqual([])
})

test('a target that is removed while its container runs is left at once', async () => {
  const id = running()
  reader = new Reader(docker, [id], store)
  docker.write(id, ['wanted'])
  await exactly(['wanted'])
  reader.update({ targets: [] })
  await expect.poll(() => reader!.component.debugInfo()).toEqual([])
  docker.write(id, ['not wanted'])
  reader.update({ targets: [targetOf(id)] })
  await exactly(['wanted', 'not wanted'])
})

test('a reader killed at rest repeats nothing and loses nothing', async () => {
  const id = running()
  const all: string[] = []
  for (let round = 0; round < 4; round++) {
    reader = new Reader(docker, [id], store)
    const lines = numbered(`round ${round}`, 100)
    docker.write(id, lines)
    all.push(...lines)
    await exactly(all)
    store.crash()
    await reader.stop()
  }
  await exactly(all)
})

test('a reader killed at work loses nothing, and what it repeats it repeats with the same timestamp', async () => {
  const id = running()
  const all: string[] = []
  store.answer = () => new Promise((resolve) => setTimeout(() => resolve({ kind: 'accepted' }), 2))
  for (let round = 0; round < 10; round++) {
    reader = new Reader(docker, [id], store)
    for (let i = 0; i < 20; i++) {
      const line = `round ${round} line ${i}`
      docker.write(id, [line], { channel: i % 3 === 0 ? 2 : 1 })
      all.push(line)
      await new Promise((resolve) => setTimeout(resolve, round % 4))
    }
    store.crash()
    await reader.stop()
  }
  reader = new Reader(docker, [id], store)
  await expect.poll(() => store.difference(all).missing).toEqual([])
  const seen = new Set(store.kept.lines.map(({ line, timestamp }) => `${timestamp} ${line}`))
  expect(seen.size).toBe(all.length)
})

test('lines that were read but not accepted are read again after a kill', async () => {
  const id = running()
  store.answer = () => new Promise(() => undefined)
  docker.write(id, numbered('held', 20))
  const abandoned = new Store()
  abandoned.answer = () => refused('the disk is full')
  reader = new Reader(docker, [id], abandoned)
  await expect.poll(() => reader!.component.debugInfo()).not.toEqual([])
  await new Promise((resolve) => setTimeout(resolve, 50))
  await reader.stop()
  expect(abandoned.lines).toEqual([])
  abandoned.answer = () => ({ kind: 'accepted' })
  reader = new Reader(docker, [id], abandoned)
  await expect.poll(() => abandoned.lines).toEqual(numbered('held', 20))
})

test('a refused batch is offered again, in order, and nothing is lost or repeated', async () => {
  const id = running()
  let asked = 0
  store.answer = () => (++asked % 3 === 0 ? { kind: 'accepted' } : refused('busy', true, 20))
  reader = new Reader(docker, [id], store)
  const all: string[] = []
  for (let i = 0; i < 10; i++) {
    docker.write(id, [`line ${i}`])
    all.push(`line ${i}`)
    await new Promise((resolve) => setTimeout(resolve, 3))
  }
  await exactly(all)
  expect(store.lines).toEqual(all)
})

test('lines nobody will ever take are dropped and counted', async () => {
  const id = running()
  store.answer = () => refused('not valid UTF-8', false)
  reader = new Reader(docker, [id], store)
  docker.write(id, ['unwanted'])
  await expect.poll(() => reader!.context.drops).toEqual([{ count: 1, reason: 'rejected' }])
})

test('a receiver that does not answer stops the reading, within bounds, and nothing is lost', async () => {
  const id = running()
  let open: (() => void) | undefined
  const gate = new Promise<void>((resolve) => (open = resolve))
  store.answer = () => gate.then(() => ({ kind: 'accepted' }))
  reader = new Reader(docker, [id], store)
  const lines = numbered('a fairly long line of text to fill the window with '.repeat(4), 40_000)
  docker.write(id, lines)
  await new Promise((resolve) => setTimeout(resolve, 500))
  const [block] = reader.component.debugInfo()
  const unacknowledged =
    block.kind === 'block' ? block.body.find((entry) => entry.name === 'unacknowledged_bytes') : undefined
  expect(unacknowledged?.kind === 'attribute' ? unacknowledged.value : 0).toBeLessThan(1.3 * 1024 * 1024)
  open?.()
  await exactly(lines)
})

test('rules that drop a container leave its lines out, counted, and say so', async () => {
  const id = running()
  const rule = {
    source_labels: ['job'],
    regex: 'docker',
    separator: ';',
    modulus: 0,
    target_label: '',
    replacement: '$1',
  }
  reader = new Reader(docker, [id], store, { relabel_rules: [{ ...rule, action: 'drop' }] })
  docker.write(id, ['dropped', 'dropped too'])
  await expect.poll(() => reader!.context.drops.reduce((sum, { count }) => sum + count, 0)).toBe(2)
  expect(store.lines).toEqual([])
  expect(JSON.stringify(reader.component.debugInfo())).toContain('relabel_rules drop every line')
})

test('a log that cannot be read is explained in the debug info', async () => {
  const id = running({ readable: false })
  reader = new Reader(docker, [id], store)
  await expect.poll(() => JSON.stringify(reader!.component.debugInfo())).toContain('log driver cannot be read')
})

test('an engine that answers 500 for a while is asked again', async () => {
  const id = running()
  docker.write(id, ['patience'])
  docker.fault = (path) => (path.endsWith('/logs') ? 500 : undefined)
  reader = new Reader(docker, [id], store)
  await expect.poll(() => JSON.stringify(reader!.component.debugInfo())).toContain('answered 500')
  docker.fault = () => undefined
  await exactly(['patience'])
})

test('several targets of one container, one per port, are read once', async () => {
  const id = running()
  docker.write(id, ['once'])
  const targets = [targetOf(id, { port: '80' }), targetOf(id, { port: '443' }), targetOf('')]
  reader = new Reader(docker, [], store, { targets })
  await exactly(['once'])
  expect(store.kept.lines[0].labels).toEqual({ job: 'docker', port: '443' })
})

test('positions are kept until the container is gone for good', async () => {
  const id = running()
  reader = new Reader(docker, [id], store, { refresh_interval: 1000 })
  docker.write(id, ['one'])
  await exactly(['one'])
  docker.remove(id)
  reader.update({ targets: [] })
  await expect
    .poll(() => readFileSync(join(store.directory, 'positions.0.journal'), 'utf8').trimEnd().split('\n').at(-1))
    .toContain(`["${id}",null]`)
})

test('a hundred containers that come and go within a second are all read', async () => {
  reader = new Reader(docker, [], store, {}, quickClock(4))
  const all: string[] = []
  const ids: string[] = []
  for (let i = 0; i < 100; i++) {
    const id = running()
    ids.push(id)
    docker.write(id, numbered(`container ${i}`, 20))
    all.push(...numbered(`container ${i}`, 20))
    reader.update({ targets: ids.map((each) => targetOf(each)) })
    if (i % 3 === 0) docker.stopContainer(id)
  }
  await exactly(all)
})
