import { decodeRequest } from '../../../../collector-core/wire/remote_write/decode-request.ts'
import type { DecodedRequest } from '../../../../collector-core/wire/remote_write/decode-request.ts'
import type { RemoteWriteVersion } from '../../../../collector-core/wire/remote_write/request-builder.ts'
import { uncompress } from '../../../../collector-core/wire/snappy/uncompress.ts'
import { KeyBuilder, prefixRange, probeKind, writeLogKind } from './keys.ts'
import type { KeyValueStore, Pair } from './key-value-store.ts'
import type { Sequencer } from './sequencer.ts'

/** A remote-write request as it came; `block` is its snappy block. */
export interface LoggedRequest {
  readonly version: RemoteWriteVersion
  readonly block: Uint8Array
}

const largestRequest = 512 * 1024 * 1024

/** The requests whose samples are in memory only, on disk: what a crash leaves is replayed from here. */
export class WriteLog {
  /** Bytes of requests that are not yet covered by chunks. */
  bytes = 0
  private readonly store: KeyValueStore
  private readonly sequencer: Sequencer

  constructor(store: KeyValueStore, sequencer: Sequencer) {
    this.store = store
    this.sequencer = sequencer
  }

  /** Resolves when the request and the rows are on disk. */
  append({ version, block }: LoggedRequest, rows: readonly Pair[]): Promise<void> {
    const sequence = this.sequencer.next()
    const value = new Uint8Array(block.length + 1)
    value[0] = version
    value.set(block, 1)
    this.bytes += block.length
    return this.store.write({ puts: [...rows, [KeyBuilder.of(writeLogKind).sequence(sequence).build(), value]] })
  }

  /** Resolves when the store takes writes again. */
  probe(): Promise<void> {
    return this.store.write({ puts: [[Uint8Array.of(probeKind), new Uint8Array(0)]] })
  }

  /** Marks what has been appended so far; the answer removes it, once chunks cover it. */
  mark(): () => Promise<void> {
    this.bytes = 0
    const [from] = prefixRange(Uint8Array.of(writeLogKind))
    const to = KeyBuilder.of(writeLogKind).sequence(this.sequencer.next()).build()
    return () => this.store.write({ puts: [], deleteRanges: [[from, to]] })
  }

  /** Hands over the requests an earlier process left, in order. */
  async replay(take: (request: DecodedRequest) => void): Promise<void> {
    for await (const rows of this.store.scan(...prefixRange(Uint8Array.of(writeLogKind)))) {
      for (const [, value] of rows) {
        const bytes = uncompress(value.subarray(1), largestRequest)
        if (!(bytes instanceof Uint8Array)) continue
        const request = decodeRequest(bytes, value[0] === 2 ? 2 : 1)
        if ('malformed' in request) continue
        take(request)
        this.bytes += value.length
      }
    }
  }
}
