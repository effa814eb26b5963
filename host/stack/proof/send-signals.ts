import { WeirError } from '../../../collector-core/weir-error.ts'
import type { RemoteName, StackEndpoints } from '../../contract/stack.ts'
import { askHttp } from '../http-question.ts'
import { lokiPush, otlpLog, otlpMetric, otlpTrace, remoteWrite } from './synthetic-signals.ts'
import type { Synthetic } from './synthetic-signals.ts'
import type { OtlpSignal, WayIn } from './receivers.ts'

/** Access headers of a backend; empty for local ones. */
export type HeadersFor = (name: RemoteName) => Promise<Readonly<Record<string, string>>>

export interface Sent {
  /** Through the running pipeline, or straight to the backend because the pipeline has no way in for it. */
  readonly way: 'pipeline' | 'direct'
}

const json = { 'Content-Type': 'application/json' }
const remoteWriteHeaders = {
  'Content-Type': 'application/x-protobuf',
  'Content-Encoding': 'snappy',
  'X-Prometheus-Remote-Write-Version': '0.1.0',
}

/** Sends one synthetic signal; rejects with what the receiver or the backend said when it did not take it. */
export async function sendSignal(
  signal: OtlpSignal,
  synthetic: Synthetic,
  { way, endpoints, headers }: { way: WayIn | undefined; endpoints: StackEndpoints; headers: HeadersFor },
): Promise<Sent> {
  const base = way?.[signal]
  if (base !== undefined) {
    const body = { traces: otlpTrace, logs: otlpLog, metrics: otlpMetric }[signal](synthetic)
    await post(`${base}/v1/${signal}`, json, body)
    return { way: 'pipeline' }
  }
  switch (signal) {
    case 'traces':
      await post(`${endpoints.tempoHttp}/v1/traces`, { ...json, ...(await headers('tempo')) }, otlpTrace(synthetic))
      break
    case 'logs':
      await post(endpoints.lokiPush, { ...json, ...(await headers('loki')) }, lokiPush(synthetic))
      break
    case 'metrics':
      await post(endpoints.metricsPush, { ...remoteWriteHeaders, ...(await headers('mimir')) }, remoteWrite(synthetic))
  }
  return { way: 'direct' }
}

async function post(url: string, headers: Record<string, string>, body: string | Uint8Array): Promise<void> {
  const { status, text } = await askHttp(url, { method: 'POST', headers, body })
  if (status >= 200 && status < 300) return
  const said = text.replaceAll(/\s+/g, ' ').trim().slice(0, 300)
  throw new WeirError(
    'not-accepted',
    `${new URL(url).host} did not take it: HTTP ${status}${said === '' ? '' : ` ${said}`}`,
    'Run `weir doctor` to see where it stops.',
  )
}
