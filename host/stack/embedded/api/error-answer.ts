import { QueryError } from '../query-text/query-error.ts'
import { StoreFailure } from '../storage/store-failure.ts'
import { TooMuch } from '../storage/too-much.ts'
import { json, text } from './api-request.ts'
import type { ApiAnswer } from './api-request.ts'

/** How an API words its errors: as Prometheus' JSON, or as plain text. */
export type ErrorShape = 'prometheus' | 'text'

/** A parameter of a request that cannot be read. */
export class BadParameter extends Error {
  override readonly name = 'BadParameter'
}

/** The answer for what a handler threw. */
export function answerOfError(error: unknown, shape: ErrorShape): ApiAnswer {
  const { status, type } = kindOf(error)
  const message = error instanceof Error ? error.message : String(error)
  if (shape === 'text') return text(message, status)
  return json({ status: 'error', errorType: type, error: message }, status)
}

function kindOf(error: unknown): { readonly status: number; readonly type: string } {
  if (error instanceof BadParameter) return { status: 400, type: 'bad_data' }
  if (error instanceof URIError) return { status: 400, type: 'bad_data' }
  if (error instanceof StoreFailure) return { status: 503, type: 'unavailable' }
  if (error instanceof TooMuch) return { status: 422, type: 'execution' }
  if (error instanceof QueryError) {
    if (error.kind === 'syntax') return { status: 400, type: 'bad_data' }
    return error.kind === 'timeout' ? { status: 503, type: 'timeout' } : { status: 422, type: 'execution' }
  }
  return { status: 500, type: 'internal' }
}
