import { Labels } from '../../../../collector-core/signal/labels.ts'

/** An exemplar; `timestamp` in milliseconds since 1970. */
export interface StoredExemplar {
  readonly labels: Labels
  readonly value: number
  readonly timestamp: number
}

export function encodeExemplar({ labels, value, timestamp }: StoredExemplar): Uint8Array {
  const head = Buffer.alloc(16)
  head.writeDoubleLE(timestamp, 0)
  head.writeDoubleLE(value, 8)
  return Buffer.concat([head, Buffer.from(JSON.stringify([...labels]))])
}

export function decodeExemplar(bytes: Uint8Array): StoredExemplar {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  return {
    timestamp: buffer.readDoubleLE(0),
    value: buffer.readDoubleLE(8),
    labels: Labels.of(JSON.parse(buffer.toString('utf8', 16)) as [string, string][]),
  }
}
