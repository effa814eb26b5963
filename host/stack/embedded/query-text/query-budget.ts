import { QueryError } from './query-error.ts'

const sliceMs = 20

/** How long a query may take. Long work lets others have their turn, and ends when the time is over. */
export class QueryBudget {
  private readonly limitMs: number
  private readonly startedAt = performance.now()
  private sliceStartedAt = performance.now()

  constructor(limitMs: number) {
    this.limitMs = limitMs
  }

  /** Whether it is time to `pause`; cheap enough for every series or block of lines. */
  get due(): boolean {
    return performance.now() - this.sliceStartedAt > sliceMs
  }

  /** Lets others have their turn; throws when the time is over. */
  async pause(): Promise<void> {
    if (performance.now() - this.startedAt > this.limitMs) {
      throw new QueryError(
        'timeout',
        `the query took longer than ${this.limitMs / 1000} s; ask for fewer series or less time`,
      )
    }
    await new Promise<void>((resolve) => setImmediate(resolve))
    this.sliceStartedAt = performance.now()
  }
}
