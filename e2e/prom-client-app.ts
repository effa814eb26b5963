import { Counter, Gauge, Histogram, Registry, Summary } from 'prom-client'
import type { OpenMetricsContentType } from 'prom-client'
import type { TextPage } from './page-server.ts'

/** A program instrumented with prom-client, as OpenMetrics with exemplars or as text without. */
export class PromClientApp {
  private readonly registry = openMetricsRegistry()
  private readonly requests = new Counter<string>({
    name: 'app_requests',
    help: 'Requests by path, "quoted" \\ and\nin two lines',
    labelNames: ['path', 'code'],
    enableExemplars: true,
    registers: [this.registry],
  })
  private readonly latency = new Histogram<string>({
    name: 'app_latency_seconds',
    help: 'Latency',
    labelNames: ['path'],
    buckets: [0.1, 1, 2.5, 10],
    enableExemplars: true,
    registers: [this.registry],
  })
  private readonly sizes = new Summary({
    name: 'app_size_bytes',
    help: 'Sizes',
    percentiles: [0.5, 0.99, 1],
    registers: [this.registry],
  })
  private readonly temperature = new Gauge({ name: 'app_temperature', help: 'Temperature', registers: [this.registry] })
  private clock = 0

  /** Serves a few requests, each with a trace id of its own. */
  work(requests: number): void {
    for (let i = 0; i < requests; i++) {
      const number = this.clock++
      const traceId = number.toString(16).padStart(32, '0')
      const path = ['/', '/pay', '/ümläut "x"\\y'][number % 3]
      const exemplarLabels = { trace_id: traceId, span_id: traceId.slice(16) }
      this.requests.inc({ labels: { path, code: String(200 + (number % 2)) }, value: 1, exemplarLabels })
      this.latency.observe({ labels: { path }, value: (number % 40) / 10, exemplarLabels })
      this.sizes.observe(number * 100)
    }
    this.temperature.set(-273.15 + this.clock)
  }

  async page(): Promise<TextPage> {
    return { contentType: this.registry.contentType, body: await this.registry.metrics() }
  }
}

function openMetricsRegistry(): Registry<OpenMetricsContentType> {
  const registry = new Registry<OpenMetricsContentType>()
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE)
  return registry
}
