import { LineBlock, LineBlockPool } from '../../../../tail/line-block.ts'

const smallRead = 4 * 1024
const largeRead = 64 * 1024

/** Blocks in two sizes: quiet containers, read a line at a time, do not tie up room for a whole read buffer. */
export class BlockPools {
  private readonly small = new LineBlockPool(2, smallRead, 256)
  private readonly large = new LineBlockPool(2, largeRead, 64)

  take(bytes: number): LineBlock {
    return (bytes <= smallRead ? this.small : this.large).take()
  }

  /** The block itself when a read of `bytes` fits it, else another one. */
  fitting(block: LineBlock, bytes: number): LineBlock {
    if (bytes <= block.readSize) return block
    this.give(block)
    return this.take(bytes)
  }

  give(block: LineBlock): void {
    ;(block.readSize <= smallRead ? this.small : this.large).give(block)
  }
}
