import { writeRequest } from '../../host/stack/embedded/testing/write-request.ts'
import type { SeriesToWrite } from '../../host/stack/embedded/testing/write-request.ts'
import type { BackendAddresses } from './backend-process.ts'

/** True for success; else fails with what the backend said. */
async function accepted(answer: Response): Promise<true> {
  const words = await answer.text()
  if (!answer.ok) throw new Error(`the push was answered ${answer.status}: ${words}`)
  return true
}

/** Writes samples; resolves when the backend says it has them. */
export async function pushSamples({ mimir }: BackendAddresses, series: readonly SeriesToWrite[]): Promise<true> {
  const answer = await fetch(`http://${mimir}/api/v1/push`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-protobuf', 'content-encoding': 'snappy' },
    body: writeRequest(series),
  })
  return accepted(answer)
}

/** Pushes lines of one stream; resolves when the backend says it has them. */
export async function pushLines(
  { loki }: BackendAddresses,
  stream: Readonly<Record<string, string>>,
  values: readonly (readonly [nanos: string, line: string])[],
): Promise<true> {
  const answer = await fetch(`http://${loki}/loki/api/v1/push`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ streams: [{ stream, values }] }),
  })
  return accepted(answer)
}

/** Sends a trace of one span; resolves when the backend says it has it. */
export async function pushSpan({ otlpHttp }: BackendAddresses, traceId: string, name: string): Promise<true> {
  const now = Date.now()
  const span = {
    traceId,
    spanId: traceId.slice(0, 16),
    name,
    kind: 2,
    startTimeUnixNano: `${now - 5}000000`,
    endTimeUnixNano: `${now}000000`,
  }
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'pushed' } }] }
  const answer = await fetch(`http://${otlpHttp}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans: [span] }] }] }),
  })
  return accepted(answer)
}

interface VectorAnswer {
  readonly data?: { readonly result: readonly { readonly value: readonly [number, string] }[] }
  readonly error?: string
}

/** The single number a PromQL or LogQL query answers with; 0 when it finds nothing. */
export async function askNumber(url: string): Promise<number> {
  const response = await fetch(url)
  const body = await response.text()
  if (!response.ok) throw new Error(`${url}: ${response.status} ${body}`)
  const { data } = JSON.parse(body) as VectorAnswer
  return Number(data?.result.at(0)?.value[1] ?? 0)
}

export const promql = ({ mimir }: BackendAddresses, query: string): Promise<number> =>
  askNumber(`http://${mimir}/prometheus/api/v1/query?query=${encodeURIComponent(query)}`)

export const logql = ({ loki }: BackendAddresses, query: string): Promise<number> =>
  askNumber(`http://${loki}/loki/api/v1/query?query=${encodeURIComponent(query)}`)
