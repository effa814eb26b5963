// How a backend of ours answers: as told, so that a test can let it fail in any way and come back.
import type { ServerResponse } from 'node:http'

/** `hang` never answers; `cut` closes the connection without an answer. */
export type Answer =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  | 'hang'
  | 'cut'

export const ok: Answer = { status: 204 }
export const unavailable: Answer = { status: 503, body: 'down for maintenance' }

export function writeAnswer(response: ServerResponse, answer: Answer): void {
  if (answer === 'hang') return
  if (answer === 'cut') {
    response.destroy()
    return
  }
  response.writeHead(answer.status, answer.headers)
  response.end(answer.body)
}

/** True when the answer tells the sender that the data was taken. */
export function taken(answer: Answer): boolean {
  return typeof answer === 'object' && answer.status >= 200 && answer.status < 300
}
