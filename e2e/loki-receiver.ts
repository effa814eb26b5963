import { createHash } from 'node:crypto'
import { taken, ok, writeAnswer } from './answer.ts'
import type { Answer } from './answer.ts'
import { BackendServer, bodyOf } from './backend-server.ts'
import type { SeenRequest } from './backend-server.ts'
import { codecOf } from './protocol/codec.ts'
import { uncompress } from './snappy.ts'

interface PushRequest {
  readonly streams: readonly {
    readonly labels: string
    readonly entries: readonly {
      readonly timestamp: { readonly seconds: string; readonly nanos: number } | null
      readonly line: string
      readonly structured_metadata: readonly { readonly name: string; readonly value: string }[]
    }[]
  }[]
}

/** One line as it was pushed, its time in nanoseconds since 1970. */
export interface Entry {
  readonly stream: string
  readonly timestamp: bigint
  readonly line: string
  readonly tenant: string | undefined
}

export interface Push extends SeenRequest {
  readonly entries: readonly Entry[]
  /** Of the body, to tell a replay from a new cut. */
  readonly hash: string
  readonly answer: Answer
}

/** Stands for Loki: decodes pushes, keeps what it took, and answers as told. */
export class LokiReceiver {
  readonly pushes: Push[] = []
  /** Entries of the pushes answered with success, in order of arrival. */
  readonly entries: Entry[] = []
  answer: (entries: readonly Entry[], attempt: SeenRequest) => Answer = () => ok
  backend!: BackendServer
  private readonly codec = codecOf<PushRequest>('loki.proto', 'loki.PushRequest')

  static async start(port?: number): Promise<LokiReceiver> {
    const loki = new LokiReceiver()
    loki.backend = await BackendServer.start((request, response) => {
      void bodyOf(request).then(
        (body) =>
          writeAnswer(response, loki.take({ at: Date.now(), path: request.url ?? '', headers: request.headers, body })),
        () => undefined,
      )
    }, port)
    return loki
  }

  get url(): string {
    return `http://127.0.0.1:${this.backend.port}/loki/api/v1/push`
  }

  /** What Loki would store: to each line the times and streams it came with, more than one where it is stored twice. */
  get stored(): ReadonlyMap<string, ReadonlySet<string>> {
    const stored = new Map<string, Set<string>>()
    for (const { line, stream, timestamp } of this.entries) {
      stored.set(line, (stored.get(line) ?? new Set()).add(`${timestamp} ${stream}`))
    }
    return stored
  }

  /** Lines that came again as others than before, with another time or stream. */
  get linesStoredTwice(): number {
    return [...this.stored.values()].filter((one) => one.size > 1).length
  }

  /** Lines in order of arrival. */
  get lines(): string[] {
    return this.entries.map(({ line }) => line)
  }

  private take(request: SeenRequest): Answer {
    if (request.path !== '/loki/api/v1/push') return { status: 404, body: `nothing at ${request.path}` }
    const tenant = request.headers['x-scope-orgid']?.toString()
    const { streams } = this.codec.decode(uncompress(request.body))
    const entries = streams.flatMap(({ labels, entries: of }) =>
      of.map(({ timestamp, line }) => {
        const { seconds, nanos } = timestamp ?? { seconds: '0', nanos: 0 }
        return { stream: labels, timestamp: BigInt(seconds) * 1_000_000_000n + BigInt(nanos), line, tenant }
      }),
    )
    const answer = this.answer(entries, request)
    this.pushes.push({ ...request, entries, hash: createHash('sha1').update(request.body).digest('hex'), answer })
    if (taken(answer)) this.entries.push(...entries)
    return answer
  }
}
