import type { z } from 'zod'
import { WeirError } from '../../collector-core/weir-error.ts'
import type { Failure } from '../contract/transport.ts'

const mostIssues = 3
const mostWords = 2_000

/** An error as a window reads it. What is no `WeirError` is a defect: `report` gets it, the window only that it happened. */
export function failureOf(name: string, error: unknown, report: (name: string, error: unknown) => void): Failure {
  if (error instanceof WeirError) {
    const { code, message, nextStep } = error
    return { code, message: message.slice(0, mostWords), nextStep: nextStep.slice(0, mostWords) }
  }
  report(name, error)
  return {
    code: 'defect',
    message: `Weir failed at "${name}".`,
    nextStep: 'This is a defect of Weir. The terminal or the log it was started with says more.',
  }
}

/** What is wrong with arguments, without the arguments themselves: they may hold secrets. */
export function badArguments(name: string, { issues }: z.ZodError): WeirError {
  const words = issues
    .slice(0, mostIssues)
    .map(({ path, message }) => `${path.length === 0 ? 'arguments' : path.map(String).join('.')}: ${message}`)
  return new WeirError(
    'bad-arguments',
    `"${name}" was asked wrongly: ${words.join('; ')}`,
    'Reload the window; if that does not help, the page and Weir are of different versions.',
  )
}
