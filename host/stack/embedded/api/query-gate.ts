import { QueryBudget } from '../query-text/query-budget.ts'
import { QueryError } from '../query-text/query-error.ts'

const atOnce = 4
const mostWaiting = 200

/** Lets few queries run at a time: each may load much, and they share one thread with what is being received. */
export class QueryGate {
  private readonly limitMs: number
  private running = 0
  private readonly waiting: (() => void)[] = []

  constructor(limitMs: number) {
    this.limitMs = limitMs
  }

  /** Runs a query when it is its turn. */
  async run<T>(query: (budget: QueryBudget) => Promise<T>): Promise<T> {
    if (this.running >= atOnce) {
      if (this.waiting.length >= mostWaiting)
        throw new QueryError('timeout', 'too many queries are waiting already; try again later')
      await new Promise<void>((resolve) => this.waiting.push(resolve))
    } else this.running++
    try {
      return await query(new QueryBudget(this.limitMs))
    } finally {
      const next = this.waiting.shift()
      if (next === undefined) this.running--
      else next()
    }
  }
}
