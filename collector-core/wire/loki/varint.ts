const two28 = 2 ** 28
const two32 = 2 ** 32

/** Bytes of a number as a protobuf varint; negative ones take ten, as int64 does. */
export function varintWidth(value: number): number {
  if (value < 0) return 10
  if (value < 0x80) return 1
  if (value < 0x4000) return 2
  if (value < 0x20_0000) return 3
  if (value < two28) return 4
  let width = 5
  for (let limit = two28 * 128; value >= limit; limit *= 128) width++
  return width
}

/** Writes a whole number as a varint and gives the position behind it. */
export function writeVarint(target: Uint8Array, start: number, value: number): number {
  let at = start
  if (value < 0) return writeNegative(target, at, value)
  let rest = value
  while (rest >= two28) {
    target[at++] = (rest % 128) | 0x80
    rest = Math.floor(rest / 128)
  }
  while (rest >= 0x80) {
    target[at++] = (rest & 0x7f) | 0x80
    rest >>>= 7
  }
  target[at++] = rest
  return at
}

/** Two's complement in 64 bits. */
function writeNegative(target: Uint8Array, start: number, value: number): number {
  let at = start
  let low = value - Math.floor(value / two32) * two32
  let high = Math.floor(value / two32) + two32
  for (let i = 0; i < 9; i++) {
    target[at++] = (low % 128) | 0x80
    low = Math.floor(low / 128) + (high % 128) * 2 ** 25
    high = Math.floor(high / 128)
  }
  target[at++] = low % 128
  return at
}
