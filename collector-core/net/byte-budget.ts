/** Bounds the bytes held at a time by all requests of a server together. */
export class ByteBudget {
  private readonly limit: number
  private held = 0

  constructor(limit: number) {
    this.limit = limit
  }

  /** An account for one request. */
  open(): ByteAccount {
    return new ByteAccount(this)
  }

  /** True while the budget is kept. */
  add(bytes: number): boolean {
    this.held += bytes
    return this.held <= this.limit
  }
}

/** What one request holds; `close` gives everything back and may be called again. */
export class ByteAccount {
  private readonly budget: ByteBudget
  private taken = 0

  constructor(budget: ByteBudget) {
    this.budget = budget
  }

  /** Notes further bytes; false when the budget is exceeded and the request is to be turned away. */
  take(bytes: number): boolean {
    this.taken += bytes
    return this.budget.add(bytes)
  }

  close(): void {
    this.budget.add(-this.taken)
    this.taken = 0
  }
}
