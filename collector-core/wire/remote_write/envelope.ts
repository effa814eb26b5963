// What the outbox stores per fragment: a fixed header with what the request holds, then the compressed request.
import type { RemoteWriteVersion } from './request-builder.ts'

/** How much a request holds. `highestTimestamp` in milliseconds; -Infinity when it holds only metadata. */
export interface RequestCounts {
  readonly samples: number
  readonly exemplars: number
  readonly histograms: number
  readonly metadata: number
  readonly highestTimestamp: number
}

/** A stored request; `block` is a view of the snappy block. */
export interface Envelope {
  readonly version: RemoteWriteVersion
  readonly counts: RequestCounts
  /** Uncompressed bytes of the request. */
  readonly size: number
  readonly block: Uint8Array
}

export const noCounts: RequestCounts = {
  samples: 0,
  exemplars: 0,
  histograms: 0,
  metadata: 0,
  highestTimestamp: -Infinity,
}

const format = 1
export const headerBytes = 32

/**
 * Layout, little-endian: 0 format u8, 1 message version u8, 2 reserved u16, 4 samples u32, 8 exemplars u32,
 * 12 histograms u32, 16 metadata u32, 20 uncompressed size u32, 24 highest timestamp f64, 32 snappy block.
 */
export function seal(version: RemoteWriteVersion, counts: RequestCounts, size: number, block: Uint8Array): Uint8Array {
  const body = new Uint8Array(headerBytes + block.length)
  const view = new DataView(body.buffer)
  view.setUint8(0, format)
  view.setUint8(1, version)
  view.setUint32(4, counts.samples, true)
  view.setUint32(8, counts.exemplars, true)
  view.setUint32(12, counts.histograms, true)
  view.setUint32(16, counts.metadata, true)
  view.setUint32(20, size, true)
  view.setFloat64(24, counts.highestTimestamp, true)
  body.set(block, headerBytes)
  return body
}

/** Reads a stored request; undefined when it is not one this program wrote. */
export function open(body: Uint8Array): Envelope | undefined {
  if (body.length < headerBytes || body[0] !== format) return undefined
  const version = body[1]
  if (version !== 1 && version !== 2) return undefined
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength)
  return {
    version,
    counts: {
      samples: view.getUint32(4, true),
      exemplars: view.getUint32(8, true),
      histograms: view.getUint32(12, true),
      metadata: view.getUint32(16, true),
      highestTimestamp: view.getFloat64(24, true),
    },
    size: view.getUint32(20, true),
    block: body.subarray(headerBytes),
  }
}

export function addCounts(a: RequestCounts, b: RequestCounts): RequestCounts {
  return {
    samples: a.samples + b.samples,
    exemplars: a.exemplars + b.exemplars,
    histograms: a.histograms + b.histograms,
    metadata: a.metadata + b.metadata,
    highestTimestamp: Math.max(a.highestTimestamp, b.highestTimestamp),
  }
}

/** Everything countable; what the outbox calls items. */
export function itemsOf(counts: RequestCounts): number {
  return counts.samples + counts.exemplars + counts.histograms + counts.metadata
}
