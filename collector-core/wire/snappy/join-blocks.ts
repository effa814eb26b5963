/**
 * The parts of one snappy block that decodes to the content of all `blocks` one after another. Copies in a block are
 * relative, so the elements stay as they are behind a new length. Undefined when a block has no valid length.
 */
export function joinBlocks(blocks: readonly Uint8Array[]): readonly Uint8Array[] | undefined {
  if (blocks.length === 1) return blocks
  const parts: Uint8Array[] = []
  let total = 0
  for (const block of blocks) {
    const preamble = readLength(block)
    if (preamble === undefined) return undefined
    total += preamble.length
    parts.push(block.subarray(preamble.end))
  }
  if (total > 0xffffffff) return undefined
  return [encodeLength(total), ...parts]
}

function readLength(block: Uint8Array): { readonly length: number; readonly end: number } | undefined {
  let length = 0
  for (let index = 0; index < 5 && index < block.length; index++) {
    length += (block[index] & 0x7f) * 2 ** (7 * index)
    if (block[index] < 0x80) return { length, end: index + 1 }
  }
  return undefined
}

/** A block's preamble: the uncompressed length as a varint. */
export function encodeLength(length: number): Uint8Array {
  const bytes: number[] = []
  let rest = length
  while (rest > 0x7f) {
    bytes.push((rest % 128) + 128)
    rest = Math.floor(rest / 128)
  }
  bytes.push(rest)
  return Uint8Array.from(bytes)
}
