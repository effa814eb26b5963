// OTLP 1.x requests in JSON: ids are hex, times are nanoseconds as decimal strings.
import { services } from './shop.ts'
import type { DemoLog, DemoSpan, Service } from './shop.ts'

const severityNumbers = { INFO: 9, WARN: 13, ERROR: 17 } as const
const spanKinds = { server: 2, client: 3 } as const

/** `ExportTraceServiceRequest`: spans by service. */
export function traceRequest(spans: readonly DemoSpan[]): unknown {
  return {
    resourceSpans: byService(spans, (own) => ({
      scopeSpans: [
        {
          scope: { name: 'weir.demo' },
          spans: own.map((span) => ({
            traceId: span.traceId,
            spanId: span.spanId,
            ...(span.parentSpanId !== undefined && { parentSpanId: span.parentSpanId }),
            name: span.name,
            kind: spanKinds[span.kind],
            startTimeUnixNano: nanoseconds(span.start),
            endTimeUnixNano: nanoseconds(span.end),
            attributes: attributes(span.attributes),
            status: span.failed ? { code: 2 } : {},
          })),
        },
      ],
    })),
  }
}

/** `ExportLogsServiceRequest`: log records by service. */
export function logsRequest(logs: readonly DemoLog[]): unknown {
  return {
    resourceLogs: byService(logs, (own) => ({
      scopeLogs: [
        {
          scope: { name: 'weir.demo' },
          logRecords: own.map(({ at, severity, body, traceId, spanId }) => ({
            timeUnixNano: nanoseconds(at),
            observedTimeUnixNano: nanoseconds(at),
            severityNumber: severityNumbers[severity],
            severityText: severity,
            body: { stringValue: body },
            traceId,
            spanId,
            flags: 1,
          })),
        },
      ],
    })),
  }
}

function byService<Item extends { readonly service: Service }>(
  items: readonly Item[],
  describe: (own: readonly Item[]) => object,
): unknown[] {
  return services.flatMap((service) => {
    const own = items.filter((item) => item.service === service)
    const resource = { attributes: attributes({ 'service.name': service, 'service.namespace': 'weir-demo' }) }
    return own.length === 0 ? [] : [{ resource, ...describe(own) }]
  })
}

function attributes(values: Readonly<Record<string, string | number>>): unknown[] {
  return Object.entries(values).map(([key, value]) => ({
    key,
    value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value },
  }))
}

const nanoseconds = (ms: number): string => `${Math.round(ms * 1000)}000`
