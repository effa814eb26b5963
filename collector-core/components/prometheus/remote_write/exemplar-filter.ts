import type { ExemplarSample } from '../../../signal/metric-batch.ts'

/** Prometheus' limit on the characters of an exemplar's label names and values together. */
const longestLabels = 128
const mostSeries = 100_000

interface Last {
  readonly timestamp: number
  readonly text: string
}

/**
 * Targets show the same exemplar at every scrape until there is a newer one: only those pass that are newer than, or at
 * the same time different from, the last one of their series. Remembers at most 100,000 series, the newest ones.
 */
export class ExemplarFilter {
  private readonly last = new Map<string, Last>()

  /** The exemplars that are news. `tooLong` counts those whose labels are beyond the limit. */
  pick(exemplars: readonly ExemplarSample[]): { readonly fresh: readonly ExemplarSample[]; readonly tooLong: number } {
    if (exemplars.length === 0) return { fresh: exemplars, tooLong: 0 }
    let tooLong = 0
    const fresh = exemplars.filter((exemplar) => {
      if (labelLength(exemplar) > longestLabels) {
        tooLong++
        return false
      }
      const known = this.last.get(exemplar.series.key)
      if (known === undefined || exemplar.timestamp > known.timestamp) return true
      return exemplar.timestamp === known.timestamp && textOf(exemplar) !== known.text
    })
    return { fresh, tooLong }
  }

  /** Remembers what was taken over. */
  remember(exemplars: readonly ExemplarSample[]): void {
    for (const exemplar of exemplars) {
      const { key } = exemplar.series
      this.last.delete(key)
      this.last.set(key, { timestamp: exemplar.timestamp, text: textOf(exemplar) })
    }
    for (const oldest of this.last.keys()) {
      if (this.last.size <= mostSeries) break
      this.last.delete(oldest)
    }
  }
}

const textOf = ({ labels, value }: ExemplarSample): string => `${labels.key}${value}`

function labelLength({ labels }: ExemplarSample): number {
  let length = 0
  for (const [name, value] of labels) length += codePoints(name) + codePoints(value)
  return length
}

function codePoints(text: string): number {
  let count = text.length
  for (let i = 0; i + 1 < text.length; i++) if (text.codePointAt(i)! > 0xffff) count--
  return count
}
