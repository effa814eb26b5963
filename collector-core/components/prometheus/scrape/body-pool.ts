import { ReusableBody } from '../../../net/response-body.ts'

const mostIdle = 4

/** Lends buffers for answers, so that as many are kept as scrapes run at a time and not one per target. */
export class BodyPool {
  private readonly idle: ReusableBody[] = []

  take(): ReusableBody {
    return this.idle.pop() ?? new ReusableBody()
  }

  give(body: ReusableBody): void {
    if (this.idle.length < mostIdle) this.idle.push(body)
  }
}
