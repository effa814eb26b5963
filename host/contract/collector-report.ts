import type { Diagnostic } from '../../collector-core/language/diagnostic.ts'

/** What became of a config that was to run. */
export type AppliedConfig =
  | { readonly kind: 'applied'; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: 'refused'; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: 'failed'; readonly message: string; readonly nextStep: string }

/** The collector as a process; it goes on without a window and is started again when it dies. */
export type CollectorState =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'starting' }
  | {
      readonly kind: 'running'
      readonly address: string
      readonly since: number
      readonly demo: boolean
      /** Why the demo, which was to run, does not. */
      readonly demoProblem?: string
    }
  | { readonly kind: 'restarting'; readonly afterMs: number; readonly words: string }
  | { readonly kind: 'failed'; readonly words: string }

export interface LogLine {
  readonly at: number
  readonly level: 'debug' | 'info' | 'warn' | 'error'
  readonly component: string | undefined
  readonly message: string
}
