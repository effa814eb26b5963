// The log of a container as a Docker Engine streams it: each line in a frame of its own, each frame in an HTTP chunk of its
// own. Lines are 150 bytes of logfmt, 5 % come from stderr, and every 50th is at level debug.

export const lineBytes = 150
const timeBytes = 31
const frameHeader = 8
const payload = timeBytes + lineBytes
/** `bd\r\n`, the frame, `\r\n`. */
const chunkHead = Buffer.from(`${(frameHeader + payload).toString(16)}\r\n`)
const chunkBytes = chunkHead.length + frameHeader + payload + 2
/** Lines of a block are a microsecond apart, and a block is a millisecond. */
export const linesPerBlock = 1000
const textAt = chunkHead.length + frameHeader + timeBytes

export const isDebug = (index) => index % 50 === 7
const isError = (index) => index % 20 === 3

/** The text of line `index` of a block, without its newline. */
export function lineText(index) {
  const level = isDebug(index) ? 'debug' : 'info'
  const start = `level=${level} caller=server.go:${index % 97} method=GET path=/api/v1/orders/${index} status=200 duration=12.${index % 10}ms msg="request served"`
  return start.padEnd(lineBytes - 1, ' trace_id=4bf92f3577b34da6a3ce929d0e0e4736')
}

/** A block of chunks that is written over and over, its times moved on before each use. */
export class LogBlock {
  bytes = Buffer.alloc(linesPerBlock * chunkBytes)

  constructor() {
    for (let i = 0; i < linesPerBlock; i++) {
      const at = i * chunkBytes
      chunkHead.copy(this.bytes, at)
      const frame = at + chunkHead.length
      this.bytes[frame] = isError(i) ? 2 : 1
      this.bytes.writeUInt32BE(payload, frame + 4)
      this.bytes.write(`0000-00-00T00:00:00.000${String(i).padStart(3, '0')}000Z `, frame + frameHeader)
      this.bytes.write(`${lineText(i)}\n`, at + textAt)
      this.bytes.write('\r\n', at + chunkBytes - 2)
    }
  }

  /** The block for millisecond `at` since the epoch. */
  at(milliseconds) {
    const { bytes } = this
    const time = Buffer.from(new Date(milliseconds).toISOString().slice(0, 23))
    const first = textAt - timeBytes
    time.copy(bytes, first)
    for (let i = 1; i < linesPerBlock; i++) bytes.copyWithin(first + i * chunkBytes, first, first + time.length)
    return bytes
  }

  /** One line's chunk of a block that `at` prepared. */
  line(index) {
    return this.bytes.subarray(index * chunkBytes, (index + 1) * chunkBytes)
  }
}
