import { bool, bytes, integer } from '../../../../../schema/field.ts'
import { timeFormat } from '../time/time-format.ts'
import type { Entry } from './entry.ts'
import { LabelSetter } from './label-memo.ts'
import { defineStage, problem } from './stage.ts'

const rfc3339 = timeFormat('RFC3339Nano')
/** time stream [ flag ] content; a missing flag means a whole line. */
const header = /^(\S*)\s+ *(stdout|stderr) *(?:([FP]) *)?/

/** Reads the format of CRI container runtimes and joins lines they split. */
export const criStage = defineStage({
  remembers: true,
  fields: {
    max_partial_lines: integer('How many unfinished lines are held at once.', { default: 100 }),
    max_partial_line_size: bytes('Most bytes of a joined line, with max_partial_line_size_truncate.', { default: 0 }),
    max_partial_line_size_truncate: bool('Cut joined lines at max_partial_line_size.', { default: false }),
  },
  check: ({ max_partial_lines }) =>
    max_partial_lines > 0 ? [] : [problem('max_partial_lines', 'max_partial_lines has to be above 0')],
  build(args, context, next) {
    const { max_partial_lines: mostHeld, max_partial_line_size: mostBytes } = args
    const flushed = context.metrics.counter(
      'loki_process_cri_partial_lines_flushed_total',
      'Unfinished lines passed on because too many were held.',
    )
    const truncated = context.metrics.counter(
      'loki_process_cri_lines_truncated_total',
      'Lines cut at max_partial_line_size.',
    )
    const stream = new LabelSetter('stream')
    const held = new Map<string, Entry>()

    const cut = (entry: Entry): void => {
      if (!args.max_partial_line_size_truncate || mostBytes <= 0 || entry.size <= mostBytes) return
      const bytes = context.text.encode(entry.line)
      let end = mostBytes
      while (end > 0 && (bytes[end] & 0xc0) === 0x80) end--
      entry.line = context.text.decode(bytes, 0, end)
      truncated.add(1)
    }
    const flush = (): void => {
      const entries = [...held.values()]
      held.clear()
      for (const entry of entries) next(entry)
    }
    const hold = (entry: Entry, key: string): void => {
      if (held.size >= mostHeld) {
        flushed.add(held.size)
        flush()
      } else join(entry, held.get(key))
      cut(entry)
      held.set(key, entry.detach())
    }
    context.onStop(flush)

    return (entry) => {
      const match = header.exec(entry.line)
      if (match === null) {
        next(entry)
        return
      }
      const [whole, time, streamName, flag] = match as unknown as [string, string, string, string | undefined]
      readHeader(entry, whole.length, flag === 'P' ? 'P' : '', streamName, time)
      const instant = rfc3339(time, context.now())
      if (instant !== undefined) {
        entry.seconds = instant.seconds
        entry.nanos = instant.nanos
      }
      entry.labels = stream.set(entry.labels, streamName)
      const { key } = entry.labels
      if (flag === 'P') {
        hold(entry, key)
        return
      }
      const partial = held.get(key)
      if (partial !== undefined) {
        join(entry, partial)
        cut(entry)
        held.delete(key)
      }
      next(entry)
    }
  },
})

function join(entry: Entry, partial: Entry | undefined): void {
  if (partial !== undefined) entry.line = partial.line + entry.line
}

function readHeader(entry: Entry, length: number, flags: string, stream: string, time: string): void {
  const content = entry.line.slice(length)
  entry.extracted.set('flags', flags)
  entry.extracted.set('stream', stream)
  entry.extracted.set('content', content)
  entry.extracted.set('time', time)
  // Behind a header of ASCII characters the content starts that many bytes in, so the line can stay as it is.
  if (entry.rewritten || !/^[\x20-\x7e]*$/.test(entry.line.slice(0, length))) entry.line = content
  else entry.narrow(entry.start + length, entry.end)
}
