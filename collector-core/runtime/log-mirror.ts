import { Labels } from '../signal/labels.ts'
import type { Receiver } from '../signal/receiver.ts'

const labels = Labels.from({ component: 'weir' })
const mostInFlight = 100

/**
 * Sends Weir's own log lines to receivers as well. Never waits: while a hundred lines are under way, further ones go to
 * stderr only. Lines written because of a mirrored line would feed themselves, so what a receiver logs meanwhile is not mirrored.
 */
export function logMirror(receivers: readonly Receiver<'logs'>[]): (line: string) => void {
  let inFlight = 0
  let sending = false
  return (line) => {
    if (sending || inFlight >= mostInFlight) return
    const bytes = Buffer.from(line)
    const now = Date.now()
    const lines = {
      length: 1,
      bytes,
      starts: Uint32Array.of(0),
      ends: Uint32Array.of(bytes.length),
      seconds: Float64Array.of(Math.floor(now / 1000)),
      nanos: Uint32Array.of((now % 1000) * 1_000_000),
    }
    sending = true
    for (const receiver of receivers) {
      inFlight++
      void receiver.accept({ streams: [{ labels, lines }] }).finally(() => inFlight--)
    }
    sending = false
  }
}
