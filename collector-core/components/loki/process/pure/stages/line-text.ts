/** How stages read line bytes; the collector brings a faster one than `plainLineText`. */
export interface LineText {
  /** UTF-8 text of `bytes[start..end)`; what is not UTF-8 reads as U+FFFD. */
  decode(bytes: Uint8Array, start: number, end: number): string
  encode(text: string): Uint8Array
  /** Where `needle` first occurs in `bytes` at or after `from`; -1 when it does not. */
  indexOf(bytes: Uint8Array, needle: Uint8Array, from: number): number
  /** Length of the text in UTF-8 bytes. */
  byteLength(text: string): number
}

const utf8 = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Works everywhere, a browser included. */
export const plainLineText: LineText = {
  decode: (bytes, start, end) => decoder.decode(bytes.subarray(start, end)),
  encode: (text) => utf8.encode(text),
  indexOf(bytes, needle, from) {
    if (needle.length === 0) return from <= bytes.length ? from : -1
    for (let at = bytes.indexOf(needle[0], from); at >= 0; at = bytes.indexOf(needle[0], at + 1)) {
      let same = 1
      while (same < needle.length && bytes[at + same] === needle[same]) same++
      if (same === needle.length) return at
    }
    return -1
  },
  byteLength: (text) => utf8.encode(text).length,
}
