import type { Clock } from '../../runtime/clock.ts'
import { systemClock } from '../../runtime/clock.ts'

/** The system clock with delays `factor` times shorter, for tests over real sockets. */
export function quickClock(factor: number): Clock {
  return {
    now: () => systemClock.now(),
    monotonic: () => systemClock.monotonic() * factor,
    after: (delayMs, call) => systemClock.after(delayMs / factor, call),
    sleep: (delayMs, stop) => systemClock.sleep(delayMs / factor, stop),
  }
}
