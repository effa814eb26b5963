import type { Label } from '../../signal/labels.ts'
import { parseGoFloat, formatOpenMetricsFloat } from './float-syntax.ts'
import type { ExposedExemplar, MetricFamily } from './exposition.ts'
import type { TextCursor } from './text-cursor.ts'

export type RecordKind = 'series' | 'type' | 'help' | 'unit' | 'comment' | 'end'

/**
 * Reads one record of a text format at a time, in two steps: `head` reads up to where the value starts (or, for what is
 * not a sample, all of the record), `tail` the value and what follows it. Both answer the next offset, or -1 with
 * `cursor.problem` set. The fields hold what was read last.
 */
export interface TextRecord {
  readonly cursor: TextCursor
  readonly kind: RecordKind
  /** Of a series, or the family of a HELP, TYPE or UNIT line. */
  readonly name: string
  /** In exposed order, floats in `le` and `quantile` not yet canonical. */
  readonly labels: readonly Label[]
  /** Of a HELP, TYPE or UNIT line. */
  readonly text: string
  readonly value: number
  /** Milliseconds since the epoch; NaN when the sample has none. */
  readonly timestamp: number
  readonly exemplar: ExposedExemplar | undefined
  /** Opens a body. */
  open(bytes: Uint8Array): void
  head(at: number): number
  tail(at: number): number
  /** The part of `tail` that follows the value token. */
  afterValue(at: number): number
  /** Whether the body may stop at `at`, where no `end` record has been seen; answers `at` or -1. */
  finish(at: number): number
}

/** `labels` with the float in a histogram's `le` or a summary's `quantile` in canonical form. */
export function canonicalLabels(labels: readonly Label[], family: MetricFamily): readonly Label[] {
  const name = family.type === 'histogram' ? 'le' : family.type === 'summary' ? 'quantile' : undefined
  if (name === undefined || !labels.some((label) => label[0] === name)) return labels
  return labels.map((label) => (label[0] === name ? [name, canonicalFloat(label[1])] : label))
}

/** Bounds repeat from histogram to histogram, so their canonical forms are kept, up to this many. */
const mostCanonical = 4096
const canonical = new Map<string, string>()

function canonicalFloat(text: string): string {
  const known = canonical.get(text)
  if (known !== undefined) return known
  const value = parseGoFloat(text)
  const result = value === undefined ? text : formatOpenMetricsFloat(value)
  if (text.length <= 32) {
    if (canonical.size >= mostCanonical) canonical.clear()
    canonical.set(text, result)
  }
  return result
}
