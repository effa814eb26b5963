import type { Diagnostic, Suggestion } from './diagnostic.ts'
import type { Span } from './position.ts'

/** Most complaints one parse reports; one more says that there were others. */
export const maxDiagnostics = 200

/** Gathers the errors of one parse, up to a bound that is itself reported. */
export class DiagnosticList {
  private readonly found: Diagnostic[] = []

  /** Adds an error unless the bound is reached. */
  error(code: string, { start, end }: Span, message: string, suggestion?: Suggestion): void {
    if (this.found.length > maxDiagnostics) return
    if (this.found.length === maxDiagnostics) {
      this.found.push({
        severity: 'error',
        code: 'too-many-errors',
        message: `there are more errors from here on; only the first ${maxDiagnostics} are listed`,
        span: { start, end: start },
      })
      return
    }
    this.found.push({ severity: 'error', code, message, span: { start, end }, ...(suggestion ? { suggestion } : {}) })
  }

  /** How many there are so far. */
  get count(): number {
    return this.found.length
  }

  /** Drops all but the first `count`. */
  forgetAfter(count: number): void {
    this.found.length = count
  }

  /** What was gathered, in the order of the text. */
  sorted(): readonly Diagnostic[] {
    const last = this.found.at(-1)?.code === 'too-many-errors' ? this.found.at(-1) : undefined
    const rest = last ? this.found.slice(0, -1) : this.found
    const ordered = rest.toSorted((a, b) => a.span.start - b.span.start)
    return last ? [...ordered, last] : ordered
  }
}
