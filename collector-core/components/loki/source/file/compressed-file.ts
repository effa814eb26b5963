import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import { createGunzip, createInflate } from 'node:zlib'
import { readSignature, stillBeginsWith } from './file-position.ts'
import type { FilePosition } from './file-position.ts'
import type { FileTailerOptions } from './file-tailer.ts'
import { LineReader, longestLine } from './line-reader.ts'
import { PastReads } from './past-reads.ts'
import { detectEncoding, markBytes } from './text-encoding.ts'

export interface CompressedOptions extends FileTailerOptions {
  readonly format: 'gz' | 'z'
  readonly initialDelayMs: number
}

const lookMs = 5_000
const longestPauseMs = 10_000

/** Reads a compressed file once to its end, its last line without newline included; again when another one replaces it. */
export class CompressedFile {
  offset = 0
  running = false
  lastError = ''
  private readonly options: CompressedOptions
  private readonly lines: LineReader
  private position: FilePosition | undefined
  private released = false
  private wake: AbortController | undefined

  constructor(options: CompressedOptions) {
    this.options = options
    this.lines = new LineReader(options)
    this.position = options.position
  }

  async run(stop: AbortSignal): Promise<void> {
    await this.pause(this.options.initialDelayMs, stop)
    let done = ''
    let failures = 0
    while (!stop.aborted && !this.released) {
      const before = await stat(this.options.path).catch(() => undefined)
      const identity = before && `${before.ino} ${before.size} ${before.mtimeMs}`
      if (identity === undefined || identity === done) {
        await this.pause(lookMs, stop)
        continue
      }
      try {
        this.running = true
        await this.readOnce(stop)
        done = identity
        failures = 0
        this.lastError = ''
      } catch (error) {
        this.lastError = error instanceof Error ? error.message : String(error)
        await this.pause(Math.min(longestPauseMs, 1000 * 2 ** Math.min(failures++, 10)), stop)
      } finally {
        this.running = false
      }
    }
  }

  release(): void {
    this.released = true
    this.wake?.abort()
  }

  retain(): void {
    this.released = false
  }

  private async readOnce(stop: AbortSignal): Promise<void> {
    const reached = await this.locate()
    const skip = reached.offset
    const raw = createReadStream(this.options.path)
    const text = this.options.format === 'gz' ? createGunzip() : createInflate()
    const failure: { error?: Error } = {}
    pipeline(raw, text, (error) => (failure.error = error ?? undefined))
    let held: Buffer = Buffer.alloc(0)
    let start = 0
    const pastReads = new PastReads(reached)
    const takeOnce = (rest: boolean): boolean => {
      const encoding = detectEncoding(
        this.options.encoding,
        start === 0 ? held.subarray(0, markBytes) : Buffer.alloc(0),
      )
      const base = start
      const past = pastReads.at(base)
      const length = Math.min(held.length, past === undefined ? Infinity : past.end - base)
      const ends = past === undefined ? rest : base + length === past.end
      const stretch = { bytes: held, length, encoding, rest: ends || length > longestLine + 4, past }
      const taken = this.lines.take(stretch, (count) => {
        this.offset = base + count
        this.position = { ...reached, offset: base + count, underWay: [] }
        return this.position
      })
      held = held.subarray(taken)
      start += taken
      return taken > 0 && past !== undefined && held.length > 0
    }
    const take = (rest: boolean): void => {
      while (takeOnce(rest));
    }
    try {
      for await (const chunk of text as AsyncIterable<Buffer>) {
        if (stop.aborted || this.released) return
        held = held.length === 0 ? chunk : Buffer.concat([held, chunk])
        const drop = Math.min(held.length, Math.max(0, skip - start))
        held = held.subarray(drop)
        start += drop
        if (held.length > 0) take(false)
        this.options.onProgress(this.offset, raw.bytesRead)
        await this.options.delivery.room()
      }
      if (held.length > 0 && !stop.aborted) take(true)
    } finally {
      raw.destroy()
      text.destroy()
    }
    if (failure.error) throw failure.error
  }

  /** Where to go on in the file that is there now: at its start, unless it is the one read before. */
  private async locate(): Promise<FilePosition> {
    const handle = await open(this.options.path, 'r')
    try {
      const { dev: device, ino: inode } = await handle.stat()
      const { position } = this
      const known = position !== undefined && (await stillBeginsWith(handle, position.signature))
      const { offset, underWay } = known ? position : { offset: 0, underWay: [] }
      return { offset, signature: await readSignature(handle, 1024), device, inode, underWay }
    } finally {
      await handle.close()
    }
  }

  private async pause(ms: number, stop: AbortSignal): Promise<void> {
    const wake = new AbortController()
    this.wake = wake
    if (!this.released && ms > 0) await this.options.clock.sleep(ms, AbortSignal.any([stop, wake.signal]))
  }
}
