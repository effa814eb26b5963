// Every line of real containers arrives exactly once: the engine's own client is the witness.
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { describeWith } from '../required.ts'
import { sleep, waitUntil } from '../wait-until.ts'
import { DockerDaemon } from './docker-daemon.ts'
import { Backend, LogReader } from './log-reader.ts'

describeWith(DockerDaemon.needs, 'container logs from a real Docker Engine', () => {
  const daemon = new DockerDaemon()
  let backend: Backend
  let reader: LogReader

  beforeAll(async () => {
    await daemon.start()
    daemon.buildPrinter()
  })

  afterAll(() => daemon.destroy())

  beforeEach(() => {
    backend = new Backend()
    reader = new LogReader(daemon.host, backend)
  })

  afterEach(async () => {
    await reader.stop()
    for (const id of daemon.docker('ps', '-aq').split('\n')) if (id !== '') daemon.docker('rm', '-f', id)
  })

  async function restart(how: 'stopped' | 'killed'): Promise<void> {
    if (how === 'killed') backend.crash()
    await reader.stop()
    reader = new LogReader(daemon.host, backend)
  }

  /** Waits until as many lines arrived as were logged, then a little longer, and compares. */
  async function expectExactly(expected: readonly string[]): Promise<void> {
    const all = (): boolean => backend.lines.length >= expected.length
    await waitUntil('all lines', all, 30_000).catch(() => undefined)
    await sleep(1500)
    const counts = new Map<string, number>()
    for (const line of expected) counts.set(line, (counts.get(line) ?? 0) + 1)
    for (const line of backend.lines) counts.set(line, (counts.get(line) ?? 0) - 1)
    const different = [...counts].filter(([, count]) => count !== 0)
    const shown = different
      .slice(0, 10)
      .map(([line, count]) => `${count > 0 ? 'missing' : 'extra'} ${Math.abs(count)}: ${line.slice(0, 120)}`)
    expect(shown).toEqual([])
    expect(backend.lines).toHaveLength(expected.length)
  }

  const finished = (name: string, count: number): Promise<unknown> =>
    waitUntil(`${name} has printed`, () => daemon.logged(name).length >= count, 60_000, 500)

  test('stdout, stderr, terminals and long lines', async () => {
    daemon.print('plain', { count: 500, longEvery: 50 })
    daemon.print('terminal', { count: 200, longEvery: 50, flags: ['-t'] })
    await finished('plain', 500)
    await finished('terminal', 200)
    await expectExactly([...daemon.logged('plain'), ...daemon.logged('terminal')])
  })

  test('stops, starts, kills and recreation of containers', async () => {
    daemon.print('churn', { count: 100_000, pauseMicros: 200, longEvery: 97 })
    for (const action of ['stop', 'kill', 'stop']) {
      await sleep(1500)
      daemon.docker(action, ...(action === 'stop' ? ['-t', '1'] : []), 'churn')
      await sleep(300)
      daemon.docker('start', 'churn')
    }
    await sleep(1000)
    daemon.docker('stop', '-t', '1', 'churn')
    const before = daemon.logged('churn')
    await expectExactly(before)
    daemon.docker('rm', 'churn')
    daemon.print('churn', { count: 1000 })
    await finished('churn', 1000)
    await expectExactly([...before, ...daemon.logged('churn')])
  })

  test('a container that is gone after a moment is read while it exists', async () => {
    daemon.print('brief', { count: 50 })
    await sleep(700)
    daemon.docker('kill', 'brief')
    await expectExactly(daemon.logged('brief'))
  })

  test('rotation of the log under a fast writer', async () => {
    const count = 60_000
    const flags = ['--log-opt', 'max-size=1m', '--log-opt', 'max-file=20']
    daemon.print('rotating', { count, pauseMicros: 50, longEvery: 500, flags })
    await waitUntil(
      'the last line arrived',
      () => backend.lines.some((line) => line.includes(`line ${count - 1} of`)),
      90_000,
    )
    await sleep(1500)
    const numbers = backend.lines.map((line) => Number(/line (\d+) of/.exec(line)?.[1])).sort((a, b) => a - b)
    expect(numbers).toHaveLength(count)
    expect(numbers.every((number, index) => number === index)).toBe(true)
  })

  test('restarts and kills of the reader', async () => {
    daemon.print('steady', { count: 20_000, pauseMicros: 300, longEvery: 101 })
    for (const how of ['stopped', 'stopped', 'stopped'] as const) {
      await sleep(1000)
      await restart(how)
    }
    daemon.docker('stop', '-t', '1', 'steady')
    await expectExactly(daemon.logged('steady'))
    await restart('killed')
    daemon.docker('start', 'steady')
    await sleep(1000)
    daemon.docker('stop', '-t', '1', 'steady')
    await expectExactly(daemon.logged('steady'))
  })

  test('restarts of the daemon', async () => {
    daemon.print('survivor', { count: 100_000, pauseMicros: 200, flags: ['--restart', 'always'] })
    await sleep(2000)
    await daemon.stop()
    await sleep(1000)
    await daemon.start()
    await sleep(3000)
    daemon.docker('stop', '-t', '1', 'survivor')
    const logged = daemon.logged('survivor')
    expect(new Set(logged.map((line) => /life (\d+)/.exec(line)?.[1])).size).toBeGreaterThanOrEqual(2)
    await expectExactly(logged)
  })
})
