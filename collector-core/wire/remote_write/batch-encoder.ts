// From batches to compressed requests. A series list seen for the first time is encoded straight; from the second time on
// it has a template, compressed where one timestamp holds for all, and costs a write per value.
import type { ExemplarSample, HistogramSample, MetricBatch, MetricMetadata } from '../../signal/metric-batch.ts'
import { customBucketsSchema } from '../../signal/native-histogram.ts'
import type { SeriesList } from '../../signal/metric-batch.ts'
import type { MappedSeries } from '../../signal/relabel/series-mapper.ts'
import { compress } from '../snappy/compress.ts'
import { BuilderV1 } from './builder-v1.ts'
import { BuilderV2 } from './builder-v2.ts'
import { compressTemplate, patchCompressed } from './compressed-template.ts'
import type { CompressedTemplate } from './compressed-template.ts'
import { itemsOf, noCounts, seal } from './envelope.ts'
import type { RequestCounts } from './envelope.ts'
import { MetadataStore } from './metadata-store.ts'
import type { RemoteWriteVersion, RequestBuilder } from './request-builder.ts'
import { buildTemplate, fitsTemplate, patchTemplate } from './sample-template.ts'
import type { SampleColumns, SampleTemplate } from './sample-template.ts'

export interface BatchEncoderOptions {
  readonly version: RemoteWriteVersion
  /** Samples, exemplars and histograms per request. */
  readonly maxItems: number
  readonly sendExemplars: boolean
  readonly sendHistograms: boolean
}

/** A request ready to be stored: a sealed envelope. */
export interface EncodedRequest {
  readonly body: Uint8Array
  readonly counts: RequestCounts
  readonly items: number
  /** Uncompressed bytes. */
  readonly size: number
}

/** Series and values to send; series are final (relabelled), `mapped.indexes` leads to their values in the batch. */
export interface EncodeInput {
  readonly batch: MetricBatch
  readonly mapped: MappedSeries
  readonly histograms: readonly HistogramSample[]
  readonly exemplars: readonly ExemplarSample[]
}

/** What could not be sent at all. */
export interface EncodeResult {
  readonly requests: readonly EncodedRequest[]
  /** Histograms with custom buckets, which v1 cannot say. */
  readonly unsupportedHistograms: number
}

/** No request grows past this, whatever its item count; receivers refuse 32 MiB. */
const largestRequest = 4 * 1024 * 1024

interface Chunk {
  readonly first: number
  plain: SampleTemplate | undefined
  compressed: CompressedTemplate | undefined
}

interface Layout {
  uses: number
  revision: number
  chunks: readonly Chunk[] | undefined
}

/** Encodes batches for one message version and one set of limits. */
export class BatchEncoder {
  readonly metadata = new MetadataStore()
  private readonly options: BatchEncoderOptions
  private readonly builder: RequestBuilder
  private readonly layouts = new WeakMap<SeriesList, Layout>()

  constructor(options: BatchEncoderOptions) {
    this.options = options
    this.builder = options.version === 1 ? new BuilderV1() : new BuilderV2((labels) => this.metadata.ofSeries(labels))
  }

  /** All at once. */
  encode(input: EncodeInput): EncodeResult {
    const steps = this.steps(input)
    for (;;) {
      const step = steps.next()
      if (step.done === true) return step.value
    }
  }

  /** Request by request; the batch has to stay as it is meanwhile. */
  *steps(input: EncodeInput): Generator<undefined, EncodeResult, undefined> {
    if (this.options.version === 2) this.metadata.learn(input.batch.metadata)
    const requests = yield* this.encodeSamples(input)
    const histograms = this.options.sendHistograms ? input.histograms : []
    const sendable =
      this.options.version === 2
        ? histograms
        : histograms.filter(({ histogram }) => histogram.schema !== customBucketsSchema)
    this.encodeRest(sendable, this.options.sendExemplars ? input.exemplars : [], requests)
    return { requests, unsupportedHistograms: histograms.length - sendable.length }
  }

  /** Requests that hold nothing but metadata; none for v2, where it travels with the series. */
  encodeMetadata(entries: readonly MetricMetadata[], perRequest: number): readonly EncodedRequest[] {
    if (this.options.version === 2) return []
    const requests: EncodedRequest[] = []
    for (let first = 0; first < entries.length; first += perRequest) {
      const part = entries.slice(first, first + perRequest)
      for (const entry of part) this.builder.addMetadata(entry)
      requests.push(this.close({ ...noCounts, metadata: part.length }))
    }
    return requests
  }

  private *encodeSamples({ batch, mapped }: EncodeInput): Generator<undefined, EncodedRequest[], undefined> {
    const { series, indexes } = mapped
    if (series.length === 0) return []
    const columns = { values: batch.values, timestamps: batch.timestamps, staleFrom: batch.staleFrom, indexes }
    const layout = this.layoutOf(series)
    const highest = highestTimestamp(batch.timestamps, series.length, indexes)
    layout.uses++
    if (layout.uses === 1 || !allFit(batch.timestamps)) return yield* this.encodeFresh(series, columns)
    const chunks = (layout.chunks ??= yield* this.chunksOf(series))
    const requests: EncodedRequest[] = []
    for (const [index, chunk] of chunks.entries()) {
      const end = index + 1 < chunks.length ? chunks[index + 1].first : series.length
      const counts = { ...noCounts, samples: end - chunk.first, highestTimestamp: highest }
      requests.push(this.encodeChunk(series, chunk, end, columns, counts))
      yield
    }
    return requests
  }

