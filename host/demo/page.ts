// The metrics page of a demo service: OpenMetrics 1.0, or the same without exemplars for who asks for the older format.

export interface Exemplar {
  readonly traceId: string
  readonly value: number
  /** Milliseconds since the epoch. */
  readonly at: number
}

/** `buckets` count what is within their own bounds only, lowest first. */
export interface Histogram {
  readonly labels: Readonly<Record<string, string>>
  readonly buckets: readonly {
    readonly bound: number
    readonly count: number
    readonly exemplar: Exemplar | undefined
  }[]
  readonly sum: number
}

export type Family =
  | { readonly type: 'histogram'; readonly name: string; readonly help: string; readonly series: readonly Histogram[] }
  | {
      readonly type: 'gauge'
      readonly name: string
      readonly help: string
      readonly series: readonly { readonly labels: Readonly<Record<string, string>>; readonly value: number }[]
    }

/** Writes families as a page; label values of the demo need no escapes. */
export function writePage(families: readonly Family[], openMetrics: boolean): string {
  const lines: string[] = []
  for (const family of families) {
    lines.push(`# HELP ${family.name} ${family.help}`, `# TYPE ${family.name} ${family.type}`)
    if (family.type === 'gauge') {
      for (const { labels, value } of family.series) lines.push(`${family.name}${labelText(labels)} ${value}`)
    } else {
      for (const histogram of family.series) writeHistogram(family.name, histogram, openMetrics, lines)
    }
  }
  if (openMetrics) lines.push('# EOF')
  return `${lines.join('\n')}\n`
}

function writeHistogram(name: string, { labels, buckets, sum }: Histogram, exemplars: boolean, lines: string[]): void {
  let count = 0
  for (const { bound, count: inBucket, exemplar } of buckets) {
    count += inBucket
    const le = bound === Infinity ? '+Inf' : Number.isInteger(bound) ? `${bound}.0` : String(bound)
    const tail = exemplars && exemplar !== undefined ? ` # ${exemplarText(exemplar)}` : ''
    lines.push(`${name}_bucket${labelText({ ...labels, le })} ${count}${tail}`)
  }
  lines.push(`${name}_count${labelText(labels)} ${count}`, `${name}_sum${labelText(labels)} ${sum}`)
}

function exemplarText({ traceId, value, at }: Exemplar): string {
  return `${labelText({ trace_id: traceId })} ${value} ${(at / 1000).toFixed(3)}`
}

function labelText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}
