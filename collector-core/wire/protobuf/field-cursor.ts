/**
 * Walks the fields of a message without looking into them: `cursor.over(start, end)`, then `while (cursor.next())` with
 * the field in `field`, `wire`, `begin` (where its tag is), `start` and `end` (its content, or the bytes of its number).
 * `next` answers false at the end and at a mistake; `ok` tells which. A cursor serves any number of messages of the same
 * bytes, one after another, and allocates nothing.
 */
export class FieldCursor {
  field = 0
  wire = 0
  begin = 0
  start = 0
  end = 0
  /** False once a message was not well formed. */
  ok = true
  private readonly bytes: Uint8Array
  private at = 0
  private limit = 0

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  /** Starts on the message in `bytes[start..end)`. */
  over(start: number, end: number): this {
    this.at = start
    this.limit = end
    return this
  }

  next(): boolean {
    const bytes = this.bytes
    const limit = this.limit
    let at = this.at
    if (at >= limit) return false
    this.begin = at
    let tag = bytes[at++]
    if (tag > 0x7f) {
      tag &= 0x7f
      let scale = 128
      for (let more = true; more; scale *= 128) {
        if (at >= limit || scale > 2 ** 28) return this.fail()
        const byte = bytes[at++]
        tag += (byte & 0x7f) * scale
        more = byte > 0x7f
      }
      if (tag > 0xffffffff) return this.fail()
    }
    this.field = tag >>> 3
    this.wire = tag & 7
    if (this.field === 0) return this.fail()
    this.start = at
    switch (this.wire) {
      case 0:
        while (at < limit && bytes[at] > 0x7f) at++
        if (++at - this.start > 10) return this.fail()
        break
      case 1:
        at += 8
        break
      case 2: {
        if (at >= limit) return this.fail()
        let size = bytes[at++]
        if (size > 0x7f) {
          size &= 0x7f
          let scale = 128
          for (let more = true; more; scale *= 128) {
            if (at >= limit || scale > 2 ** 35) return this.fail()
            const byte = bytes[at++]
            size += (byte & 0x7f) * scale
            more = byte > 0x7f
          }
        }
        this.start = at
        at += size
        break
      }
      case 5:
        at += 4
        break
      default:
        return this.fail()
    }
    if (at > limit) return this.fail()
    this.end = this.at = at
    return true
  }

  private fail(): false {
    this.ok = false
    this.at = this.limit
    return false
  }
}
