import { implement, untilStopped } from '../../../runtime/component.ts'
import { accepted } from '../../../signal/receiver.ts'
import type { Receiver } from '../../../signal/receiver.ts'
import { definition } from './definition.ts'

export const lokiEcho = implement(definition, (_, context) => {
  const receiver: Receiver<'logs'> = {
    signal: 'logs',
    async accept({ streams }) {
      for (const { labels, lines } of streams) {
        for (let i = 0; i < lines.length; i++) {
          const metadata = lines.metadata?.[i] ?? []
          context.log.info('received a line', {
            entry: Buffer.from(lines.bytes.subarray(lines.starts[i], lines.ends[i])).toString('utf8'),
            entry_timestamp: timestampText(lines.seconds[i], lines.nanos[i]),
            labels: labels.toString(),
            structured_metadata: `{${metadata.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(', ')}}`,
          })
        }
      }
      return accepted
    },
  }
  context.publish({ receiver })
  return { run: untilStopped, update: () => undefined }
})

/** RFC 3339 with nanoseconds, trailing zeros left out. */
function timestampText(seconds: number, nanos: number): string {
  const date = new Date(seconds * 1000)
  if (Number.isNaN(date.getTime())) return `${seconds}.${String(nanos).padStart(9, '0')}`
  const fraction = nanos === 0 ? '' : `.${String(nanos).padStart(9, '0').replace(/0+$/, '')}`
  return `${date.toISOString().slice(0, -5)}${fraction}Z`
}
