// From one signal to another: the queries that lead from a trace to its logs and to the metrics of its services.
import { quote } from '../../../collector-core/language/print-value.ts'

/** LogQL for the lines that name a trace. */
export function traceLines(traceId: string): string {
  return `{service_name=~".+"} |= ${quote(traceId)}`
}

/** Histograms of request times by the names OpenTelemetry, Micrometer and the Prometheus clients give them, best first. */
const requestTimes = [
  /^http_server_.*seconds_bucket$/,
  /(http|rpc|request).*(duration|latency|seconds).*_bucket$/,
  /_seconds_bucket$/,
]
/** Labels that name a service, depending on who sent it. */
const serviceLabels = ['service', 'job', 'service_name']

/** PromQL selectors of everything that is measured of a service. */
export function seriesOfService(service: string, metric = ''): string[] {
  return serviceLabels.map((label) => `${metric}{${label}=${quote(service)}}`)
}

/** PromQL for how long 95 % of a service's requests take, by a histogram among its metrics; undefined without one. */
export function requestTimesOf(service: string, metrics: readonly string[]): string | undefined {
  const histogram = requestTimes
    .map((wanted) => metrics.find((name) => wanted.test(name)))
    .find((name) => name !== undefined)
  if (histogram === undefined) return undefined
  const rates = seriesOfService(service, histogram).map((selector) => `rate(${selector}[1m])`)
  return `histogram_quantile(0.95, sum by (le) (${rates.join(' or ')}))`
}

/** PromQL for what else tells of a service that has these metrics: whether it is up, else how a counter grows, else any of them. */
export function otherMetricsOf(service: string, metrics: readonly string[]): string {
  const counter = metrics.find((name) => name.endsWith('_total'))
  if (metrics.includes('up') || counter === undefined) {
    return seriesOfService(service, metrics.includes('up') ? 'up' : metrics[0]).join(' or ')
  }
  return seriesOfService(service, counter)
    .map((selector) => `rate(${selector}[1m])`)
    .join(' or ')
}
