import type { Labels } from '../../signal/labels.ts'
import type { ExemplarSample, HistogramSample, MetricMetadata } from '../../signal/metric-batch.ts'
import { ProtobufWriter } from '../protobuf/writer.ts'
import { metricTypeNumber } from './metric-type-number.ts'
import type { BuiltRequest, RequestBuilder } from './request-builder.ts'
import { writeHistogram } from './write-histogram.ts'
import { writeSample } from './write-sample.ts'

/** Finds what is known of the family a series belongs to. */
export type MetadataOfSeries = (labels: Labels) => MetricMetadata | undefined

/**
 * Builds `io.prometheus.write.v2.Request` (remote write 2.0). Texts stand once in the symbol table, whose first entry is
 * empty; label sets are packed pairs of indexes into it.
 *
 * | message    | fields |
 * |------------|--------|
 * | Request    | 4 symbols string, 5 timeseries |
 * | TimeSeries | 1 labels_refs packed varint, 2 samples, 3 histograms, 4 exemplars, 5 metadata |
 * | Exemplar   | 1 labels_refs packed varint, 2 value 64-bit, 3 timestamp varint ms |
 * | Metadata   | 1 type varint, 3 help_ref varint, 4 unit_ref varint |
 */
export class BuilderV2 implements RequestBuilder {
  private readonly symbols = new ProtobufWriter(16 * 1024)
  private readonly series = new ProtobufWriter(64 * 1024)
  private readonly indexes = new Map<string, number>()
  private readonly metadataOf: MetadataOfSeries
  private finished = true

  constructor(metadataOf: MetadataOfSeries) {
    this.metadataOf = metadataOf
  }

  get size(): number {
    return this.finished ? 0 : this.symbols.length + this.series.length
  }

  addSample(labels: Labels, value: number, timestamp: number, stale: boolean): number {
    const { series } = this
    const at = this.beginSeries(labels)
    const valueAt = writeSample(series, 2, value, timestamp, stale)
    const moved = this.endSeries(at, labels)
    return valueAt + moved
  }

  addExemplar(exemplar: ExemplarSample): void {
    const { series } = this
    const at = this.beginSeries(exemplar.series)
    const inner = series.begin(4)
    this.writeRefs(exemplar.labels)
    series.double(2, exemplar.value)
    series.int(3, exemplar.timestamp)
    series.end(inner)
    this.endSeries(at, exemplar.series)
  }

  addHistogram({ series: labels, histogram, timestamp }: HistogramSample): void {
    const at = this.beginSeries(labels)
    writeHistogram(this.series, 3, histogram, timestamp)
    this.endSeries(at, labels)
  }

  addMetadata(): void {
    // Metadata travels inside each series.
  }

  finish(): BuiltRequest {
    this.reopen()
    this.finished = true
    const { symbols, series } = this
    const seriesStart = symbols.length
    symbols.raw(series.bytes.subarray(0, series.length))
    return { bytes: symbols.bytes.subarray(0, symbols.length), seriesStart }
  }

  private beginSeries(labels: Labels): number {
    this.reopen()
    const at = this.series.begin(5)
    this.writeRefs(labels)
    return at
  }

  /** Answers by how many bytes closing the series moved its content. */
  private endSeries(at: number, labels: Labels): number {
    const { series } = this
    const metadata = this.metadataOf(labels)
    const inner = series.begin(5)
    series.uint(1, metricTypeNumber(metadata?.type ?? 'unknown'))
    series.uint(3, this.symbol(metadata?.help ?? ''))
    series.uint(4, this.symbol(metadata?.unit ?? ''))
    series.end(inner)
    const end = series.length
    series.end(at)
    return series.length - end
  }

  private writeRefs({ names, values }: Labels): void {
    const at = this.series.begin(1)
    for (let i = 0; i < names.length; i++) {
      this.series.varint(this.symbol(names[i]))
      this.series.varint(this.symbol(values[i]))
    }
    this.series.end(at)
  }

  private symbol(text: string): number {
    const known = this.indexes.get(text)
    if (known !== undefined) return known
    const index = this.indexes.size
    this.indexes.set(text, index)
    this.symbols.string(4, text)
    return index
  }

  private reopen(): void {
    if (!this.finished) return
    this.finished = false
    this.symbols.clear()
    this.series.clear()
    this.indexes.clear()
    this.symbol('')
  }
}