  private layoutOf(series: SeriesList): Layout {
    const { revision } = this.metadata
    let layout = this.layouts.get(series)
    if (layout?.revision !== revision) {
      layout = { uses: 0, revision, chunks: undefined }
      this.layouts.set(series, layout)
    }
    return layout
  }

  private encodeChunk(
    series: SeriesList,
    chunk: Chunk,
    end: number,
    columns: SampleColumns,
    counts: RequestCounts,
  ): EncodedRequest {
    const { timestamps } = columns
    const { version } = this.options
    if (typeof timestamps === 'number') {
      if (chunk.compressed === undefined) {
        chunk.plain ??= buildTemplate(this.builder, series, chunk.first, end)
        chunk.compressed = compressTemplate(chunk.plain)
        // The compressed form replaces the plain one, which is several times its size.
        if (chunk.compressed !== undefined) chunk.plain = undefined
      }
      if (chunk.compressed !== undefined) {
        patchCompressed(chunk.compressed, { ...columns, timestamps }, chunk.first)
        const { block, size } = chunk.compressed
        return { body: seal(version, counts, size, block), counts, items: counts.samples, size }
      }
    }
    chunk.plain ??= buildTemplate(this.builder, series, chunk.first, end)
    patchTemplate(chunk.plain, columns, chunk.first)
    const { bytes } = chunk.plain
    return {
      body: seal(version, counts, bytes.length, compress(bytes)),
      counts,
      items: counts.samples,
      size: bytes.length,
    }
  }

  /** Cuts a list where a request is full, by items or by bytes. */
  private *chunksOf(series: SeriesList): Generator<undefined, readonly Chunk[], undefined> {
    const chunks: Chunk[] = []
    let room = 0
    let bytes = 0
    for (let i = 0; i < series.length; i++) {
      const size = encodedSizeBound(series[i].names) + encodedSizeBound(series[i].values)
      if (room === 0 || bytes + size > largestRequest) {
        chunks.push({ first: i, plain: undefined, compressed: undefined })
        yield
        room = this.options.maxItems
        bytes = 0
      }
      room--
      bytes += size
    }
    return chunks
  }

  private *encodeFresh(
    series: SeriesList,
    { values, timestamps, staleFrom, indexes }: SampleColumns,
  ): Generator<undefined, EncodedRequest[], undefined> {
    const requests: EncodedRequest[] = []
    let samples = 0
    let highest = -Infinity
    for (let i = 0; i < series.length; i++) {
      const from = indexes === undefined ? i : indexes[i]
      const timestamp = typeof timestamps === 'number' ? timestamps : timestamps[from]
      this.builder.addSample(series[i], values[from], timestamp, from >= staleFrom)
      samples++
      highest = Math.max(highest, timestamp)
      if (samples < this.options.maxItems && this.builder.size < largestRequest && i + 1 < series.length) continue
      requests.push(this.close({ ...noCounts, samples, highestTimestamp: highest }))
      samples = 0
      highest = -Infinity
      yield
    }
    return requests
  }

  private encodeRest(
    histograms: readonly HistogramSample[],
    exemplars: readonly ExemplarSample[],
    requests: EncodedRequest[],
  ): void {
    let counts = noCounts
    const flush = (): void => {
      if (itemsOf(counts) > 0) requests.push(this.close(counts))
      counts = noCounts
    }
    const added = (timestamp: number): void => {
      counts = { ...counts, highestTimestamp: Math.max(counts.highestTimestamp, timestamp) }
      if (itemsOf(counts) >= this.options.maxItems || this.builder.size >= largestRequest) flush()
    }
    for (const sample of histograms) {
      this.builder.addHistogram(sample)
      counts = { ...counts, histograms: counts.histograms + 1 }
      added(sample.timestamp)
    }
    for (const exemplar of exemplars) {
      this.builder.addExemplar(exemplar)
      counts = { ...counts, exemplars: counts.exemplars + 1 }
      added(exemplar.timestamp)
    }
    flush()
  }

  private close(counts: RequestCounts): EncodedRequest {
    const { bytes } = this.builder.finish()
    const size = bytes.length
    return { body: seal(this.options.version, counts, size, compress(bytes)), counts, items: itemsOf(counts), size }
  }
}

function encodedSizeBound(texts: readonly string[]): number {
  let size = 32
  for (const text of texts) size += text.length * 3 + 8
  return size
}

function allFit(timestamps: number | Float64Array): boolean {
  return typeof timestamps === 'number' ? fitsTemplate(timestamps) : timestamps.every(fitsTemplate)
}

function highestTimestamp(timestamps: number | Float64Array, count: number, indexes: Uint32Array | undefined): number {
  if (typeof timestamps === 'number') return timestamps
  let highest = -Infinity
  for (let i = 0; i < count; i++) highest = Math.max(highest, timestamps[indexes === undefined ? i : indexes[i]])
  return highest
}
