// Stands in for Loki, Mimir and Tempo on machines without Docker: their write and read paths, over one store on disk.
import type { Duplex } from 'node:stream'
import type { IncomingMessage } from 'node:http'
import type { ListenAddress, Listening } from '../../../collector-core/net/server.ts'
import { WeirError } from '../../../collector-core/weir-error.ts'
import { text } from './api/api-request.ts'
import type { Route } from './api/api-request.ts'
import { ApiServer } from './api/api-server.ts'
import { LokiTail } from './api/loki-tail.ts'
import { lokiRoutes } from './api/loki-routes.ts'
import { otlpRoute, otlpRoutes, startOtlpGrpc } from './api/otlp-ports.ts'
import type { TakeOtlp } from './api/otlp-ports.ts'
import { prometheusRoutes } from './api/prometheus-routes.ts'
import { QueryGate } from './api/query-gate.ts'
import { tempoRoutes } from './api/tempo-routes.ts'
import { takeLogs } from './ingest/otlp-logs.ts'
import { takeTraces } from './ingest/otlp-traces.ts'
import { takeMetrics } from './ingest/otlp-metrics.ts'
import { WriteRequestReader } from './ingest/write-request-reader.ts'
import { Storage } from './storage/storage.ts'
import type { StoredBytes } from './storage/storage.ts'

/** The ports of an embedded backend; a port of 0 takes a free one. */
export interface EmbeddedListen {
  readonly loki: ListenAddress
  readonly mimir: ListenAddress
  readonly tempo: ListenAddress
  readonly otlpGrpc: ListenAddress
  readonly otlpHttp: ListenAddress
}

export interface EmbeddedBackendOptions {
  /** Where data is kept; made when it is not there. */
  readonly directory: string
  /** Where it differs from `standardListen`. */
  readonly listen?: Partial<EmbeddedListen>
  readonly maxAgeMs?: number
  readonly maxBytes?: number
  readonly maxSeries?: number
  readonly maxStreams?: number
  readonly maxQuerySamples?: number
  readonly queryTimeoutMs?: number
  readonly version?: string
  /** Told of what goes wrong in the background, such as a full disk. */
  readonly onProblem?: (message: string) => void
}

/** What a backend holds right now. */
export interface EmbeddedStats {
  readonly bytes: StoredBytes
  readonly maxBytes: number
  readonly freeDiskBytes: number
  readonly series: number
  readonly streams: number
  /** The last problem in the background; undefined while all is well. */
  readonly problem: string | undefined
}

/** A running embedded backend; addresses are `host:port`. */
export interface EmbeddedBackend {
  readonly addresses: Readonly<Record<keyof EmbeddedListen, string>>
  stats(): Promise<EmbeddedStats>
  /** Lets running requests finish, writes what is in memory and lets go of ports and files. */
  stop(): Promise<void>
}

const loopback = (port: number): ListenAddress => ({ host: '127.0.0.1', port })

/** The ports of the real backends; OTLP, whose own ports the collector has, is taken ten thousand higher. */
export const standardListen: EmbeddedListen = {
  loki: loopback(3100),
  mimir: loopback(9009),
  tempo: loopback(3200),
  otlpGrpc: loopback(14317),
  otlpHttp: loopback(14318),
}

export const embeddedDefaults = {
  maxAgeMs: 7 * 86_400_000,
  maxBytes: 2 * 1024 ** 3,
  maxSeries: 200_000,
  maxStreams: 10_000,
  maxQuerySamples: 10_000_000,
  queryTimeoutMs: 30_000,
} as const

const maintainEveryMs = 15_000

/** Opens the store and listens on all ports; throws a `WeirError` when the directory or a port cannot be had. */
export async function startEmbeddedBackend(options: EmbeddedBackendOptions): Promise<EmbeddedBackend> {
  const listen = { ...standardListen, ...options.listen }
  for (const { host } of Object.values(listen)) refuseForeign(host)
  const bounds = { ...embeddedDefaults, ...defined(options) }
  const storage = await Storage.open(options.directory, bounds, bounds)
  const running = new RunningBackend(storage, bounds.maxBytes, options.onProblem ?? (() => undefined))
  try {
    await running.listen(listen, bounds.queryTimeoutMs, options.version ?? 'dev')
  } catch (error) {
    await running.stop()
    throw error
  }
  return running
}

