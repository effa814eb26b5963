// chunked-body = *chunk last-chunk trailer-section CRLF            (RFC 9112 section 7.1)
// chunk        = 1*8HEXDIG [ BWS ";" chunk-ext ] CRLF chunk-data CRLF
// Strict: CRLF only, no blanks before a size, extensions and trailers bounded, skipped and free of control characters.

const atSize = 0
const atExtension = 1
const atSizeLineFeed = 2
const atData = 3
const atDataReturn = 4
const atDataLineFeed = 5
const atTrailerStart = 6
const atTrailer = 7
const atTrailerLineFeed = 8
const atLastLineFeed = 9

const maxSizeDigits = 8
const maxExtensionBytes = 1024
const maxTrailerBytes = 8192

/** Takes the chunk framing out of a body, in place and across any split of the input. */
export class ChunkDecoder {
  /** The body is complete. */
  done = false
  /** Why the framing is not acceptable; nothing after it is read. */
  error: string | undefined
  /** The index after the last byte the latest call consumed. */
  consumed = 0
  #state = atSize
  #remaining = 0
  #digits = 0
  #skipped = 0

  /**
   * Consumes `bytes[start, end)`, moves the content to `bytes[start, …)` and returns its length.
   */
  decode(bytes: Uint8Array, start: number, end: number): number {
    let state = this.#state
    let remaining = this.#remaining
    let at = start
    let to = start
    while (at < end && !this.done && this.error === undefined) {
      if (state === atData) {
        const size = Math.min(remaining, end - at)
        if (to !== at) bytes.copyWithin(to, at, at + size)
        to += size
        at += size
        remaining -= size
        if (remaining === 0) state = atDataReturn
        continue
      }
      const byte = bytes[at++]
      switch (state) {
        case atSize: {
          const digit = hexDigit(byte)
          if (digit >= 0) {
            remaining = remaining * 16 + digit
            if (++this.#digits > maxSizeDigits) this.error = 'a chunk size has too many digits'
          } else if (this.#digits === 0) {
            this.error = 'a chunk size is missing'
          } else if (byte === 13) {
            state = atSizeLineFeed
          } else if (byte === 59 || byte === 32 || byte === 9) {
            state = atExtension
            this.#skipped = 0
          } else {
            this.error = 'a chunk size is not a hexadecimal number'
          }
          break
        }
        case atExtension:
          if (byte === 13) state = atSizeLineFeed
          else if (isControl(byte)) this.error = 'a chunk extension holds a control character'
          else if (++this.#skipped > maxExtensionBytes) this.error = 'a chunk extension is too long'
          break
        case atSizeLineFeed:
          if (byte !== 10) this.error = 'a chunk size does not end its line'
          this.#digits = 0
          this.#skipped = 0
          state = remaining === 0 ? atTrailerStart : atData
          break
        case atDataReturn:
          if (byte !== 13) this.error = 'a chunk is longer than its size'
          state = atDataLineFeed
          break
        case atDataLineFeed:
          if (byte !== 10) this.error = 'a chunk is longer than its size'
          state = atSize
          break
        case atTrailerStart:
        case atTrailer:
          if (++this.#skipped > maxTrailerBytes) this.error = 'the trailers are too long'
          else if (byte === 13) state = state === atTrailerStart ? atLastLineFeed : atTrailerLineFeed
          else if (isControl(byte)) this.error = 'a trailer holds a control character'
          else state = atTrailer
          break
        case atTrailerLineFeed:
          if (byte !== 10) this.error = 'a trailer does not end its line'
          state = atTrailerStart
          break
        default:
          if (byte !== 10) this.error = 'the last chunk does not end its line'
          else this.done = true
      }
    }
    this.#state = state
    this.#remaining = remaining
    this.consumed = at
    return to - start
  }
}

function hexDigit(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48
  const lower = byte | 32
  return lower >= 97 && lower <= 102 ? lower - 87 : -1
}

const isControl = (byte: number): boolean => (byte < 32 && byte !== 9) || byte === 127
