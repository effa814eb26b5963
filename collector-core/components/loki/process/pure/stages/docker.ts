import { timeFormat } from '../time/time-format.ts'
import { LabelSetter } from './label-memo.ts'
import { defineStage } from './stage.ts'

const rfc3339 = timeFormat('RFC3339Nano')

/** Reads Docker's json-file format: `{"log":"…\n","stream":"stdout","time":"…"}`. */
export const dockerStage = defineStage({
  fields: {},
  build(_, context, next) {
    const stream = new LabelSetter('stream')
    return (entry) => {
      const record = parseRecord(entry.line)
      if (record !== undefined) {
        entry.extracted.set('output', record.log)
        entry.extracted.set('stream', record.stream)
        entry.extracted.set('timestamp', record.time)
        entry.line = record.log
        entry.labels = stream.set(entry.labels, record.stream)
        const instant = rfc3339(record.time, context.now())
        if (instant !== undefined) {
          entry.seconds = instant.seconds
          entry.nanos = instant.nanos
        }
      }
      next(entry)
    }
  },
})

interface DockerRecord {
  readonly log: string
  readonly stream: string
  readonly time: string
}

/** Undefined for what is not such a record. */
function parseRecord(line: string): DockerRecord | undefined {
  if (!line.trimStart().startsWith('{')) return undefined
  let parsed: Partial<Record<string, unknown>>
  try {
    parsed = JSON.parse(line) as Partial<Record<string, unknown>>
  } catch {
    return undefined
  }
  const { log, stream = '', time = '' } = parsed
  return typeof log === 'string' && typeof stream === 'string' && typeof time === 'string'
    ? { log, stream, time }
    : undefined
}
