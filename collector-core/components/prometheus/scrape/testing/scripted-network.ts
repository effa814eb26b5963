// Targets for tests: each URL answers what it is told to.
import { failure } from '../../../../net/failure.ts'
import type { HttpClient } from '../../../../net/http-arguments.ts'
import type { HttpRequest, HttpResponse } from '../../../../net/http-message.ts'
import type { TransportFailure } from '../../../../net/failure.ts'

export interface Answer {
  readonly status?: number
  readonly body?: string | Uint8Array
  readonly type?: string
  readonly encoding?: string
}

type Script = Answer | TransportFailure | ((request: HttpRequest) => Promise<Answer | TransportFailure>)

export const openMetrics = 'application/openmetrics-text; version=1.0.0; charset=utf-8'

/** An `HttpClient` whose targets follow scripts, by URL; unknown ones refuse the connection. */
export class ScriptedNetwork implements HttpClient {
  readonly requests: HttpRequest[] = []
  readonly scripts = new Map<string, Script>()
  closed = 0

  /** What `url` answers from now on; a string is classic text. */
  answer(url: string, script: Script | string): void {
    this.scripts.set(url, typeof script === 'string' ? { body: script } : script)
  }

  async send(request: HttpRequest): Promise<HttpResponse | TransportFailure> {
    this.requests.push(request)
    const script = this.scripts.get(request.url)
    if (script === undefined) return failure('refused', `${request.url}: the connection was refused`, 'Start it.')
    const answer = typeof script === 'function' ? await unlessAborted(script(request), request.signal) : script
    if ('kind' in answer) return answer
    const body = Buffer.from(answer.body ?? '')
    if (body.length > (request.limits?.bodyBytes ?? Infinity)) {
      return failure('response_too_large', `${request.url}: the answer is too long`, 'Raise the limit.')
    }
    const headers = new Map([['content-type', answer.type ?? 'text/plain; version=0.0.4']])
    if (answer.encoding !== undefined) headers.set('content-encoding', answer.encoding)
    return { kind: 'response', status: answer.status ?? 200, headers, body }
  }

  async stream(): Promise<TransportFailure> {
    return failure('unknown', 'a scrape does not stream', '')
  }

  close(): void {
    this.closed++
  }
}

async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T | TransportFailure> {
  return new Promise((resolve, reject) => {
    const abort = (): void => resolve(failure('aborted', 'cancelled', ''))
    signal?.addEventListener('abort', abort, { once: true })
    work.then(resolve, reject).finally(() => signal?.removeEventListener('abort', abort))
  })
}
