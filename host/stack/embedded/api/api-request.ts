import type { IncomingHttpHeaders } from 'node:http'

/** A request as the handlers see it. */
export interface ApiRequest {
  readonly method: string
  readonly path: string
  /** Of the URL and, for forms, of the body. */
  readonly params: URLSearchParams
  readonly headers: IncomingHttpHeaders
  /** Groups of the route's pattern, decoded. */
  readonly groups: readonly string[]
  /** The body as sent; empty for forms. */
  readonly body: Uint8Array
}

export interface ApiAnswer {
  readonly status: number
  readonly contentType: string
  readonly body: string | Uint8Array
  readonly headers?: Readonly<Record<string, string>>
}

/** One path of an API; the pattern has to match the whole path. */
export interface Route {
  readonly methods: readonly ('GET' | 'POST')[]
  readonly pattern: RegExp
  /** Whether it takes telemetry, in contrast to questions; its body may be large. */
  readonly takesData?: boolean
  answer(request: ApiRequest): Promise<ApiAnswer> | ApiAnswer
}

export const json = (value: unknown, status = 200): ApiAnswer => ({
  status,
  contentType: 'application/json; charset=utf-8',
  body: JSON.stringify(value),
})

export const text = (body: string, status = 200): ApiAnswer => ({
  status,
  contentType: 'text/plain; charset=utf-8',
  body: body.endsWith('\n') || body === '' ? body : `${body}\n`,
})

export const noContent: ApiAnswer = { status: 204, contentType: '', body: '' }
