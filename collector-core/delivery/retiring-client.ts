import type { HttpClient } from '../net/http-arguments.ts'

/** A client that another takes over from: it finishes what is under way and then closes its connections. */
export class RetiringClient implements Pick<HttpClient, 'send'> {
  private readonly client: HttpClient
  private underWay = 0
  private retired = false

  constructor(client: HttpClient) {
    this.client = client
  }

  async send(request: Parameters<HttpClient['send']>[0]): ReturnType<HttpClient['send']> {
    this.underWay++
    try {
      return await this.client.send(request)
    } finally {
      this.underWay--
      if (this.retired && this.underWay === 0) this.client.close()
    }
  }

  /** Closes the connections once no request is under way. */
  retire(): void {
    this.retired = true
    if (this.underWay === 0) this.client.close()
  }
}
