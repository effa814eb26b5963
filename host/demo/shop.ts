// A shop of three services that nobody visits but chance: its requests take time, call each other and sometimes fail, and
// leave what a real program leaves. Metrics, spans and log lines of a request tell of the same request.
import { DurationHistogram } from './histogram.ts'
import type { Family } from './page.ts'

export const services = ['storefront', 'orders', 'payments'] as const
export type Service = (typeof services)[number]

/** One span; times in milliseconds since the epoch. */
export interface DemoSpan {
  readonly service: Service
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId: string | undefined
  readonly name: string
  readonly kind: 'server' | 'client'
  readonly start: number
  readonly end: number
  readonly attributes: Readonly<Record<string, string | number>>
  readonly failed: boolean
}

export interface DemoLog {
  readonly service: Service
  readonly at: number
  readonly severity: 'INFO' | 'WARN' | 'ERROR'
  readonly body: string
  readonly traceId: string
  readonly spanId: string
}

/** What a moment of business left behind. */
export interface Traffic {
  readonly spans: readonly DemoSpan[]
  readonly logs: readonly DemoLog[]
}

interface Route {
  readonly service: Service
  readonly method: string
  readonly path: string
  /** The usual time of its own work, milliseconds. */
  readonly typicalMs: number
  readonly calls: readonly Route[]
}

const charge: Route = { service: 'payments', method: 'POST', path: '/charges', typicalMs: 70, calls: [] }
const stock: Route = { service: 'orders', method: 'GET', path: '/stock/{sku}', typicalMs: 6, calls: [] }
const order: Route = { service: 'orders', method: 'POST', path: '/orders', typicalMs: 18, calls: [charge] }
const entries: readonly (Route & { readonly share: number })[] = [
  { service: 'storefront', method: 'GET', path: '/', typicalMs: 9, calls: [], share: 0.45 },
  { service: 'storefront', method: 'GET', path: '/products/{sku}', typicalMs: 12, calls: [stock], share: 0.4 },
  { service: 'storefront', method: 'POST', path: '/checkout', typicalMs: 15, calls: [stock, order], share: 0.15 },
]

/** Requests a second: a day at the shop takes five minutes. */
const meanRate = 4
const dayMs = 5 * 60_000
const failureShare = 0.03
const slowShare = 0.04

export class Shop {
  private readonly random: () => number
  private readonly durations = new Map<string, { service: Service; histogram: DurationHistogram }>()
  private lastAt: number | undefined
  private owed = 0
  private logged = 0

  constructor(random: () => number) {
    this.random = random
  }

  /** Does the business of the time since it was called last, at most five seconds of it. */
  work(now: number): Traffic {
    const seconds = Math.min(now - (this.lastAt ?? now - 1_000), 5_000) / 1000
    this.lastAt = now
    this.owed += seconds * meanRate * (1 + 0.6 * Math.sin((now / dayMs) * 2 * Math.PI))
    const traffic = { spans: [] as DemoSpan[], logs: [] as DemoLog[] }
    for (; this.owed >= 1; this.owed--) {
      const start = now - seconds * 1000 * this.random()
      this.serve(this.entry(), this.id(16), undefined, start, traffic)
    }
    return traffic
  }

  /** The families of one service's metrics page. */
  families(service: Service): Family[] {
    const histograms = [...this.durations.values()].filter((entry) => entry.service === service)
    return [
      {
        type: 'histogram',
        name: 'http_server_request_duration_seconds',
        help: 'Time from the first byte of a request to the last of its answer.',
        series: histograms.map(({ histogram }) => histogram),
      },
      {
        type: 'gauge',
        name: 'shop_log_lines',
        help: 'Log lines written since the start, of all services.',
        series: [{ labels: {}, value: this.logged }],
      },
    ]
  }

  /** Serves one request with everything it calls; returns when it ended and whether it failed. */
  private serve(
    route: Route,
    traceId: string,
    parentSpanId: string | undefined,
    start: number,
    traffic: { spans: DemoSpan[]; logs: DemoLog[] },
  ): { readonly end: number; readonly failed: boolean } {
    const spanId = this.id(8)
    let at = start + this.duration(route.typicalMs / 2)
    let failed = route.calls.length === 0 && this.random() < failureShare
    for (const callee of route.calls) {
      const clientId = this.id(8)
      const answer = this.serve(callee, traceId, clientId, at + 0.4, traffic)
      const end = answer.end + 0.4
      traffic.spans.push({
        service: route.service,
        traceId,
        spanId: clientId,
        parentSpanId: spanId,
        name: callee.method,
        kind: 'client',
        start: at,
        end,
        attributes: { 'server.address': callee.service, 'http.request.method': callee.method },
        failed: answer.failed,
      })
      at = end
      failed ||= answer.failed
      if (failed) break
    }
    const end = at + this.duration(route.typicalMs / 2)
    this.leave(route, { traceId, spanId, parentSpanId, start, end, failed }, traffic)
    return { end, failed }
  }

  private leave(
    { service, method, path }: Route,
    request: Pick<DemoSpan, 'traceId' | 'spanId' | 'parentSpanId' | 'start' | 'end' | 'failed'>,
    traffic: { spans: DemoSpan[]; logs: DemoLog[] },
  ): void {
    const { traceId, spanId, start, end, failed } = request
    const status = failed ? (service === 'payments' ? 503 : 502) : method === 'POST' ? 201 : 200
    const attributes = { 'http.request.method': method, 'http.route': path, 'http.response.status_code': status }
    traffic.spans.push({ service, name: `${method} ${path}`, kind: 'server', attributes, ...request })
    const labels = {
      http_request_method: method,
      http_route: path,
      http_response_status_code: String(status),
    }
    this.histogram(service, labels).observe((end - start) / 1000, traceId, end)
    const slow = end - start > 400
    if (!failed && !slow && method === 'GET' && this.random() < 0.7) return
    this.logged++
    traffic.logs.push({
      service,
      at: end,
      severity: failed ? 'ERROR' : slow ? 'WARN' : 'INFO',
      body: `msg="${failed ? 'request failed' : slow ? 'slow request' : 'request served'}" method=${method} route=${path} status=${status} duration_ms=${(end - start).toFixed(1)} trace_id=${traceId}`,
      traceId,
      spanId,
    })
  }

  private histogram(service: Service, labels: Readonly<Record<string, string>>): DurationHistogram {
    const key = [service, ...Object.values(labels)].join(' ')
    const entry = this.durations.get(key) ?? { service, histogram: new DurationHistogram(labels) }
    this.durations.set(key, entry)
    return entry.histogram
  }

  private entry(): Route {
    let left = this.random()
    return entries.find(({ share }) => (left -= share) < 0) ?? entries[0]
  }

  /** Around the typical time, now and then far above it: the shape of real latencies. */
  private duration(typicalMs: number): number {
    const normal = Math.sqrt(-2 * Math.log(1 - this.random())) * Math.cos(2 * Math.PI * this.random())
    return typicalMs * Math.exp(0.35 * normal) * (this.random() < slowShare ? 8 : 1)
  }

  private id(bytes: number): string {
    let hex = ''
    for (let at = 0; at < bytes; at++) {
      hex += Math.floor(this.random() * 256)
        .toString(16)
        .padStart(2, '0')
    }
    return hex
  }
}
