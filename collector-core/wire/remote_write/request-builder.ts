import type { ExemplarSample, HistogramSample, MetricMetadata } from '../../signal/metric-batch.ts'
import type { Labels } from '../../signal/labels.ts'

/** The two remote-write messages, by their version. */
export type RemoteWriteVersion = 1 | 2

/** Fully qualified message names as configured in `protobuf_message`. */
export const protobufMessages = {
  'prometheus.WriteRequest': 1,
  'io.prometheus.write.v2.Request': 2,
} as const satisfies Record<string, RemoteWriteVersion>

/** An encoded request body, before compression. `seriesStart` is where the part after the symbols begins (0 in v1). */
export interface BuiltRequest {
  readonly bytes: Uint8Array
  readonly seriesStart: number
}

/** Gathers one request, one time series message per item. Used again after `finish`. */
export interface RequestBuilder {
  /** Bytes written since the last `finish`. */
  readonly size: number
  /**
   * Adds a sample and answers where its 8 value bytes stand, counted from `seriesStart`. A staleness marker writes its
   * bits instead of `value`.
   */
  addSample(labels: Labels, value: number, timestamp: number, stale: boolean): number
  addExemplar(exemplar: ExemplarSample): void
  addHistogram(sample: HistogramSample): void
  /** Adds a family's metadata as an entry of its own; only v1 has those. */
  addMetadata(metadata: MetricMetadata): void
  /** The request so far; valid until the builder is used again. */
  finish(): BuiltRequest
}
