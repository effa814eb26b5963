import { expect, test } from 'vitest'
import { FakeClock } from '../../collector-core/testing/fake-clock.ts'
import { fakeCollectors } from '../testing/fake-collector.ts'
import { CollectorSupervisor } from './supervisor.ts'
import type { SupervisedState } from './supervisor.ts'

function harness() {
  const clock = new FakeClock()
  const collectors = fakeCollectors()
  const supervisor = new CollectorSupervisor({
    launch: collectors.launch,
    clock,
    address: '127.0.0.1:12345',
    storagePath: '/data',
  })
  const states: SupervisedState['kind'][] = []
  supervisor.states.listen(({ kind }) => states.push(kind))
  const last = () => collectors.launched[collectors.launched.length - 1]
  return { clock, collectors, supervisor, states, last, settle: () => clock.advance(0) }
}

const config = (text: string) => ({ file: 'a.alloy', text })

test('a config runs on the usual port, as text', async () => {
  const { supervisor, collectors, last, states, settle } = harness()
  await supervisor.start(config('one'))
  await settle()
  expect(last().args).toEqual(['collector', '--server.http.listen-addr=127.0.0.1:12345', '--storage.path=/data'])
  expect(last().texts).toEqual(['one'])
  expect(states).toEqual(['starting', 'running'])
  expect(supervisor.runningText).toBe('one')
  await supervisor.start(config('two'))
  expect(collectors.launched).toHaveLength(1)
})

test('a text is applied without a new process, and a refused one leaves what runs', async () => {
  const { supervisor, collectors, last, settle } = harness()
  await supervisor.start(config('one'))
  await settle()
  collectors.accepts = (text) => text !== 'broken'
  expect(await supervisor.apply('a.alloy', 'broken')).toEqual({ kind: 'refused', diagnostics: [] })
  expect(supervisor.runningText).toBe('one')
  expect(supervisor.state.kind).toBe('running')
  expect(await supervisor.apply('a.alloy', 'two')).toEqual({ kind: 'applied', diagnostics: [] })
  expect(supervisor.runningText).toBe('two')
  expect(last().texts).toEqual(['one', 'broken', 'two'])
})

test('a collector that dies is started again with what ran, at its address, each time later, until it has run for long', async () => {
  const { supervisor, collectors, last, clock, settle } = harness()
  await supervisor.start(config('one'))
  await settle()
  await supervisor.apply('a.alloy', 'two')
  const pauses: number[] = []
  const die = (): void => {
    last().ends('out of memory')
    const { state } = supervisor
    expect(state).toMatchObject({ kind: 'restarting', words: 'out of memory' })
    if (state.kind === 'restarting') pauses.push(state.afterMs)
  }
  for (let round = 0; round < 9; round++) {
    die()
    await clock.advance(pauses[round])
    expect(collectors.launched).toHaveLength(round + 2)
    expect(last().texts).toEqual(['two'])
    expect(last().args[1]).toBe('--server.http.listen-addr=127.0.0.1:40001')
  }
  expect(pauses).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000])
  await clock.advance(60_000)
  die()
  expect(pauses.at(-1)).toBe(500)
})

test('a collector that cannot open is not tried in circles: its words are shown', async () => {
  const { supervisor, collectors, last, clock } = harness()
  collectors.opens = false
  await supervisor.start(config('one'))
  const applied = supervisor.apply('a.alloy', 'two')
  await clock.advance(0)
  last().says({
    kind: 'cannot-open',
    failure: { code: 'x', message: 'The folder cannot be written.', nextStep: 'Choose another.' },
  })
  last().ends('')
  expect(await applied).toMatchObject({
    kind: 'failed',
    message: expect.stringContaining('cannot be written') as string,
  })
  expect(supervisor.state).toEqual({ kind: 'failed', words: 'The folder cannot be written.\nChoose another.' })
  await clock.advance(120_000)
  expect(collectors.launched).toHaveLength(1)
})

test('a first config that is refused is shown as a failure, and the next one that is applied runs', async () => {
  const { supervisor, collectors, settle } = harness()
  collectors.accepts = (text) => text === 'good'
  await supervisor.start(config('broken'))
  await settle()
  expect(supervisor.state).toEqual({ kind: 'failed', words: 'a.alloy: broken' })
  expect(await supervisor.apply('a.alloy', 'good')).toMatchObject({ kind: 'applied' })
  expect(supervisor.state.kind).toBe('running')
  expect(collectors.launched).toHaveLength(1)
})

test('a text that is applied while the collector is down replaces the one it died of', async () => {
  const { supervisor, last, settle } = harness()
  await supervisor.start(config('deadly'))
  await settle()
  last().ends('killed by its config')
  expect(await supervisor.apply('a.alloy', 'mended')).toMatchObject({ kind: 'applied' })
  expect(last().texts).toEqual(['mended'])
})

