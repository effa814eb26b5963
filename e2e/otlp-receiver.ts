// Stands for Tempo and any other OTLP backend: gRPC, optionally with TLS that asks for a client certificate, and HTTP.
import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { Metadata, Server, ServerCredentials, status } from '@grpc/grpc-js'
import type { handleUnaryCall, MethodDefinition } from '@grpc/grpc-js'
import { onTestFinished } from 'vitest'
import { taken, writeAnswer } from './answer.ts'
import type { Answer } from './answer.ts'
import { BackendServer, bodyOf } from './backend-server.ts'
import { freePort } from './free-port.ts'
import { itemsOf } from './otlp-items.ts'
import type { Item, Kind } from './otlp-items.ts'

const services: Readonly<Record<Kind, string>> = {
  traces: 'opentelemetry.proto.collector.trace.v1.TraceService',
  metrics: 'opentelemetry.proto.collector.metrics.v1.MetricsService',
  logs: 'opentelemetry.proto.collector.logs.v1.LogsService',
}

/** How a gRPC call is answered: taken, refused with a status code and perhaps a RetryInfo, or never. */
export type GrpcAnswer =
  'ok' | 'hang' | { readonly code: status; readonly message: string; readonly retryAfterSeconds?: number }

export interface Export {
  readonly kind: Kind
  readonly at: number
  readonly items: readonly Item[]
  readonly headers: Readonly<Record<string, unknown>>
  /** Of the request, to tell a replay from a new cut. */
  readonly hash: string
  readonly accepted: boolean
}

export interface Certificates {
  readonly ca: string
  readonly key: string
  readonly cert: string
  /** Takes clients without a certificate too. */
  readonly anyClient?: boolean
}

/** What both transports keep: every export, and the items of the accepted ones by kind. */
export class OtlpRecord {
  readonly exports: Export[] = []
  readonly spans: Item[] = []
  readonly metrics: Item[] = []
  readonly logRecords: Item[] = []

  add(
    kind: Kind,
    request: Uint8Array,
    headers: Export['headers'],
    accepted: (items: readonly Item[]) => boolean,
  ): void {
    const items = itemsOf(kind, request)
    const took = accepted(items)
    const hash = createHash('sha1').update(request).digest('hex')
    this.exports.push({ kind, at: Date.now(), items, headers, hash, accepted: took })
    if (!took) return
    const list = { traces: this.spans, metrics: this.metrics, logs: this.logRecords }[kind]
    list.push(...items)
  }
}

/** An OTLP/gRPC server on a port that stays the same while it goes down and comes back. */
export class OtlpGrpcReceiver extends OtlpRecord {
  readonly port: number
  answer: (kind: Kind, items: readonly Item[]) => GrpcAnswer = () => 'ok'
  private readonly tls: Certificates | undefined
  private server: Server | undefined

  constructor(port: number, tls: Certificates | undefined) {
    super()
    this.port = port
    this.tls = tls
  }

  static async start(tls?: Certificates): Promise<OtlpGrpcReceiver> {
    const receiver = new OtlpGrpcReceiver(await freePort(), tls)
    await receiver.up()
    onTestFinished(() => receiver.down())
    return receiver
  }

  get endpoint(): string {
    return `127.0.0.1:${this.port}`
  }

  async up(): Promise<void> {
    const server = new Server({ 'grpc.max_receive_message_length': 64 * 1024 * 1024 })
    for (const [kind, service] of Object.entries(services) as [Kind, string][]) {
      const Export: handleUnaryCall<Buffer, Buffer> = (call, callback) => {
        let answer: GrpcAnswer = 'ok'
        this.add(kind, call.request, call.metadata.getMap(), (items) => (answer = this.answer(kind, items)) === 'ok')
        const given = answer as GrpcAnswer
        if (given === 'ok') callback(null, Buffer.alloc(0))
        else if (given !== 'hang') callback({ code: given.code, details: given.message, metadata: retryInfo(given) })
      }
      server.addService({ Export: unary(`/${service}/Export`) }, { Export })
    }
    this.server = server
    await new Promise<void>((resolve, reject) => {
      server.bindAsync(this.endpoint, credentials(this.tls), (error) => (error === null ? resolve() : reject(error)))
    })
  }

  async down(): Promise<void> {
    this.server?.forceShutdown()
    this.server = undefined
  }
}

/** An OTLP/HTTP server for protobuf. */
export class OtlpHttpReceiver extends OtlpRecord {
  answer: (kind: Kind, items: readonly Item[]) => Answer = () => ({ status: 200 })
  backend!: BackendServer

  static async start(): Promise<OtlpHttpReceiver> {
    const receiver = new OtlpHttpReceiver()
    receiver.backend = await BackendServer.start((request, response) => {
      const kind = (['traces', 'metrics', 'logs'] as const).find((one) => request.url === `/v1/${one}`)
      if (kind === undefined) {
        writeAnswer(response, { status: 404 })
        return
      }
      void bodyOf(request).then(
        (body) => {
          const zipped = request.headers['content-encoding'] === 'gzip'
          let answer: Answer = 'hang'
          receiver.add(kind, zipped ? gunzipSync(body) : body, request.headers, (items) =>
            taken((answer = receiver.answer(kind, items))),
          )
          writeAnswer(response, answer)
        },
        () => undefined,
      )
    })
    return receiver
  }

  get url(): string {
    return `http://127.0.0.1:${this.backend.port}`
  }
}

function unary(path: string): MethodDefinition<Buffer, Buffer> {
  const same = (bytes: Buffer): Buffer => bytes
  return {
    path,
    requestStream: false,
    responseStream: false,
    requestSerialize: same,
    requestDeserialize: same,
    responseSerialize: same,
    responseDeserialize: same,
  }
}

function credentials(tls: Certificates | undefined): ServerCredentials {
  if (tls === undefined) return ServerCredentials.createInsecure()
  const pair = { private_key: Buffer.from(tls.key), cert_chain: Buffer.from(tls.cert) }
  return ServerCredentials.createSsl(Buffer.from(tls.ca), [pair], tls.anyClient !== true)
}

/** `grpc-status-details-bin`: google.rpc.Status { code = 1, message = 2, details = 3: Any { type_url = 1, value = 2 } }
 * around google.rpc.RetryInfo { retry_delay = 1: Duration { seconds = 1 } }. */
function retryInfo({
  code,
  retryAfterSeconds,
}: {
  readonly code: number
  readonly retryAfterSeconds?: number
}): Metadata {
  const metadata = new Metadata()
  if (retryAfterSeconds === undefined) return metadata
  const lengthDelimited = (field: number, bytes: Buffer): Buffer =>
    Buffer.concat([Buffer.from([(field << 3) | 2, bytes.length]), bytes])
  const delay = lengthDelimited(1, Buffer.from([0x08, retryAfterSeconds]))
  const type = lengthDelimited(1, Buffer.from('type.googleapis.com/google.rpc.RetryInfo'))
  const any = Buffer.concat([type, lengthDelimited(2, delay)])
  metadata.set('grpc-status-details-bin', Buffer.concat([Buffer.from([0x08, code]), lengthDelimited(3, any)]))
  return metadata
}

export { status as grpcStatus }
