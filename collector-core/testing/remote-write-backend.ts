import { failure } from '../net/failure.ts'
import type { TransportFailure } from '../net/failure.ts'
import type { HttpClient } from '../net/http-arguments.ts'
import type { HttpRequest, HttpResponse } from '../net/http-message.ts'
import { decodeRequest } from '../wire/remote_write/decode-request.ts'
import type { DecodedRequest, DecodedSeries } from '../wire/remote_write/decode-request.ts'
import { uncompress } from '../wire/snappy/uncompress.ts'

/** A request as a remote-write server sees it. */
export interface ReceivedRequest {
  readonly url: string
  readonly headers: ReadonlyMap<string, string>
  readonly bodyText: string
  readonly content: DecodedRequest
}

export interface BackendAnswer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** Stands for a remote-write server behind an HTTP client; keeps what it was sent and what it took. */
export class RemoteWriteBackend implements HttpClient {
  readonly received: ReceivedRequest[] = []
  /** Series of the requests answered with 2xx, in order. */
  readonly stored: DecodedSeries[] = []
  closed = 0
  /** `down` stands for a server that cannot be reached. */
  answer: (request: ReceivedRequest) => BackendAnswer | 'down' | Promise<BackendAnswer> = () => ({ status: 200 })

  async send(request: HttpRequest): Promise<HttpResponse | TransportFailure> {
    const received = receive(request)
    this.received.push(received)
    const answer = await this.answer(received)
    if (answer === 'down') return failure('refused', 'backend:9009: the connection was refused', 'Start the server.')
    if (answer.status >= 200 && answer.status < 300) this.stored.push(...received.content.series)
    const headers = new Map(Object.entries(answer.headers ?? {}))
    return { kind: 'response', status: answer.status, headers, body: Buffer.from(answer.body ?? '') }
  }

  async stream(): Promise<TransportFailure> {
    return failure('invalid_request', 'remote write does not stream', 'Use send.')
  }

  close(): void {
    this.closed++
  }

  /** `name=value@timestamp` of every stored sample. */
  get samples(): string[] {
    return this.stored.flatMap(({ labels, samples }) =>
      samples.map(({ value, timestamp, stale }) => `${labels.toString()}=${stale ? 'stale' : value}@${timestamp}`),
    )
  }
}

function receive({ url, headers, body }: HttpRequest): ReceivedRequest {
  const parts = body === undefined ? [] : body instanceof Uint8Array ? [body] : body
  const block = Buffer.concat(parts)
  const lowerCase = new Map([...(headers ?? [])].map(([name, value]) => [name.toLowerCase(), value]))
  const version = lowerCase.get('content-type')?.includes('v2') === true ? 2 : 1
  const bytes = uncompress(block, 64 * 1024 * 1024)
  if ('kind' in bytes) throw new Error(`not a snappy block: ${bytes.message}`)
  const content = decodeRequest(bytes, version)
  if ('malformed' in content) throw new Error(`not a request: ${content.malformed}`)
  return { url, headers: lowerCase, bodyText: block.toString('latin1'), content }
}
