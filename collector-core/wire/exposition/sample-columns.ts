import type { Exposition, ExposedExemplar, ExposedHistogram, SampleExemplar } from './exposition.ts'

/** Gathers the samples of one answer; its arrays are kept and reused from answer to answer. */
export class SampleColumns<T> {
  values = new Float64Array(256)
  timestamps: Float64Array | undefined
  exemplars: SampleExemplar[] = []
  histograms: ExposedHistogram<T>[] = []
  private spareTimestamps: Float64Array | undefined

  /** Forgets the last answer. */
  reset(): void {
    this.timestamps = undefined
    if (this.exemplars.length > 0) this.exemplars = []
    if (this.histograms.length > 0) this.histograms = []
  }

  /** Makes room for at least one more sample after `count`. */
  grow(count: number): void {
    const values = new Float64Array(Math.max(256, count * 2))
    values.set(this.values)
    this.values = values
    if (this.timestamps !== undefined) {
      const timestamps = new Float64Array(values.length)
      timestamps.set(this.timestamps)
      this.timestamps = timestamps
      this.spareTimestamps = timestamps
    }
  }

  /** Records that sample `index` says its own time; earlier samples of this answer without one read NaN. */
  stamp(index: number, timestamp: number): void {
    if (this.timestamps === undefined) {
      if (this.spareTimestamps === undefined || this.spareTimestamps.length < this.values.length) {
        this.spareTimestamps = new Float64Array(this.values.length)
      }
      this.timestamps = this.spareTimestamps.fill(NaN, 0, index)
    }
    this.timestamps[index] = timestamp
  }

  /** Records that sample `index` has no time of its own. */
  unstamped(index: number): void {
    if (this.timestamps !== undefined) this.timestamps[index] = NaN
  }

  exemplar(index: number, exemplar: ExposedExemplar): void {
    this.exemplars.push({ index, exemplar })
  }

  finish(series: readonly T[], count: number): Exposition<T> {
    const { values, timestamps, exemplars, histograms } = this
    return { count, series, values, timestamps, exemplars, histograms }
  }
}
