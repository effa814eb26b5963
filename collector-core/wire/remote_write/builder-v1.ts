import type { Labels } from '../../signal/labels.ts'
import type { ExemplarSample, HistogramSample, MetricMetadata } from '../../signal/metric-batch.ts'
import { ProtobufWriter } from '../protobuf/writer.ts'
import { metricTypeNumber } from './metric-type-number.ts'
import type { BuiltRequest, RequestBuilder } from './request-builder.ts'
import { writeHistogram } from './write-histogram.ts'
import { writeSample } from './write-sample.ts'

/**
 * Builds `prometheus.WriteRequest` (remote write 1.0). All message fields are length-delimited:
 *
 * | message        | fields |
 * |----------------|--------|
 * | WriteRequest   | 1 timeseries, 3 metadata |
 * | TimeSeries     | 1 labels, 2 samples, 3 exemplars, 4 histograms |
 * | Label          | 1 name string, 2 value string |
 * | Exemplar       | 1 labels, 2 value 64-bit, 3 timestamp varint ms |
 * | MetricMetadata | 1 type varint, 2 metric_family_name string, 4 help string, 5 unit string |
 */
export class BuilderV1 implements RequestBuilder {
  private readonly writer = new ProtobufWriter(64 * 1024)
  private finished = false

  get size(): number {
    return this.finished ? 0 : this.writer.length
  }

  addSample(labels: Labels, value: number, timestamp: number, stale: boolean): number {
    const series = this.beginSeries(labels)
    const valueAt = writeSample(this.writer, 2, value, timestamp, stale)
    const end = this.writer.length
    this.writer.end(series)
    // Closing the series may have moved its content to make room for a longer length.
    return valueAt + (this.writer.length - end)
  }

  addExemplar({ series, labels, value, timestamp }: ExemplarSample): void {
    const { writer } = this
    const at = this.beginSeries(series)
    const exemplar = writer.begin(3)
    writeLabels(writer, labels)
    writer.double(2, value)
    writer.int(3, timestamp)
    writer.end(exemplar)
    writer.end(at)
  }

  addHistogram({ series, histogram, timestamp }: HistogramSample): void {
    const at = this.beginSeries(series)
    writeHistogram(this.writer, 4, histogram, timestamp)
    this.writer.end(at)
  }

  addMetadata({ family, type, help, unit }: MetricMetadata): void {
    const { writer } = this
    this.reopen()
    const at = writer.begin(3)
    writer.uint(1, metricTypeNumber(type))
    writer.string(2, family)
    writer.string(4, help)
    writer.string(5, unit)
    writer.end(at)
  }

  finish(): BuiltRequest {
    this.reopen()
    this.finished = true
    return { bytes: this.writer.bytes.subarray(0, this.writer.length), seriesStart: 0 }
  }

  private beginSeries(labels: Labels): number {
    this.reopen()
    const at = this.writer.begin(1)
    writeLabels(this.writer, labels)
    return at
  }

  private reopen(): void {
    if (this.finished) this.writer.clear()
    this.finished = false
  }
}

function writeLabels(writer: ProtobufWriter, labels: Labels): void {
  const { names, values } = labels
  for (let i = 0; i < names.length; i++) writer.stringPair(1, names[i], values[i])
}
