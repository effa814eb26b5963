import { FieldCursor } from '../../../../wire/protobuf/field-cursor.ts'

/** Where spans and log records keep what sampling needs. */
export interface ItemLayout {
  readonly traceId: number
  readonly attributes: number
  /** Field of the trace state; log records have none and keep the information in attributes. */
  readonly traceState: number | undefined
}

/** KeyValue: 1 key. */
const keyTag = 0x0a

/** Span: 1 trace_id, 3 trace_state, 9 attributes. */
export const spanLayout: ItemLayout = { traceId: 1, attributes: 9, traceState: 3 }
/** LogRecord: 9 trace_id, 6 attributes. */
export const logLayout: ItemLayout = { traceId: 9, attributes: 6, traceState: undefined }

/**
 * Finds the trace ID, the trace state and some attributes of one item after another, in place and without allocating.
 * Positions are -1 for what is not there; of several attributes with one key the first counts.
 */
export class ItemScan {
  traceIdStart = -1
  traceIdEnd = -1
  stateStart = -1
  stateEnd = -1
  /** Start and end of the attribute with each key, in the order of the keys. */
  readonly found: Int32Array
  private readonly bytes: Uint8Array
  /** The tags of the fields looked for, which take one byte each; `stateTag` is none where there is no such field. */
  private readonly idTag: number
  private readonly stateTag: number
  private readonly attributeTag: number
  private readonly keys: readonly Uint8Array[]
  private readonly fields: FieldCursor
  private readonly inner: FieldCursor
  /** By the first byte of a key's length: whether a key may begin so. */
  private readonly wantedLength = new Uint8Array(256)
  private foundAny = true

  constructor(bytes: Uint8Array, layout: ItemLayout, keys: readonly Uint8Array[]) {
    this.bytes = bytes
    this.idTag = tagOf(layout.traceId)
    this.stateTag = layout.traceState === undefined ? 0 : tagOf(layout.traceState)
    this.attributeTag = tagOf(layout.attributes)
    this.keys = keys
    this.found = new Int32Array(keys.length * 2)
    this.fields = new FieldCursor(bytes)
    this.inner = new FieldCursor(bytes)
    this.wantedLength.fill(1, 0x80)
    for (const key of keys) this.wantedLength[Math.min(key.length, 0x80)] = 1
  }

  scan(start: number, end: number): void {
    const { bytes, attributeTag, wantedLength } = this
    this.traceIdStart = this.traceIdEnd = this.stateStart = this.stateEnd = -1
    if (this.foundAny) this.found.fill(-1)
    this.foundAny = false
    let at = start
    while (at < end) {
      const tag = bytes[at]
      const kind = tag & 0x87
      // A short text, message or ID, a time or a small number: nearly all fields are one of them.
      if (kind === 2 && at + 1 < end && bytes[at + 1] < 0x80) {
        const from = at + 2
        at = from + bytes[at + 1]
        if (at > end) return
        if (tag !== attributeTag) this.note(tag, from, at)
        else if (bytes[from] !== keyTag || wantedLength[bytes[from + 1]] !== 0) this.noteAttribute(from, at)
      } else if (kind === 1) at += 9
      else if (kind === 0 && at + 1 < end && bytes[at + 1] < 0x80) at += 2
      else at = this.scanField(at, end)
    }
  }

  /** Any field at all; answers where the next one is, or `end` after a mistake. */
  private scanField(at: number, end: number): number {
    const { fields } = this
    fields.over(at, end)
    if (!fields.next()) return end
    if (fields.wire === 2 && fields.field < 16) {
      const tag = tagOf(fields.field)
      if (tag === this.attributeTag) this.noteAttribute(fields.start, fields.end)
      else this.note(tag, fields.start, fields.end)
    }
    return fields.end
  }

  /** Which of the keys the attribute in `[start..end)` has, -1 for none. */
  keyOf(start: number, end: number): number {
    const { bytes, keys } = this
    let keyStart = start + 2
    let keyLength = bytes[start + 1]
    // Nobody writes the value before the key or a key of 128 bytes, but both are allowed.
    if (end - start < 2 || bytes[start] !== keyTag || keyLength > 0x7f || keyStart + keyLength > end) {
      const { inner } = this
      keyStart = keyLength = 0
      inner.over(start, end)
      while (inner.next()) {
        if (inner.field !== 1 || inner.wire !== 2) continue
        keyStart = inner.start
        keyLength = inner.end - inner.start
      }
    }
    for (let index = 0; index < keys.length; index++) {
      const key = keys[index]
      if (key.length !== keyLength) continue
      let same = 0
      while (same < keyLength && bytes[keyStart + same] === key[same]) same++
      if (same === keyLength) return index
    }
    return -1
  }

  private note(tag: number, start: number, end: number): void {
    if (tag === this.idTag) {
      this.traceIdStart = start
      this.traceIdEnd = end
    } else if (tag === this.stateTag) {
      this.stateStart = start
      this.stateEnd = end
    }
  }

  private noteAttribute(start: number, end: number): void {
    const index = this.keyOf(start, end)
    if (index < 0 || this.found[2 * index] >= 0) return
    this.foundAny = true
    this.found[2 * index] = start
    this.found[2 * index + 1] = end
  }
}

/** The tag of a length-delimited field below 16. */
const tagOf = (field: number): number => (field << 3) | 2
