/**
 * Called per field: `start..end` is the content of a delimited field, or the bytes of the number of any other.
 * `begin` is where the field's tag starts. Answering false stops the walk.
 */
export type FieldVisitor = (
  field: number,
  wire: number,
  start: number,
  end: number,
  begin: number,
) => boolean | undefined

/**
 * Walks the fields of one message in `bytes[start..end)` without looking into them. False when they are not well formed
 * (the fields before the mistake have been visited); true otherwise, stopped early or not.
 */
export function walkFields(bytes: Uint8Array, start: number, end: number, visit: FieldVisitor): boolean {
  let at = start
  while (at < end) {
    const begin = at
    let tag = bytes[at++]
    if (tag > 0x7f) {
      tag &= 0x7f
      let scale = 128
      for (let more = true; more; scale *= 128) {
        if (at >= end || scale > 2 ** 28) return false
        const byte = bytes[at++]
        tag += (byte & 0x7f) * scale
        more = byte > 0x7f
      }
    }
    const field = Math.floor(tag / 8)
    const wire = tag & 7
    if (field === 0 || tag > 0xffffffff) return false
    let from = at
    switch (wire) {
      case 0:
        while (at < end && bytes[at] > 0x7f) at++
        if (at++ >= end || at - from > 10) return false
        break
      case 1:
        at += 8
        break
      case 5:
        at += 4
        break
      case 2: {
        let size = 0
        let scale = 1
        for (let more = true; more; scale *= 128) {
          if (at >= end || scale > 2 ** 35) return false
          const byte = bytes[at++]
          size += (byte & 0x7f) * scale
          more = byte > 0x7f
        }
        from = at
        at += size
        break
      }
      default:
        return false
    }
    if (at > end) return false
    if (visit(field, wire, from, at, begin) === false) return true
  }
  return true
}
