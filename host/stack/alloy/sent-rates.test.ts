import { expect, test } from 'vitest'
import { SentRates, sentTotals } from './sent-rates.ts'

const page = `# HELP prometheus_remote_storage_samples_total Total number of samples sent.
# TYPE prometheus_remote_storage_samples_total counter
prometheus_remote_storage_samples_total{component_id="prometheus.remote_write.a",url="http://mimir:9009/api/v1/push"} 120
prometheus_remote_storage_samples_total{component_id="prometheus.remote_write.b",url="http://other/"} 30
# TYPE loki_write_sent_entries_total counter
loki_write_sent_entries_total{component_id="loki.write.a",host="loki:3100"} 7
# TYPE otelcol_exporter_sent_spans_total counter
otelcol_exporter_sent_spans_total{component_id="otelcol.exporter.otlp.a"} 2
# TYPE go_goroutines gauge
go_goroutines 40
`

test('what was sent is added up over the exporters of a signal', () => {
  expect(sentTotals(page)).toEqual({ metrics: 150, logs: 7, traces: 2 })
  expect(sentTotals('<html>')).toBeUndefined()
})

test('a rate takes two looks, and a start anew is no fall', () => {
  const rates = new SentRates()
  expect(rates.take({ metrics: 100, logs: 10, traces: 0 }, 1_000)).toBeUndefined()
  expect(rates.take({ metrics: 300, logs: 10, traces: 5 }, 3_000)).toEqual({ metrics: 100, logs: 0, traces: 2.5 })
  expect(rates.take({ metrics: 50, logs: 12, traces: 5 }, 4_000)).toEqual({ metrics: 50, logs: 2, traces: 0 })
})
