import { labelsOf } from '../logql/line-pipeline.ts'
import type { PassedLine } from '../logql/line-pipeline.ts'

/** Lines of one label set; values are time in nanoseconds, line and, where asked for, where its labels come from. */
export interface StreamJson {
  readonly stream: Readonly<Record<string, string>>
  readonly values: (readonly [nanos: string, line: string, origins?: object])[]
}

/**
 * Lines grouped by their labels, as Loki answers them. With `categorize`, groups are streams, and each line carries its
 * metadata and what was parsed from it apart.
 */
export function streamsOf(lines: readonly PassedLine[], categorize: boolean): StreamJson[] {
  const streams = new Map<string, StreamJson>()
  for (const line of lines) {
    const labels = categorize ? line.stream : labelsOf(line)
    let stream = streams.get(labels.key)
    if (stream === undefined) streams.set(labels.key, (stream = { stream: labels.toJSON(), values: [] }))
    const time = String(line.time)
    if (!categorize) stream.values.push([time, line.line])
    else {
      stream.values.push([
        time,
        line.line,
        {
          ...(line.metadata.size > 0 && { structuredMetadata: Object.fromEntries(line.metadata) }),
          ...(line.parsed.size > 0 && { parsed: Object.fromEntries(line.parsed) }),
        },
      ])
    }
  }
  return [...streams.values()]
}
