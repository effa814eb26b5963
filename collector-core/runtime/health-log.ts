import type { Health } from '../protocol.ts'
import type { Logger } from './logger.ts'

/** A component that cannot deliver says so again after this long, milliseconds. */
const repeatAfterMs = 60_000

/** Logs when a component turns unhealthy and when it is well again; the same complaint at most once a minute. */
export class HealthLog {
  private readonly log: Logger
  private complaint: Health | undefined
  private open = false

  constructor(log: Logger) {
    this.log = log
  }

  heard(health: Health): void {
    if (health.state === 'unhealthy') {
      const said = this.complaint?.message === health.message && health.since - this.complaint.since < repeatAfterMs
      if (said) return
      this.complaint = health
      this.open = true
      this.log.warn('the component is unhealthy', { reason: health.message })
    } else if (health.state === 'healthy' && this.open) {
      this.open = false
      this.log.info('the component is healthy again', { message: health.message })
    }
  }
}
