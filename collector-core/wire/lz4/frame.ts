// The LZ4 frame format, version 1.6.1:
//
//   frame      = magic 0x184D2204, FLG, BD, [content size 8], [dictionary id 4], header checksum 1, { block }, 0x00000000,
//                [content checksum 4]
//   block      = size 4 (top bit: stored as it is), data, [checksum 4]
//   skippable  = magic 0x184D2A50 to 0x184D2A5F, size 4, data
//
// FLG: version 2 bits (01), then a bit each: blocks stand alone, block checksums, content size, content checksum, reserved,
// dictionary id. BD: the largest block as 4 to 7 (64 KiB, 256 KiB, 1 MiB, 4 MiB) in bits 4 to 6. Numbers are little endian.
export const frameMagic = 0x184d2204
export const skippableMagic = 0x184d2a50
export const versionBits = 0x40
export const flags = { alone: 0x20, blockChecksum: 0x10, contentSize: 0x08, contentChecksum: 0x04, dictionary: 0x01 }
export const storedBit = 0x80000000

/** The shortest match, which is what a match length of 0 stands for. */
export const shortestMatch = 4