/** There is no sign-in, so nobody but this machine is served. */
function refuseForeign(host: string): void {
  if (/^(?:localhost|::1|127(?:\.\d{1,3}){3})$/.test(host)) return
  throw new WeirError(
    'not_loopback',
    `the embedded backend does not listen on "${host}"`,
    'Use an address on this machine, as in 127.0.0.1:3100.',
  )
}

function defined(options: EmbeddedBackendOptions): Partial<typeof embeddedDefaults> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}

class RunningBackend implements EmbeddedBackend {
  readonly addresses = { loki: '', mimir: '', tempo: '', otlpGrpc: '', otlpHttp: '' }
  private readonly storage: Storage
  private readonly maxBytes: number
  private readonly onProblem: (message: string) => void
  private readonly servers: { close(): Promise<void> }[] = []
  private readonly timer: NodeJS.Timeout
  private maintaining: Promise<void> | undefined
  private problem: string | undefined

  constructor(storage: Storage, maxBytes: number, onProblem: (message: string) => void) {
    this.storage = storage
    this.maxBytes = maxBytes
    this.onProblem = onProblem
    this.timer = setInterval(() => this.maintain(), maintainEveryMs)
    this.timer.unref()
  }

  async listen(where: EmbeddedListen, queryTimeoutMs: number, version: string): Promise<void> {
    const { metrics, logs, traces } = this.storage
    const gate = new QueryGate(queryTimeoutMs)
    const reader = new WriteRequestReader()
    const take: TakeOtlp = (kind, request) => {
      if (kind === 'traces') return takeTraces(request, traces)
      if (kind === 'logs') return takeLogs(request, logs)
      return takeMetrics(request, metrics, reader)
    }
    const tail = new LokiTail(logs)
    this.servers.push({
      close() {
        tail.close()
        return Promise.resolve()
      },
    })
    const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void =>
      tail.upgrade(request, socket, head)
    const serve = async (
      name: 'loki' | 'mimir' | 'tempo' | 'otlpHttp',
      title: string,
      routes: readonly Route[],
      onUpgrade?: typeof upgrade,
    ): Promise<void> => {
      const errors = name === 'mimir' ? 'prometheus' : 'text'
      const server = await ApiServer.start({
        name: title,
        listen: where[name],
        routes: [...this.health(), ...routes],
        errors,
        onUpgrade,
      })
      this.servers.push(server)
      this.addresses[name] = server.address
    }
    await serve('loki', 'the Loki port', lokiRoutes(logs, gate, version), upgrade)
    await serve('mimir', 'the Prometheus (Mimir) port', [
      ...prometheusRoutes(metrics, reader, gate, version),
      otlpRoute('metrics', '/otlp/v1/metrics', take),
    ])
    await serve('tempo', 'the Tempo port', tempoRoutes(traces, gate, version))
    await serve('otlpHttp', 'the OTLP over HTTP port', otlpRoutes(take))
    const grpc = await startOtlpGrpc(where.otlpGrpc, take)
    this.servers.push({ close: () => closeGrpc(grpc) })
    this.addresses.otlpGrpc = `${grpc.host.includes(':') ? `[${grpc.host}]` : grpc.host}:${grpc.port}`
  }

  async stats(): Promise<EmbeddedStats> {
    return {
      bytes: await this.storage.sizes(),
      maxBytes: this.maxBytes,
      freeDiskBytes: await this.storage.freeBytes(),
      series: this.storage.metrics.seriesCount,
      streams: this.storage.logs.streamCount,
      problem: this.problem,
    }
  }

  async stop(): Promise<void> {
    clearInterval(this.timer)
    await Promise.all(this.servers.map((server) => server.close()))
    await this.maintaining
    await this.storage.close()
  }

  private health(): Route[] {
    return [
      {
        methods: ['GET'],
        pattern: /^\/(?:ready|-\/ready|-\/healthy|api\/health)$/,
        answer: () => (this.problem === undefined ? text('ready') : text(this.problem, 503)),
      },
    ]
  }

  private maintain(): void {
    this.maintaining ??= this.storage
      .maintain()
      .then(
        () => (this.problem = undefined),
        (error: unknown) => {
          this.problem = `the embedded backend cannot tidy its data: ${error instanceof Error ? error.message : String(error)}`
          this.onProblem(this.problem)
        },
      )
      .then(() => (this.maintaining = undefined))
  }
}

function closeGrpc(grpc: Listening & { goAway(): void }): Promise<void> {
  grpc.goAway()
  return grpc.close(2_000)
}
