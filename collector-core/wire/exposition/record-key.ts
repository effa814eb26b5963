import * as chars from './text-cursor.ts'

/**
 * Where the key of the record at `at` ends if it is written in the usual way: a comment line with its newline, or
 * `name{labels}` with the one space behind it. -1 otherwise; that says nothing about whether the record is right.
 */
export function recordKeyEnd(body: Uint8Array, at: number): number {
  const end = body.length
  let to = at
  if (body[to] === chars.hash) {
    to = body.indexOf(chars.newline, to)
    return to < 0 ? -1 : to + 1
  }
  while (to < end && body[to] !== chars.space && body[to] !== chars.braceOpen && body[to] !== chars.newline) to++
  if (body[to] === chars.braceOpen) {
    to++
    while (to < end && body[to] !== chars.braceClose) {
      if (body[to] === chars.newline) return -1
      if (body[to++] !== chars.quote) continue
      while (to < end && body[to] !== chars.quote) to += body[to] === chars.backslash ? 2 : 1
      to++
    }
    to++
  }
  return to < end && body[to] === chars.space ? to + 1 : -1
}
