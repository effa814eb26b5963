import { WeirError } from '../../collector-core/weir-error.ts'
import type { StackAnswer, StackProblem } from '../contract/stack.ts'

/** A failure as a value that can be sent and shown. */
export function problemOf(error: unknown): StackProblem {
  if (error instanceof WeirError) return { code: error.code, message: error.message, nextStep: error.nextStep }
  const message = error instanceof Error ? error.message : String(error)
  return { code: 'unexpected', message, nextStep: 'This is a mistake in Weir: please report it.' }
}

/** How an order ends that failed with `error`. */
export function failedWith(error: unknown): StackAnswer {
  const { code, name } = error as { code?: unknown; name?: unknown }
  if (code === 'cancelled' || name === 'AbortError') return { kind: 'cancelled' }
  return { kind: 'failed', problem: problemOf(error) }
}
