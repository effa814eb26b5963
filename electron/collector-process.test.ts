import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { CollectorProcess } from './collector-process.ts'
import type { Launched } from './collector-process.ts'

class FakeProcess extends EventEmitter implements Launched {
  readonly stdout = new EventEmitter()
  readonly stderr = new EventEmitter()
  readonly args: readonly string[]
  killed = false

  constructor(args: readonly string[]) {
    super()
    this.args = args
  }

  kill(): boolean {
    this.killed = true
    return true
  }

  says(text: string): void {
    this.stdout.emit('data', Buffer.from(text))
  }

  complains(text: string): void {
    this.stderr.emit('data', Buffer.from(text))
  }

  ends(): void {
    this.emit('exit', 1)
  }
}

function harness() {
  const launched: FakeProcess[] = []
  const pauses: number[] = []
  const pending: (() => void)[] = []
  const ready: string[] = []
  const failures: string[] = []
  let now = 0
  const collector = new CollectorProcess(
    {
      launch(args) {
        const process = new FakeProcess(args)
        launched.push(process)
        return process
      },
      later(ms, action) {
        pauses.push(ms)
        pending.push(action)
      },
      onReady: (url) => ready.push(url),
      onFailed: (words) => failures.push(words),
    },
    () => now,
  )
  return {
    collector,
    launched,
    pauses,
    ready,
    failures,
    elapse: (ms: number) => (now += ms),
    pass: () => pending.shift()?.(),
  }
}

test('a config runs on the usual port and its page is announced', () => {
  const { collector, launched, ready } = harness()
  collector.run('/tmp/a.alloy')
  expect(launched[0].args).toEqual([
    'run',
    '--server.http.listen-addr=127.0.0.1:12345',
    '--server.http.free-port',
    '/tmp/a.alloy',
  ])
  launched[0].says('ready http://127.0.0.1:40001\n')
  expect(ready).toEqual(['http://127.0.0.1:40001'])
})

test('a collector that dies is started again at its address, each time later, until it has run for long', () => {
  const { collector, launched, pauses, pass, elapse } = harness()
  collector.run('/tmp/a.alloy')
  for (let round = 0; round < 9; round++) {
    launched[round].says('ready http://127.0.0.1:40001\n')
    launched[round].ends()
    pass()
  }
  expect(pauses).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000])
  expect(launched[9].args[1]).toBe('--server.http.listen-addr=127.0.0.1:40001')
  launched[9].says('ready http://127.0.0.1:40001\n')
  elapse(60_000)
  launched[9].ends()
  expect(pauses.at(-1)).toBe(500)
})

test('a collector that never got ready is not tried in circles: its words are shown', () => {
  const { collector, launched, pauses, failures } = harness()
  collector.run('/tmp/broken.alloy')
  launched[0].complains('config.alloy:1:1: error: there is no component')
  launched[0].ends()
  expect(failures).toEqual(['config.alloy:1:1: error: there is no component'])
  expect(pauses).toEqual([])
  expect(collector.running).toBe(false)
})

test('another config waits until the one before has ended', async () => {
  const { collector, launched } = harness()
  collector.run('/tmp/a.alloy')
  launched[0].says('ready http://127.0.0.1:12345\n')
  collector.run('/tmp/b.alloy')
  expect(launched[0].killed).toBe(true)
  expect(launched).toHaveLength(1)
  launched[0].ends()
  await Promise.resolve()
  expect(launched[1].args.at(-1)).toBe('/tmp/b.alloy')
})

test('stopping is not a failure', async () => {
  const { collector, launched, pauses, failures } = harness()
  collector.run('/tmp/a.alloy')
  launched[0].says('ready http://127.0.0.1:12345\n')
  const stopped = collector.stop()
  launched[0].ends()
  await stopped
  expect(collector.running).toBe(false)
  expect([pauses, failures]).toEqual([[], []])
})
