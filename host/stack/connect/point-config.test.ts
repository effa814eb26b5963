import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { localEndpoints, metricsOtlp, networkEndpoints } from '../endpoints.ts'
import { changeSettings, defaultSettings } from '../settings.ts'
import { pointConfig } from './point-config.ts'

const seed = readFileSync(new URL('../../../assets/examples/seed.alloy', import.meta.url), 'utf8')
const settings = changeSettings(defaultSettings, { ports: { loki: 43_100, tempoGrpc: 44_317 } })

describe('pointing a config at the stack', () => {
  test('changes the three addresses of the seed and nothing else', () => {
    const { text, changes } = pointConfig(seed, localEndpoints(settings, true))
    expect(changes).toEqual([
      { component: 'otelcol.exporter.otlp.tempo', from: 'tempo:4317', to: '127.0.0.1:44317' },
      {
        component: 'loki.write.default',
        from: 'http://loki:3100/loki/api/v1/push',
        to: 'http://127.0.0.1:43100/loki/api/v1/push',
      },
      {
        component: 'prometheus.remote_write.mimir',
        from: 'http://mimir:9009/api/v1/push',
        to: 'http://127.0.0.1:9009/api/v1/push',
      },
    ])
    const restored = changes.reduce((now, { from, to }) => now.replace(`"${to}"`, `"${from}"`), text)
    expect(restored).toBe(seed)
  })

  test('one changed port is followed by a second pointing', () => {
    const first = pointConfig(seed, localEndpoints(defaultSettings, true)).text
    const { changes } = pointConfig(first, localEndpoints(settings, true))
    expect(changes.map(({ to }) => to)).toEqual(['127.0.0.1:44317', 'http://127.0.0.1:43100/loki/api/v1/push'])
  })

  test('a change from Mimir to Prometheus changes the path too', () => {
    const prometheus = localEndpoints(changeSettings(settings, { metrics: 'prometheus' }), true)
    expect(pointConfig(seed, prometheus).text).toContain('url = "http://127.0.0.1:9090/api/v1/write"')
  })

  test('what is sent elsewhere, and what is computed, stays', () => {
    const text = `loki.write "cloud" { endpoint { url = "https://logs.example.net/loki/api/v1/push" } }
loki.write "env" { endpoint { url = sys.env("LOKI") } }`
    expect(pointConfig(text, localEndpoints(settings, true))).toEqual({ text, changes: [] })
  })

  test('an OTLP exporter over HTTP goes to the backend it was meant for', () => {
    const text = (endpoint: string): string => `otelcol.exporter.otlphttp "x" { client { endpoint = "${endpoint}" } }`
    const pointed = (endpoint: string): string | undefined =>
      pointConfig(text(endpoint), localEndpoints(settings, true)).changes.at(0)?.to
    expect(pointed('http://tempo:4318')).toBe('http://127.0.0.1:14318')
    expect(pointed('http://loki:3100/otlp')).toBe('http://127.0.0.1:43100/otlp')
    expect(pointed('http://mimir:9009/otlp')).toBe('http://127.0.0.1:9009/otlp')
    expect(metricsOtlp('http://127.0.0.1:9090/api/v1/write')).toBe('http://127.0.0.1:9090/api/v1/otlp')
  })

  test('inside the network of containers the names of containers are used', () => {
    const here = pointConfig(seed, localEndpoints(settings, true)).text
    expect(pointConfig(here, networkEndpoints(settings)).text).toBe(seed)
  })
})
