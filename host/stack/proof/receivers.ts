// Where the running pipeline takes OTLP, and for which signals somebody listens behind it.
import type { AlloyStatement, ComponentInfo } from '../../../collector-core/http-api/contract.ts'
import type { Pipeline } from '../../../collector-core/protocol.ts'
import { askHttp } from '../http-question.ts'

export type OtlpSignal = 'traces' | 'logs' | 'metrics'

/** A running `otelcol.receiver.otlp`. */
export interface OtlpReceiver {
  readonly id: string
  readonly healthy: boolean
  readonly message: string
  /** `host:port` as a program of this machine reaches it; undefined without that block. */
  readonly http: string | undefined
  readonly grpc: string | undefined
  /** Signals that are handed on. */
  readonly signals: readonly OtlpSignal[]
  /** Those of them that an exporter behind it sends away, rather than only counting or printing them. */
  readonly sent: readonly OtlpSignal[]
}

export interface RunningPipeline {
  readonly pipeline: Pipeline
  readonly receivers: readonly OtlpReceiver[]
}

/** Asks the collector at `host:port`; undefined where none runs. */
export async function readPipeline(collector: string): Promise<RunningPipeline | undefined> {
  const pipeline = await readCollector<Pipeline>(collector, '/api/v0/weir/pipeline')
  if (pipeline === undefined) return undefined
  const found = pipeline.nodes.filter(({ name }) => name === 'otelcol.receiver.otlp')
  const receivers = await Promise.all(
    found.map(async ({ id }): Promise<OtlpReceiver> => {
      const info = await readCollector<ComponentInfo>(collector, `/api/v0/web/components/${id}`)
      const args = info?.arguments ?? []
      const signals = new Set(pipeline.edges.flatMap(({ from, carries }) => (from === id && carries ? [carries] : [])))
      return {
        id,
        healthy: info?.health.state === 'healthy',
        message: info?.health.message ?? 'it does not answer',
        http: endpointOf(args, 'http', '0.0.0.0:4318'),
        grpc: endpointOf(args, 'grpc', '0.0.0.0:4317'),
        signals: [...signals],
        sent: [...signals].filter((signal) => leadsAway(pipeline, id, signal)),
      }
    }),
  )
  return { pipeline, receivers }
}

const senders = new Set(['otelcol.exporter.otlp', 'otelcol.exporter.otlphttp'])

function leadsAway({ nodes, edges }: Pipeline, start: string, signal: OtlpSignal): boolean {
  const names = new Map(nodes.map(({ id, name }) => [id, name]))
  const reached = new Set([start])
  for (const id of reached) {
    if (senders.has(names.get(id) ?? '')) return true
    for (const { from, to, carries } of edges) if (from === id && carries === signal) reached.add(to)
  }
  return false
}

/** JSON of the collector's HTTP interface; undefined when it does not answer with success. */
export async function readCollector<T>(collector: string, path: string): Promise<T | undefined> {
  const answer = await askHttp(`http://${collector}${path}`).catch(() => undefined)
  return answer?.status === 200 ? (JSON.parse(answer.text) as T) : undefined
}

/** Values equal to their default are left out of what the collector answers. */
function endpointOf(args: readonly AlloyStatement[], name: 'http' | 'grpc', byDefault: string): string | undefined {
  const block = args.find((statement) => statement.type === 'block' && statement.name === name)
  if (block?.type !== 'block') return undefined
  const endpoint = block.body.find((statement) => statement.type === 'attr' && statement.name === 'endpoint')
  const written = endpoint?.type === 'attr' ? endpoint.value.value : byDefault
  return typeof written === 'string' ? written.replace(/^(?:0\.0\.0\.0|\[::\])?:/, '127.0.0.1:') : undefined
}

/** Base URL of an OTLP receiver by signal; a signal that is not sent on is absent. */
export type WayIn = Readonly<Partial<Record<OtlpSignal, string>>>

/** The first healthy receiver that takes each signal over HTTP and has it sent on. */
export function wayIn(receivers: readonly OtlpReceiver[]): WayIn {
  const way: Partial<Record<OtlpSignal, string>> = {}
  for (const { healthy, http, sent } of receivers) {
    if (!healthy || http === undefined) continue
    for (const signal of sent) way[signal] ??= `http://${http}`
  }
  return way
}
