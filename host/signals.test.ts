import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { Signals } from './signals.ts'

const never = () => expect.unreachable()

test('hangups that come before anything can be reloaded are kept as one', () => {
  const process = new EventEmitter()
  const signals = new Signals(process, never)
  process.emit('SIGHUP')
  process.emit('SIGHUP')
  let reloads = 0
  signals.onHangup(() => reloads++)
  expect(reloads).toBe(1)
  process.emit('SIGHUP')
  expect(reloads).toBe(2)
})

test('without an early hangup nothing is called', () => {
  new Signals(new EventEmitter(), never).onHangup(never)
})

test('a stop asked for before anybody waits is not lost; twice at once is once', async () => {
  const process = new EventEmitter()
  const signals = new Signals(process, never)
  process.emit('SIGINT')
  process.emit('SIGINT')
  await signals.stop
})

test('a second request to stop leaves at once', async () => {
  const process = new EventEmitter()
  let left = 0
  const signals = new Signals(process, () => left++)
  process.emit('SIGTERM')
  await signals.stop
  await new Promise((resolve) => setTimeout(resolve, 520))
  process.emit('SIGTERM')
  expect(left).toBe(1)
})
