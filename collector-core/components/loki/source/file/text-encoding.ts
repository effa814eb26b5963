import { encodingKind } from './pure/encoding-name.ts'

/** How to find lines in the bytes of a file and turn them into UTF-8. */
export interface TextEncoding {
  /** Bytes of a byte order mark at the start of the file, which is no text. */
  readonly markLength: number
  /** The index after the next newline of `bytes[start..end)`, or -1; `start` is at a character boundary. */
  nextLine(bytes: Buffer, start: number, end: number): number
  /** The end of the text of a line `[start..end)` with its newline: without it, and without a carriage return before it. */
  trimEnd(bytes: Buffer, start: number, end: number): number
  /** The text as UTF-8; undefined when the bytes are UTF-8 already. */
  readonly toUtf8: ((bytes: Buffer) => Buffer) | undefined
}

/** Bytes `detectEncoding` wants to see of the start of a file. */
export const markBytes = 3

/** The encoding of a file by its configured name and its first bytes. */
export function detectEncoding(name: string, firstBytes: Buffer): TextEncoding {
  const kind = encodingKind(name) ?? 'utf-8'
  const [a, b, c] = firstBytes
  const hasMark = {
    le: a === 0xff && b === 0xfe,
    be: a === 0xfe && b === 0xff,
    utf8: a === 0xef && b === 0xbb && c === 0xbf,
  }
  switch (kind) {
    case 'utf-8':
      return oneByte(hasMark.utf8 ? 3 : 0, undefined)
    case 'other': {
      const decoder = new TextDecoder(name.trim())
      return oneByte(0, (bytes) => Buffer.from(decoder.decode(bytes), 'utf8'))
    }
    case 'utf-16':
      return twoBytes(hasMark.le || hasMark.be ? 2 : 0, hasMark.le)
    case 'utf-16le':
      return twoBytes(hasMark.le ? 2 : 0, true)
    case 'utf-16be':
      return twoBytes(hasMark.be ? 2 : 0, false)
  }
}

function oneByte(markLength: number, toUtf8: TextEncoding['toUtf8']): TextEncoding {
  return {
    markLength,
    toUtf8,
    nextLine(bytes, start, end) {
      const found = bytes.subarray(0, end).indexOf(10, start)
      return found < 0 ? -1 : found + 1
    },
    trimEnd(bytes, start, end) {
      let stop = end
      if (stop > start && bytes[stop - 1] === 10) stop--
      return stop > start && stop < end && bytes[stop - 1] === 13 ? stop - 1 : stop
    },
  }
}

function twoBytes(markLength: number, littleEndian: boolean): TextEncoding {
  const low = littleEndian ? 0 : 1
  const isUnit = (bytes: Buffer, at: number, unit: number): boolean =>
    bytes[at + low] === unit && bytes[at + 1 - low] === 0
  return {
    markLength,
    toUtf8(bytes) {
      const even = Buffer.from(bytes.subarray(0, bytes.length & ~1))
      return Buffer.from((littleEndian ? even : even.swap16()).toString('utf16le'), 'utf8')
    },
    nextLine(bytes, start, end) {
      for (let at = start; at + 2 <= end; at += 2) if (isUnit(bytes, at, 10)) return at + 2
      return -1
    },
    trimEnd(bytes, start, end) {
      let stop = end
      if (stop - start >= 2 && isUnit(bytes, stop - 2, 10)) stop -= 2
      return stop - start >= 2 && stop < end && isUnit(bytes, stop - 2, 13) ? stop - 2 : stop
    },
  }
}
