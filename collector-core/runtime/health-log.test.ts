import { expect, test } from 'vitest'
import { HealthLog } from './health-log.ts'
import type { Logger } from './logger.ts'

function recording(): { readonly log: Logger; readonly said: string[] } {
  const said: string[] = []
  const write =
    (level: string) =>
    (message: string, fields?: Readonly<Record<string, unknown>>): void =>
      void said.push(`${level} ${message} ${JSON.stringify(fields)}`)
  return { log: { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') }, said }
}

test('a component that never failed says nothing', () => {
  const { log, said } = recording()
  new HealthLog(log).heard({ state: 'healthy', message: 'delivering', since: 0 })
  expect(said).toEqual([])
})

test('failing and recovering is told once each', () => {
  const { log, said } = recording()
  const health = new HealthLog(log)
  health.heard({ state: 'unhealthy', message: 'connection refused', since: 1 })
  health.heard({ state: 'healthy', message: 'delivering', since: 2 })
  health.heard({ state: 'unhealthy', message: 'connection refused', since: 3 })
  health.heard({ state: 'healthy', message: 'delivering', since: 4 })
  expect(said).toEqual([
    'warn the component is unhealthy {"reason":"connection refused"}',
    'info the component is healthy again {"message":"delivering"}',
  ])
})

test('another complaint is told at once, the same one again after a minute', () => {
  const { log, said } = recording()
  const health = new HealthLog(log)
  for (const [message, since] of [
    ['refused', 0],
    ['timed out', 1],
    ['timed out', 60_002],
  ] as const) {
    health.heard({ state: 'unhealthy', message, since })
  }
  expect(said.map((line) => line.split('"')[3])).toEqual(['refused', 'timed out', 'timed out'])
})
