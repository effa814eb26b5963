import type { FoundTrace, ServiceFigures, ServicesFound, TimeRange } from '../contract/explore.ts'

interface Requests {
  readonly durations: number[]
  failed: number
}

/**
 * Rate, errors and duration of each service, and who calls whom, from whole traces. A request is a span that was entered from
 * outside its service: a server or consumer span, or one whose parent belongs to another service or is missing.
 */
export function figuresOf(traces: readonly FoundTrace[], { from, to }: TimeRange): Omit<ServicesFound, 'truncated'> {
  const requests = new Map<string, Requests>()
  const calls = new Map<string, { from: string; to: string; count: number; failed: number }>()
  for (const { spans } of traces) {
    const byId = new Map(spans.map((span) => [span.spanId, span]))
    for (const span of spans) {
      const parent = span.parentId === undefined ? undefined : byId.get(span.parentId)
      const entered = span.kind === 'server' || span.kind === 'consumer' || parent?.service !== span.service
      if (!entered) continue
      const failed = span.status === 'error' ? 1 : 0
      const of = requests.get(span.service) ?? { durations: [], failed: 0 }
      of.durations.push(span.durationMs)
      of.failed += failed
      requests.set(span.service, of)
      if (parent === undefined || parent.service === span.service) continue
      const key = JSON.stringify([parent.service, span.service])
      const edge = calls.get(key) ?? { from: parent.service, to: span.service, count: 0, failed: 0 }
      edge.count++
      edge.failed += failed
      calls.set(key, edge)
    }
  }
  const services = [...requests].map(([service, of]) => describe(service, of, spanned(traces, { from, to })))
  return {
    services: services.toSorted((a, b) => b.perSecond - a.perSecond || a.service.localeCompare(b.service)),
    calls: [...calls.values()],
    traces: traces.length,
  }
}

function describe(service: string, { durations, failed }: Requests, seconds: number): ServiceFigures {
  const sorted = durations.toSorted((a, b) => a - b)
  const quantile = (q: number): number => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]
  return {
    service,
    perSecond: sorted.length / seconds,
    failedShare: failed / sorted.length,
    p50Ms: quantile(0.5),
    p95Ms: quantile(0.95),
  }
}

/** Seconds the traces that were read cover: from the oldest of them to the end of the range. */
function spanned(traces: readonly FoundTrace[], { from, to }: TimeRange): number {
  const oldest = Math.min(...traces.map(({ spans }) => spans[0]?.startedAt ?? to))
  return Math.max(to - Math.max(oldest, from), 1_000) / 1000
}
