import { createRequire } from 'node:module'

const snappyjs = createRequire(import.meta.url)('snappyjs') as {
  uncompress: (block: Uint8Array, maxLength: number) => Uint8Array
}

/** Decompresses a snappy block of at most 64 MiB, with a library Weir itself does not use. */
export function uncompress(block: Buffer): Uint8Array {
  return snappyjs.uncompress(new Uint8Array(block), 64 * 1024 * 1024)
}
