// Where the running pipeline takes OTLP, and for which signals somebody listens behind it.
import type { AlloyStatement, ComponentInfo } from '../../../collector-core/http-api/contract.ts'
import type { Pipeline } from '../../../collector-core/protocol.ts'
import { askHttp } from '../http-question.ts'

export type OtlpSignal = 'traces' | 'logs' | 'metrics'

/** Base URL of an OTLP receiver by signal; a signal nothing takes is absent. */
export type WayIn = Readonly<Partial<Record<OtlpSignal, string>>>

const receiverName = 'otelcol.receiver.otlp'

/** Asks the collector at `host:port`; undefined where none runs. */
export async function findWayIn(collector: string): Promise<WayIn | undefined> {
  const pipeline = await readJson<Pipeline>(collector, '/api/v0/weir/pipeline')
  if (pipeline === undefined) return undefined
  const way: Partial<Record<OtlpSignal, string>> = {}
  for (const { id, name } of pipeline.nodes) {
    if (name !== receiverName) continue
    const info = await readJson<ComponentInfo>(collector, `/api/v0/web/components/${id}`)
    const base = info?.health.state === 'healthy' ? httpBase(info.arguments) : undefined
    if (base === undefined) continue
    for (const { from, carries } of pipeline.edges) if (from === id && carries !== undefined) way[carries] ??= base
  }
  return way
}

async function readJson<T>(collector: string, path: string): Promise<T | undefined> {
  const answer = await askHttp(`http://${collector}${path}`).catch(() => undefined)
  return answer?.status === 200 ? (JSON.parse(answer.text) as T) : undefined
}

/** `http { endpoint = "…" }`; values equal to their default are left out of what the collector answers. */
function httpBase(args: readonly AlloyStatement[]): string | undefined {
  const http = args.find((statement) => statement.type === 'block' && statement.name === 'http')
  if (http?.type !== 'block') return undefined
  const endpoint = http.body.find((statement) => statement.type === 'attr' && statement.name === 'endpoint')
  const written = endpoint?.type === 'attr' ? endpoint.value.value : '0.0.0.0:4318'
  if (typeof written !== 'string') return undefined
  return `http://${written.replace(/^(?:0\.0\.0\.0|\[::\])?:/, '127.0.0.1:')}`
}
