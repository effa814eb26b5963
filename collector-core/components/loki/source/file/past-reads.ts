import type { FilePosition, FileRead } from './file-position.ts'

/**
 * The reads an earlier run handed on and may not have been told the end of. They are read again with the same bounds and
 * times, so that a server that has their lines already knows them again.
 */
export class PastReads {
  private readonly reads: readonly FileRead[]
  private start: number

  constructor(position: Pick<FilePosition, 'offset' | 'underWay'> | undefined) {
    this.reads = position?.underWay ?? []
    this.start = position?.offset ?? 0
  }

  /** The read that `offset` lies in; `begins` when it is where that read began. */
  at(offset: number): (FileRead & { readonly begins: boolean }) | undefined {
    let { start } = this
    for (const read of this.reads) {
      if (offset >= start && offset < read.end) return { ...read, begins: offset === start }
      start = read.end
    }
    return undefined
  }
}
