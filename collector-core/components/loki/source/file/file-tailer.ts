import type { Stats } from 'node:fs'
import { open, readdir, stat } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Clock } from '../../../../runtime/clock.ts'
import { readSignature, stillBeginsWith } from './file-position.ts'
import type { FilePosition, FileSignature } from './file-position.ts'
import { LineReader, longestLine } from './line-reader.ts'
import type { LineOutput } from './line-reader.ts'
import { PastReads } from './past-reads.ts'
import { detectEncoding, markBytes } from './text-encoding.ts'
import type { TextEncoding } from './text-encoding.ts'

export interface FileTailerOptions extends LineOutput {
  readonly path: string
  readonly encoding: string
  readonly fromEnd: boolean
  readonly minPollMs: number
  readonly maxPollMs: number
  readonly clock: Clock
  readonly position: FilePosition | undefined
  /** Bytes read of, and size of, the file now open. */
  readonly onProgress: (read: number, size: number) => void
}

interface OpenFile {
  readonly handle: FileHandle
  readonly device: number
  readonly inode: number
  encoding: TextEncoding | undefined
  signature: FileSignature
  offset: number
  past: PastReads
  /** As of the last look. */
  size: number
  modifiedMs: number
}

const firstReadBytes = 64 * 1024
/** A writer may go on with a file that was renamed until it notices; so long nothing must come before it is left. */
const rotationGraceMs = 2_000

/** Reads a file as it grows, through renaming, replacing, truncating and rewriting, until stopped or released. */
export class FileTailer {
  offset = 0
  running = false
  lastError = ''
  private readonly options: FileTailerOptions
  private readonly lines: LineReader
  private buffer = Buffer.allocUnsafeSlow(firstReadBytes)
  private released = false
  private wake: AbortController | undefined

  constructor(options: FileTailerOptions) {
    this.options = options
    this.lines = new LineReader(options)
    this.offset = options.position?.offset ?? 0
  }

  async run(stop: AbortSignal): Promise<void> {
    let position = this.options.position
    let seenBefore = position !== undefined
    if (position) await this.finishRenamed(position, stop)
    while (!stop.aborted) {
      const file = await this.tryOpen(position, seenBefore)
      if (file) {
        seenBefore = true
        this.running = true
        position = await this.follow(file, stop).finally(() => file.handle.close())
        this.running = false
      }
      if (this.released) return
      if (!file) await this.pause(this.options.maxPollMs, stop)
    }
  }

  /** The file is no longer wanted: what it holds now is still read. */
  release(): void {
    this.released = true
    this.wake?.abort()
  }

  retain(): void {
    this.released = false
  }

  /**
   * Reads until the file is gone for good. Answers the position to go on from when a new file of the same name begins as
   * this one did (it was rewritten whole), else undefined.
   */
  private async follow(file: OpenFile, stop: AbortSignal): Promise<FilePosition | undefined> {
    const { minPollMs, maxPollMs, clock } = this.options
    let pause = minPollMs
    let replacedSince: number | undefined
    while (!stop.aborted) {
      const progressed = await this.readChanges(file, stop)
      if (isAborted(stop)) break
      const now = await stat(this.options.path).catch(() => undefined)
      const isThis = now?.dev === file.device && now.ino === file.inode
      if (this.released && !progressed) break
      if (progressed || isThis) replacedSince = undefined
      if (now !== undefined && !isThis && !progressed) {
        replacedSince ??= clock.monotonic()
        if (clock.monotonic() - replacedSince >= rotationGraceMs) return await this.leave(file)
      }
      pause = progressed ? minPollMs : Math.min(maxPollMs, pause * 2)
      if (!progressed) await this.pause(pause, stop)
    }
    return this.positionOf(file)
  }

  /** Leaves a file that was replaced. */
  private async leave(file: OpenFile): Promise<FilePosition | undefined> {
    const position = this.positionOf(file)
    const next = await open(this.options.path, 'r').catch(() => undefined)
    if (next) {
      const status = await next.stat()
      const same =
        file.signature.length > 0 && status.size >= file.offset && (await stillBeginsWith(next, file.signature))
      await next.close()
      if (same) return position
    }
    await this.readRest(file)
    return undefined
  }

  /** Reads what was written since the last look; false when that is nothing. */
  private async readChanges(file: OpenFile, stop: AbortSignal): Promise<boolean> {
    const { size, mtimeMs } = await file.handle.stat()
    if (size === file.size && mtimeMs === file.modifiedMs) return false
    if (await this.wasRewritten(file, size)) this.startOver(file)
    const progressed = await this.readAll(file, stop)
    if (!stop.aborted) {
      file.size = size
      file.modifiedMs = mtimeMs
    }
    return progressed
  }

  /** Reads all there is; false when there was nothing. */
  private async readAll(file: OpenFile, stop: AbortSignal): Promise<boolean> {
    const { delivery } = this.options
    let progressed = false
    while (!stop.aborted) {
      await delivery.room()
      if (isAborted(stop) || !(await this.readSome(file, false))) break
      progressed = true
    }
    return progressed
  }

  /** What stands without a newline at the end of a file nobody writes to any more is a line. */
  private async readRest(file: OpenFile): Promise<void> {
    await this.readSome(file, true)
  }

