import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { catalog } from '../../../collector-core/catalog.ts'
import { checkConfig } from '../../../collector-core/graph/check.ts'
import type { StackEndpoints } from '../../contract/stack.ts'
import { pointConfig } from './point-config.ts'

const endpoints: StackEndpoints = {
  lokiPush: 'http://127.0.0.1:3100/loki/api/v1/push',
  lokiQuery: 'http://127.0.0.1:3100',
  tempoGrpc: '127.0.0.1:14317',
  tempoHttp: 'http://127.0.0.1:14318',
  tempoQuery: 'http://127.0.0.1:3200',
  metricsPush: 'http://127.0.0.1:9009/api/v1/push',
  metricsQuery: 'http://127.0.0.1:9009/prometheus',
  grafana: undefined,
}
const environment = { env: () => undefined, hostname: 'here', os: 'linux', arch: 'amd64', version: 'v0' }
const problems = (text: string) => checkConfig([{ file: 'a.alloy', text }], catalog, environment).diagnostics

test('the pipeline newcomers begin with sends all its signals to the stack, and keeps what it had', () => {
  const text = readFileSync('assets/examples/default.alloy', 'utf8')
  const pointed = pointConfig(text, endpoints)
  expect(pointed.changes.map(({ component }) => component)).toEqual([
    'prometheus.remote_write.stack',
    'otelcol.exporter.otlp.stack',
    'otelcol.exporter.otlphttp.stack_logs',
    'otelcol.exporter.otlphttp.stack_metrics',
  ])
  expect(problems(pointed.text)).toEqual([])
  expect(pointed.text).toContain(
    'forward_to      = [prometheus.relabel.vital_signs.receiver, prometheus.remote_write.stack.receiver]',
  )
  expect(pointed.text).toContain('otelcol.exporter.otlphttp.stack_logs.input]')
  const kept = pointed.text.split('\n')
  const changed = text.split('\n').filter((line) => !kept.includes(line))
  expect(changed.every((line) => /forward_to|traces|logs|metrics/.test(line))).toBe(true)
  expect(pointConfig(pointed.text, endpoints).changes).toEqual([])
})

test('a config without sources is left as it is', () => {
  expect(pointConfig('prometheus.echo "a" { }\n', endpoints)).toEqual({
    text: 'prometheus.echo "a" { }\n',
    changes: [],
  })
})
