import { createHash } from 'node:crypto'
import { ok, taken, writeAnswer } from './answer.ts'
import type { Answer } from './answer.ts'
import { BackendServer, bodyOf } from './backend-server.ts'
import type { SeenRequest } from './backend-server.ts'
import { codecOf } from './protocol/codec.ts'
import { uncompress } from './snappy.ts'

interface WriteRequest {
  readonly timeseries: readonly {
    readonly labels: readonly { readonly name: string; readonly value: string }[]
    readonly samples: readonly { readonly value: number; readonly timestamp: string }[]
    readonly exemplars: readonly object[]
    readonly histograms: readonly object[]
  }[]
}

/** One sample as it was written, its time in milliseconds since 1970. */
export interface Sample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
  readonly timestamp: number
}

export interface Write extends SeenRequest {
  readonly samples: readonly Sample[]
  /** Of the body, to tell a replay from a new cut. */
  readonly hash: string
  readonly answer: Answer
}

/** Stands for a remote-write 1.0 server where a real one cannot be made to fail as a test needs it. */
export class RemoteWriteReceiver {
  readonly writes: Write[] = []
  /** Samples of the writes answered with success, in order of arrival. */
  readonly samples: Sample[] = []
  answer: (samples: readonly Sample[], attempt: SeenRequest) => Answer = () => ok
  backend!: BackendServer
  private readonly codec = codecOf<WriteRequest>('remote-write.proto', 'prometheus.WriteRequest')

  static async start(port?: number): Promise<RemoteWriteReceiver> {
    const receiver = new RemoteWriteReceiver()
    receiver.backend = await BackendServer.start((request, response) => {
      void bodyOf(request).then(
        (body) =>
          writeAnswer(
            response,
            receiver.take({ at: Date.now(), path: request.url ?? '', headers: request.headers, body }),
          ),
        () => undefined,
      )
    }, port)
    return receiver
  }

  get url(): string {
    return `http://127.0.0.1:${this.backend.port}/api/v1/push`
  }

  private take(request: SeenRequest): Answer {
    if (request.path !== '/api/v1/push') return { status: 404, body: `nothing at ${request.path}` }
    const { timeseries } = this.codec.decode(uncompress(request.body))
    const samples = timeseries.flatMap(({ labels, samples: of }) => {
      const named = Object.fromEntries(labels.map(({ name, value }) => [name, value]))
      return of.map(({ value, timestamp }) => ({
        name: named['__name__'],
        labels: named,
        value,
        timestamp: Number(timestamp),
      }))
    })
    const answer = this.answer(samples, request)
    this.writes.push({ ...request, samples, hash: createHash('sha1').update(request.body).digest('hex'), answer })
    if (taken(answer)) this.samples.push(...samples)
    return answer
  }
}
