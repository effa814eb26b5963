// Bytes to text. What comes out is exactly what came in, a leading byte order mark included; anything doubtful is refused by name.

import type { Diagnostic } from './diagnostic.ts'

/** The text of a config file, or why its bytes are not one. */
export type DecodedSource =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'refused'; readonly diagnostic: Diagnostic }

// UTF-32 before UTF-16: the little-endian marks begin alike.
const foreignMarks: readonly { readonly name: string; readonly bytes: readonly number[] }[] = [
  { name: 'UTF-32 (big-endian)', bytes: [0, 0, 0xfe, 0xff] },
  { name: 'UTF-32 (little-endian)', bytes: [0xff, 0xfe, 0, 0] },
  { name: 'UTF-16 (big-endian)', bytes: [0xfe, 0xff] },
  { name: 'UTF-16 (little-endian)', bytes: [0xff, 0xfe] },
]

/** Reads UTF-8; refuses other encodings, invalid UTF-8 and NUL bytes. Encoding the text again gives the same bytes. */
export function decodeSource(bytes: Uint8Array): DecodedSource {
  const foreign = foreignMarks.find((mark) => mark.bytes.every((byte, index) => bytes[index] === byte))
  if (foreign) return refuse('foreign-encoding', `the file is encoded as ${foreign.name}; save it as UTF-8`)
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    const line = 1 + countNewlines(bytes, validLength(bytes))
    return refuse('invalid-utf8', `the file is not valid UTF-8 (first seen on line ${line}); save it as UTF-8`)
  }
  const nul = text.indexOf('\0')
  if (nul < 0) return { kind: 'text', text }
  const zeros = bytes.subarray(0, 64).filter((byte) => byte === 0).length
  const hint = zeros > 8 ? 'it looks like UTF-16 or UTF-32 without a mark, or like no text at all' : 'remove it'
  return refuse('nul-character', `the file holds a NUL byte; ${hint}`, nul)
}

function refuse(code: string, message: string, start = 0): DecodedSource {
  return { kind: 'refused', diagnostic: { severity: 'error', code, message, span: { start, end: start } } }
}

// Bytes up to the first that does not belong, found by halving: a prefix is valid when a streaming decoder takes it.
function validLength(bytes: Uint8Array): number {
  let valid = 0
  let broken = bytes.length
  while (broken - valid > 1) {
    const middle = (valid + broken) >> 1
    if (takes(bytes.subarray(0, middle))) valid = middle
    else broken = middle
  }
  return valid
}

function takes(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}

function countNewlines(bytes: Uint8Array, end: number): number {
  let count = 0
  for (let at = 0; at < end; at++) if (bytes[at] === 10) count++
  return count
}
