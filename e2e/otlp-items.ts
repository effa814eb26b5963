// Decoded OTLP requests taken apart into items that carry everything said of them, so that requests cut differently can be
// compared.
import { codecOf } from './protocol/codec.ts'
import type { Codec } from './protocol/codec.ts'

export type Kind = 'traces' | 'metrics' | 'logs'

/** One span, log record or metric with its resource and scope; decoded fields, int64 as text, bytes as base64. */
export interface Item {
  readonly resource: unknown
  readonly scope: unknown
  readonly schemaUrls: readonly unknown[]
  readonly item: Record<string, unknown>
}

type Plain = Record<string, unknown>

const layouts = {
  traces: ['resource_spans', 'scope_spans', 'spans'],
  metrics: ['resource_metrics', 'scope_metrics', 'metrics'],
  logs: ['resource_logs', 'scope_logs', 'log_records'],
} as const

const codecs: Readonly<Record<Kind, Codec<Plain>>> = {
  traces: codecOf('otlp.proto', 'otlp.TracesRequest'),
  metrics: codecOf('otlp.proto', 'otlp.MetricsRequest'),
  logs: codecOf('otlp.proto', 'otlp.LogsRequest'),
}

/** Takes an export request apart. */
export function itemsOf(kind: Kind, request: Uint8Array): Item[] {
  const [resources, scopes, items] = layouts[kind]
  return listOf(codecs[kind].decode(request), resources).flatMap((resource) =>
    listOf(resource, scopes).flatMap((scope) =>
      listOf(scope, items).map((item) => ({
        resource: resource.resource,
        scope: scope.scope,
        schemaUrls: [resource.schema_url, scope.schema_url],
        item,
      })),
    ),
  )
}

/** The value of a string attribute of an item, undefined when it has none. */
export function attribute(item: Plain, key: string): string | undefined {
  const found = listOf(item, 'attributes').find((pair) => pair.key === key)
  return (found?.value as { string_value?: string } | undefined)?.string_value
}

/** Items as sorted JSON, to compare two sets whatever their order. */
export function sorted(items: readonly Item[]): string[] {
  return items.map((item) => JSON.stringify(item)).sort()
}

function listOf(message: Plain, field: string): Plain[] {
  return (message[field] ?? []) as Plain[]
}
