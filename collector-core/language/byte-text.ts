// Strings of the language are byte strings: `"\xff"` is one. They are held as JavaScript strings in which a byte that is
// not part of valid UTF-8 stands as a lone low surrogate, U+DC00 + byte (so U+DC80…U+DCFF). Well-formed text never holds
// lone surrogates, so both directions are exact; a lone surrogate outside that range is treated as U+FFFD.

const strayByte = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/

/** True when the text holds no bytes outside valid UTF-8. */
export function isValidText(text: string): boolean {
  return !strayByte.test(text)
}

/** The bytes a text stands for. */
export function bytesOf(text: string): Uint8Array {
  if (isValidText(text)) return new TextEncoder().encode(text)
  const bytes: number[] = []
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    if (code >= 0xdc80 && code <= 0xdcff) bytes.push(code - 0xdc00)
    else pushUtf8(bytes, code >= 0xd800 && code <= 0xdfff ? 0xfffd : code)
  }
  return Uint8Array.from(bytes)
}

/** The text that stands for the bytes; invalid bytes become lone surrogates, one each. */
export function textOf(bytes: Uint8Array): string {
  let text = ''
  let start = 0
  for (let at = 0; at < bytes.length;) {
    const length = sequenceLength(bytes, at)
    if (length > 0) {
      at += length
      continue
    }
    text += decode(bytes, start, at) + String.fromCharCode(0xdc00 + bytes[at])
    at++
    start = at
  }
  return text + decode(bytes, start, bytes.length)
}

/** Both texts one after the other; stray bytes that now form a character become that character. */
export function concatText(left: string, right: string): string {
  // A lone high surrogate never occurs, so joining two texts cannot hide a stray byte inside a pair.
  const joined = left + right
  return isValidText(joined) ? joined : textOf(bytesOf(joined))
}

/** Orders texts by their bytes: negative, zero or positive. */
export function compareText(left: string, right: string): number {
  if (left === right) return 0
  const a = bytesOf(left)
  const b = bytesOf(right)
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at++) if (a[at] !== b[at]) return a[at] - b[at]
  return a.length - b.length
}

/** The text with every stray byte replaced by U+FFFD, for consumers that need well-formed text. */
export function wellFormed(text: string): string {
  return isValidText(text) ? text : text.replace(new RegExp(strayByte, 'g'), '\ufffd')
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

function decode(bytes: Uint8Array, start: number, end: number): string {
  return start === end ? '' : decoder.decode(bytes.subarray(start, end))
}

/** Length of the valid UTF-8 sequence at a place, 0 when there is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at]
  if (lead < 0x80) return 1
  const length = lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xf0 && lead < 0xf5 ? 4 : 0
  if (length === 0 || at + length > bytes.length) return 0
  const second = bytes[at + 1]
  const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80
  const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf
  if (second < low || second > high) return 0
  for (let next = at + 2; next < at + length; next++) if ((bytes[next] & 0xc0) !== 0x80) return 0
  return length
}

function pushUtf8(bytes: number[], code: number): void {
  if (code < 0x80) bytes.push(code)
  else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63))
  else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63))
  else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63))
}

/** The bytes of a text as a string of characters up to U+00FF, so that string functions can work on bytes. */
export function latin1Of(text: string): string {
  let latin1 = ''
  for (const byte of bytesOf(text)) latin1 += String.fromCharCode(byte)
  return latin1
}

/** The text whose bytes are the characters of the string. */
export function textOfLatin1(latin1: string): string {
  return textOf(Uint8Array.from(latin1, (character) => character.charCodeAt(0)))
}

/** The parts of a text between the places where the bytes of a separator occur. */
export function splitText(text: string, separator: string): string[] {
  // A well-formed separator cannot match in the middle of a character.
  if (isValidText(separator)) return text.split(separator)
  return latin1Of(text).split(latin1Of(separator)).map(textOfLatin1)
}
