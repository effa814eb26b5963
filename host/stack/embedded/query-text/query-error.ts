/** A query that cannot be read or answered. `syntax` is about its text, `execution` about what it asks for. */
export class QueryError extends Error {
  override readonly name = 'QueryError'
  readonly kind: 'syntax' | 'execution' | 'timeout'

  constructor(kind: QueryError['kind'], message: string) {
    super(message)
    this.kind = kind
  }
}
