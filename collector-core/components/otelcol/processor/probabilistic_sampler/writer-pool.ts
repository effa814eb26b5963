import { ProtobufWriter } from '../../../../wire/protobuf/writer.ts'

const mostWriters = 4
const largestKept = 4 * 1024 * 1024

/** Lends writers, a few of which are kept with their memory: fresh memory for every request costs more than sampling it. */
export class WriterPool {
  private readonly free: ProtobufWriter[] = []

  /** A writer, with room for about `bytes` if it has to be made. */
  take(bytes: number): ProtobufWriter {
    return this.free.pop() ?? new ProtobufWriter(bytes)
  }

  /** Only once nobody looks at what it wrote. */
  giveBack(writer: ProtobufWriter): void {
    if (this.free.length < mostWriters && writer.bytes.length <= largestKept) this.free.push(writer)
  }
}