test('a text that is refused while the collector is down brings back what ran', async () => {
  const { supervisor, collectors, last, settle } = harness()
  await supervisor.start(config('one'))
  await settle()
  last().ends('')
  collectors.accepts = (text) => text === 'one'
  expect(await supervisor.apply('a.alloy', 'broken')).toMatchObject({ kind: 'refused' })
  await settle()
  expect(last().texts).toEqual(['broken', 'one'])
  expect(supervisor.state.kind).toBe('running')
})

test('stopping is not a failure, and starting again runs what ran', async () => {
  const { supervisor, collectors, last, states, settle } = harness()
  await supervisor.start(config('one'))
  await settle()
  await supervisor.stop()
  expect(last().killed).toBe(false)
  await supervisor.start()
  await settle()
  expect(collectors.launched).toHaveLength(2)
  expect(last().texts).toEqual(['one'])
  expect(states).toEqual(['starting', 'running', 'stopped', 'starting', 'running'])
})

test('a collector that does not stop in time is ended', async () => {
  const { supervisor, collectors, last, clock } = harness()
  await supervisor.start(config('one'))
  await clock.advance(0)
  last().hear = () => undefined
  const stopped = supervisor.stop()
  await clock.advance(7_999)
  expect(last().killed).toBe(false)
  await clock.advance(1)
  await stopped
  expect(last().killed).toBe(true)
  expect(supervisor.state.kind).toBe('stopped')
  expect(collectors.launched).toHaveLength(1)
})

test('stopping while a restart is due cancels it', async () => {
  const { supervisor, collectors, last, clock } = harness()
  await supervisor.start(config('one'))
  await clock.advance(0)
  last().ends('')
  await supervisor.stop()
  await clock.advance(120_000)
  expect(collectors.launched).toHaveLength(1)
  expect(supervisor.state.kind).toBe('stopped')
})

test('questions under way are answered with what happened when the collector dies', async () => {
  const { supervisor, last, clock } = harness()
  await supervisor.start(config('one'))
  await clock.advance(0)
  const component = supervisor.component('a.b.c')
  last().ends('segmentation fault')
  await expect(component).rejects.toMatchObject({
    code: 'collector-gone',
    message: expect.stringContaining('segmentation fault') as string,
  })
  await expect(supervisor.component('a.b.c')).rejects.toMatchObject({ code: 'no-such-component' })
})

test('a target is asked once through its collector; one that is gone is named', async () => {
  const { supervisor, last, clock } = harness()
  await expect(supervisor.scrapeOnce('a.b.c', 'http://app/')).rejects.toMatchObject({ code: 'no-such-component' })
  await supervisor.start(config('one'))
  await clock.advance(0)
  const found = { durationMs: 1, bodyBytes: 2, samples: 3, metrics: [], metricCount: 0, error: '' }
  for (const answer of [found, undefined]) {
    const asked = supervisor.scrapeOnce('a.b.c', 'http://app/')
    await clock.advance(0)
    const question = last().heard.at(-1)
    if (question?.kind !== 'scrape-once') throw new Error('the collector was not asked')
    expect(question).toMatchObject({ component: 'a.b.c', url: 'http://app/' })
    last().says({ kind: 'scraped-once', id: question.id, found: answer })
    if (answer) expect(await asked).toBe(found)
    else await expect(asked).rejects.toMatchObject({ code: 'no-such-target' })
  }
})

test('frames are made while somebody watches, also after a restart', async () => {
  const { supervisor, last, clock } = harness()
  await supervisor.start(config('one'))
  await clock.advance(0)
  const watches = () => last().heard.filter(({ kind }) => kind === 'watch')
  expect(watches()).toEqual([])
  const first = supervisor.frames.listen(() => undefined)
  const second = supervisor.frames.listen(() => undefined)
  await clock.advance(0)
  expect(watches()).toEqual([{ kind: 'watch', watched: true }])
  last().ends('')
  await clock.advance(500)
  expect(watches()).toEqual([{ kind: 'watch', watched: true }])
  first()
  second()
  await clock.advance(0)
  expect(watches()).toEqual([
    { kind: 'watch', watched: true },
    { kind: 'watch', watched: false },
  ])
})

test('the newest thousand log lines are kept', async () => {
  const { supervisor, last, clock } = harness()
  await supervisor.start(config('one'))
  await clock.advance(0)
  const line = (at: number) => ({ at, level: 'info' as const, component: undefined, message: String(at) })
  for (let at = 0; at < 1_500; at++) last().says({ kind: 'log', lines: [line(at)] })
  expect(supervisor.log).toHaveLength(1_000)
  expect(supervisor.log.at(-1)).toEqual(line(1_499))
})