  private async readSome(file: OpenFile, rest: boolean): Promise<boolean> {
    if (file.encoding === undefined && !(await this.detect(file, rest))) return false
    const { handle, offset, encoding } = file
    for (;;) {
      const past = file.past.at(offset)
      const wanted = Math.min(this.buffer.length, past === undefined ? Infinity : past.end - offset)
      const { bytesRead } = await handle.read(this.buffer, 0, wanted, offset)
      if (bytesRead === 0) return false
      if (file.signature.length < 1024) file.signature = await readSignature(handle, offset + bytesRead)
      const bytes = this.buffer.subarray(0, bytesRead)
      const tooLong = bytesRead > longestLine + 4
      const wasWhole = past !== undefined && offset + bytesRead === past.end
      const stretch = { bytes, length: bytesRead, encoding: encoding!, rest: rest || tooLong || wasWhole, past }
      const taken = this.lines.take(stretch, (count) => {
        file.offset = offset + count
        return this.positionOf(file)
      })
      if (taken > 0) {
        this.offset = file.offset
        this.options.onProgress(file.offset, offset + bytesRead)
        return true
      }
      if (bytesRead < this.buffer.length) return false
      this.buffer = Buffer.allocUnsafeSlow(Math.min(this.buffer.length * 4, longestLine + 64 * 1024))
    }
  }

  /** The encoding shows in the first bytes, which have to be there. */
  private async detect(file: OpenFile, rest: boolean): Promise<boolean> {
    const first = Buffer.alloc(markBytes)
    const { bytesRead } = await file.handle.read(first, 0, markBytes, 0)
    if (bytesRead === 0 || (bytesRead < markBytes && !rest && first[0] >= 0xef)) return false
    file.encoding = detectEncoding(this.options.encoding, first.subarray(0, bytesRead))
    if (file.offset === 0) file.offset = file.encoding.markLength
    return true
  }

  /** Shorter than what was read of it, or beginning otherwise than it did. */
  private async wasRewritten(file: OpenFile, size: number): Promise<boolean> {
    if (size < file.offset) return true
    return file.signature.length > 0 && !(await stillBeginsWith(file.handle, file.signature))
  }

  private startOver(file: OpenFile): void {
    file.offset = 0
    file.encoding = undefined
    file.signature = { length: 0, sum: 0 }
    file.past = new PastReads(undefined)
    this.offset = 0
  }

  private positionOf(file: OpenFile): FilePosition {
    const { offset, signature, device, inode } = file
    return { offset, signature, device, inode, underWay: [] }
  }

  private async tryOpen(position: FilePosition | undefined, seenBefore: boolean): Promise<OpenFile | undefined> {
    try {
      const handle = await open(this.options.path, 'r')
      const status = await handle.stat()
      if (!status.isFile()) {
        await handle.close()
        this.lastError = `${this.options.path} is not a regular file`
        return undefined
      }
      this.lastError = ''
      return await this.placeIn(handle, status, position, seenBefore)
    } catch (error) {
      this.lastError = error instanceof Error ? error.message : String(error)
      return undefined
    }
  }

  private async placeIn(
    handle: FileHandle,
    status: Stats,
    position: FilePosition | undefined,
    seenBefore: boolean,
  ): Promise<OpenFile> {
    const file: OpenFile = {
      handle,
      device: status.dev,
      inode: status.ino,
      encoding: undefined,
      signature: { length: 0, sum: 0 },
      offset: 0,
      past: new PastReads(undefined),
      size: -1,
      modifiedMs: -1,
    }
    const known = position && position.offset <= status.size && (await stillBeginsWith(handle, position.signature))
    if (known) {
      file.offset = position.offset
      file.signature = position.signature
      file.past = new PastReads(position)
    } else if (!seenBefore && this.options.fromEnd) {
      file.offset = status.size
      file.signature = await readSignature(handle, status.size)
    }
    this.offset = file.offset
    return file
  }

  /** A file that was renamed while nobody read is found again by its inode number, and read to its end first. */
  private async finishRenamed(position: FilePosition, stop: AbortSignal): Promise<void> {
    const path = await findRenamed(this.options.path, position)
    if (path === undefined) return
    const handle = await open(path, 'r').catch(() => undefined)
    if (!handle) return
    try {
      const file = await this.placeIn(handle, await handle.stat(), position, true)
      await this.readAll(file, stop)
      if (!stop.aborted) await this.readRest(file)
    } finally {
      await handle.close()
    }
  }

  private async pause(ms: number, stop: AbortSignal): Promise<void> {
    const wake = new AbortController()
    this.wake = wake
    if (!this.released) await this.options.clock.sleep(ms, AbortSignal.any([stop, wake.signal]))
  }
}

const mostSiblings = 10_000

/** The other name of the file a position belongs to, when another file has taken its place. */
async function findRenamed(path: string, position: FilePosition): Promise<string | undefined> {
  if (position.signature.length === 0) return undefined
  const current = await stat(path).catch(() => undefined)
  if (current?.dev === position.device && current.ino === position.inode) return undefined
  const directory = dirname(path)
  const names = (await readdir(directory).catch(() => [])).slice(0, mostSiblings)
  for (const name of names) {
    if (!name.startsWith(basename(path).replace(/\.[^.]*$/, ''))) continue
    const candidate = join(directory, name)
    const status = await stat(candidate).catch(() => undefined)
    if (!status?.isFile() || status.dev !== position.device || status.ino !== position.inode) continue
    if (status.size < position.offset) continue
    const handle = await open(candidate, 'r').catch(() => undefined)
    if (!handle) continue
    const same = await stillBeginsWith(handle, position.signature).finally(() => handle.close())
    if (same) return candidate
  }
  return undefined
}

/** Asked again after waiting, which the compiler cannot see. */
const isAborted = (stop: AbortSignal): boolean => stop.aborted
