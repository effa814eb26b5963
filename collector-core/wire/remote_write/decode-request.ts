import type { Label } from '../../signal/labels.ts'
import { Labels } from '../../signal/labels.ts'
import type { MetricMetadata } from '../../signal/metric-batch.ts'
import { staleNaNBits } from '../../signal/metric-batch.ts'
import type { NativeHistogram } from '../../signal/native-histogram.ts'
import { readLabelPair } from '../protobuf/label-pair.ts'
import { ProtobufReader } from '../protobuf/reader.ts'
import { metricTypes } from './metric-type-number.ts'
import { readHistogram } from './read-histogram.ts'
import type { RemoteWriteVersion } from './request-builder.ts'

export interface DecodedSample {
  readonly value: number
  readonly timestamp: number
  readonly stale: boolean
}

export interface DecodedExemplar {
  readonly labels: Labels
  readonly value: number
  readonly timestamp: number
}

export interface DecodedSeries {
  readonly labels: Labels
  readonly samples: readonly DecodedSample[]
  readonly exemplars: readonly DecodedExemplar[]
  readonly histograms: readonly { readonly histogram: NativeHistogram; readonly timestamp: number }[]
  /** What v2 says of the series' family; the family name itself is not on the wire. */
  readonly metadata: Omit<MetricMetadata, 'family'> | undefined
}

export interface DecodedRequest {
  readonly series: readonly DecodedSeries[]
  /** Entries of v1; v2 has none. */
  readonly metadata: readonly MetricMetadata[]
}

/** Decodes an uncompressed request (the field tables stand at the builders), or says why it is malformed. */
export function decodeRequest(
  bytes: Uint8Array,
  version: RemoteWriteVersion,
): DecodedRequest | { readonly malformed: string } {
  const reader = new ProtobufReader(bytes)
  const series: DecodedSeries[] = []
  const metadata: MetricMetadata[] = []
  const symbols: string[] = []
  while (reader.next()) {
    const { field } = reader
    if (version === 1 && field === 1) reader.message(() => series.push(readSeriesV1(reader)))
    else if (version === 1 && field === 3) reader.message(() => metadata.push(readMetadataV1(reader)))
    else if (version === 2 && field === 4) symbols.push(reader.string())
    else if (version === 2 && field === 5) reader.message(() => series.push(readSeriesV2(reader, symbols)))
    else reader.skip()
  }
  return reader.malformed === undefined ? { series, metadata } : { malformed: reader.malformed }
}

interface SeriesDraft {
  readonly samples: DecodedSample[]
  readonly exemplars: DecodedExemplar[]
  readonly histograms: { histogram: NativeHistogram; timestamp: number }[]
}

const emptyDraft = (): SeriesDraft => ({ samples: [], exemplars: [], histograms: [] })

function readSeriesV1(reader: ProtobufReader): DecodedSeries {
  const draft = emptyDraft()
  const labels: Label[] = []
  while (reader.next()) {
    switch (reader.field) {
      case 1:
        reader.message(() => labels.push(readLabelPair(reader)))
        break
      case 2:
        reader.message(() => draft.samples.push(readSample(reader)))
        break
      case 3:
        reader.message(() => draft.exemplars.push(readExemplarV1(reader)))
        break
      case 4:
        reader.message(() => draft.histograms.push(readHistogram(reader)))
        break
      default:
        reader.skip()
    }
  }
  return { ...draft, labels: Labels.of(labels), metadata: undefined }
}

function readSeriesV2(reader: ProtobufReader, symbols: readonly string[]): DecodedSeries {
  const draft = emptyDraft()
  const labels: Label[] = []
  let metadata: DecodedSeries['metadata']
  while (reader.next()) {
    switch (reader.field) {
      case 1:
        labels.push(...readRefs(reader, symbols))
        break
      case 2:
        reader.message(() => draft.samples.push(readSample(reader)))
        break
      case 3:
        reader.message(() => draft.histograms.push(readHistogram(reader)))
        break
      case 4:
        reader.message(() => draft.exemplars.push(readExemplarV2(reader, symbols)))
        break
      case 5:
        reader.message(() => (metadata = readMetadataV2(reader, symbols)))
        break
      default:
        reader.skip()
    }
  }
  return { ...draft, labels: Labels.of(labels), metadata }
}

function readRefs(reader: ProtobufReader, symbols: readonly string[]): Label[] {
  const refs: number[] = []
  reader.packed(() => refs.push(reader.bareUint()))
  const labels: Label[] = []
  for (let i = 0; i + 1 < refs.length; i += 2)
    labels.push([at(reader, symbols, refs[i]), at(reader, symbols, refs[i + 1])])
  return labels
}

function at(reader: ProtobufReader, symbols: readonly string[], index: number): string {
  if (index < symbols.length) return symbols[index]
  reader.fail(`symbol ${index} is not in the table of ${symbols.length}`)
  return ''
}

/** Sample: 1 value, 2 timestamp; the same in both versions. */
export function readSample(reader: ProtobufReader): DecodedSample {
  let value = 0
  let timestamp = 0
  let stale = false
  while (reader.next()) {
    if (reader.field === 1) {
      value = reader.double()
      stale = reader.high === staleNaNBits.high && reader.low === staleNaNBits.low
    } else if (reader.field === 2) timestamp = reader.int()
    else reader.skip()
  }
  return { value, timestamp, stale }
}

function readExemplarV1(reader: ProtobufReader): DecodedExemplar {
  const labels: Label[] = []
  let value = 0
  let timestamp = 0
  while (reader.next()) {
    if (reader.field === 1) reader.message(() => labels.push(readLabelPair(reader)))
    else if (reader.field === 2) value = reader.double()
    else if (reader.field === 3) timestamp = reader.int()
    else reader.skip()
  }
  return { labels: Labels.of(labels), value, timestamp }
}

function readExemplarV2(reader: ProtobufReader, symbols: readonly string[]): DecodedExemplar {
  const labels: Label[] = []
  let value = 0
  let timestamp = 0
  while (reader.next()) {
    if (reader.field === 1) labels.push(...readRefs(reader, symbols))
    else if (reader.field === 2) value = reader.double()
    else if (reader.field === 3) timestamp = reader.int()
    else reader.skip()
  }
  return { labels: Labels.of(labels), value, timestamp }
}

function readMetadataV1(reader: ProtobufReader): MetricMetadata {
  let type = 0
  let family = ''
  let help = ''
  let unit = ''
  while (reader.next()) {
    if (reader.field === 1) type = reader.uint()
    else if (reader.field === 2) family = reader.string()
    else if (reader.field === 4) help = reader.string()
    else if (reader.field === 5) unit = reader.string()
    else reader.skip()
  }
  return { family, type: metricTypes[type] ?? 'unknown', help, unit }
}

function readMetadataV2(reader: ProtobufReader, symbols: readonly string[]): Omit<MetricMetadata, 'family'> {
  let type = 0
  let help = ''
  let unit = ''
  while (reader.next()) {
    if (reader.field === 1) type = reader.uint()
    else if (reader.field === 3) help = at(reader, symbols, reader.uint())
    else if (reader.field === 4) unit = at(reader, symbols, reader.uint())
    else reader.skip()
  }
  return { type: metricTypes[type] ?? 'unknown', help, unit }
}
