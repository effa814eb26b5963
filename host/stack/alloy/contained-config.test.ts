import { expect, test } from 'vitest'
import { containedConfig } from './contained-config.ts'

const settings = { metrics: 'mimir' } as const
const receiver = (grpc: string, http: string): string => `otelcol.receiver.otlp "in" {
  grpc { ${grpc} }
  http { ${http} }
  output { traces = [otelcol.exporter.otlp.tempo.input] }
}
otelcol.exporter.otlp "tempo" { client { endpoint = "tempo:4317" } }
`

test('receivers on loopback listen on all addresses of the container, on the ports they had', () => {
  const { text, ports } = containedConfig(
    receiver('endpoint = "127.0.0.1:5317"', 'endpoint = "localhost:5318" // ours'),
    settings,
  )
  expect(text).toBe(receiver('endpoint = "0.0.0.0:5317"', 'endpoint = "0.0.0.0:5318" // ours'))
  expect(ports).toEqual([5317, 5318])
})

test('standard ports are known, other addresses and computed ones stay', () => {
  const own = receiver('endpoint = "0.0.0.0:4317"', '')
  expect(containedConfig(own, settings)).toEqual({ text: own, ports: [4317, 4318] })
  const computed = receiver('endpoint = sys.env("AT")', 'endpoint = "nonsense"')
  expect(containedConfig(computed, settings)).toEqual({ text: computed, ports: [] })
})

test('it sends to the backends by their names', () => {
  const { text } = containedConfig(
    'loki.write "a" { endpoint { url = "http://127.0.0.1:3100/loki/api/v1/push" } }',
    settings,
  )
  expect(text).toContain('http://loki:3100/loki/api/v1/push')
})
