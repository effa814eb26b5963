// Where readers stand, on disk. Changes are appended to a journal within milliseconds, so that a killed process repeats
// next to nothing, and synced in groups; a snapshot written beside it and renamed keeps the journal short.
//
// positions.json       {"version":1,"generation":G,"positions":{KEY:POSITION,…}}
// positions.G.journal  lines of CRC32 (8 hex digits) SP [KEY,POSITION | null] LF; the last one of a key counts
import {
  closeSync,
  fdatasync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { crc32 } from 'node:zlib'
import type { Clock, Timer } from '../runtime/clock.ts'
import type { Logger } from '../runtime/logger.ts'

export interface PositionFileOptions<P> {
  readonly directory: string
  readonly clock: Clock
  readonly log: Logger
  /** Checks what was read back; undefined leaves the entry out. */
  readonly decode: (value: unknown) => P | undefined
  /** How long a change may wait to be appended, so that many share one write. Default 20 ms. */
  readonly appendMs?: number
  /** How long an appended change may wait to be synced. Default 1 s. */
  readonly syncMs?: number
}

const snapshotName = 'positions.json'
const longestJournal = 1024 * 1024
const syncData = promisify(fdatasync)

/** Reads what is there and opens it for changes. Unreadable entries are reported, left out and do not stop anything. */
export function openPositions<P>(options: PositionFileOptions<P>): PositionFile<P> {
  return new PositionFile(options)
}

export class PositionFile<P> {
  private readonly options: PositionFileOptions<P>
  private readonly positions = new Map<string, P>()
  private readonly dirty = new Set<string>()
  /** Appended since the snapshot now being written was begun. */
  private changedSince: Set<string> | undefined
  private generation = 0
  private journal: number
  private journalBytes = 0
  private appendTimer: Timer | undefined
  private syncTimer: Timer | undefined
  private lastAppend = -Infinity
  private syncing: Promise<void> = Promise.resolve()
  private failing = false
  /** The journal ends in the middle of an entry: the process died while writing it. */
  private torn = false
  private closed = false

  constructor(options: PositionFileOptions<P>) {
    this.options = options
    this.load()
    this.journal = openSync(this.journalPath(), 'a')
    if (this.torn) writeSync(this.journal, '\n')
  }

  get(key: string): P | undefined {
    return this.positions.get(key)
  }

  keys(): readonly string[] {
    return [...this.positions.keys()]
  }

  /** Remembers a position. It is in the journal within `appendMs` and on the disk within `syncMs` more. */
  set(key: string, position: P): void {
    this.positions.set(key, position)
    this.changed(key)
  }

  /** As `set`, in the journal when this returns: what happens next may not happen twice. */
  setNow(key: string, position: P): void {
    this.positions.set(key, position)
    if (this.closed) return
    this.dirty.add(key)
    this.append()
  }

  delete(key: string): void {
    if (this.positions.delete(key)) this.changed(key)
  }

  /** Writes everything, synced, and lets go of the files. */
  async close(): Promise<void> {
    if (this.closed) return
    this.append()
    this.closed = true
    this.syncTimer?.cancel()
    await this.syncing
    try {
      await this.snapshot()
    } catch (error) {
      this.report(error)
    }
    closeSync(this.journal)
  }

  private changed(key: string): void {
    if (this.closed) return
    this.dirty.add(key)
    if (this.appendTimer) return
    const { clock, appendMs = 20 } = this.options
    const wait = this.lastAppend + appendMs - clock.monotonic()
    if (wait <= 0) this.append()
    else this.appendTimer = clock.after(wait, () => this.append())
  }

  private append(): void {
    this.appendTimer?.cancel()
    this.appendTimer = undefined
    if (this.dirty.size === 0 || this.closed) return
    this.lastAppend = this.options.clock.monotonic()
    try {
      this.journalBytes += writeSync(this.journal, this.entries(this.dirty))
      for (const key of this.dirty) this.changedSince?.add(key)
      this.dirty.clear()
      this.recovered()
    } catch (error) {
      this.report(error)
    }
    this.syncTimer ??= this.options.clock.after(this.options.syncMs ?? 1000, () => {
      this.syncTimer = undefined
      this.syncing = this.syncing.then(() => this.sync())
    })
  }

  private async sync(): Promise<void> {
    try {
      if (this.dirty.size > 0) this.append()
      if (this.journalBytes > longestJournal && !this.closed) await this.snapshot()
      else await syncData(this.journal)
    } catch (error) {
      this.report(error)
    }
  }

  /**
   * Writes all positions under the next generation. Until the rename the old snapshot and journal are complete, after it
   * the new ones are: what changed while the snapshot was being written opens the new journal.
   */
  private async snapshot(): Promise<void> {
    const { directory } = this.options
    const path = join(directory, snapshotName)
    const generation = this.generation + 1
    this.changedSince = new Set()
    const file = await open(`${path}.new`, 'w')
    try {
      const positions = Object.fromEntries(this.positions)
      await file.writeFile(`${JSON.stringify({ version: 1, generation, positions })}\n`)
      await file.sync()
    } finally {
      await file.close()
    }
    this.append()
    const journal = openSync(join(directory, journalName(generation)), 'a')
    try {
      const text = this.entries(this.changedSince)
      this.journalBytes = text === '' ? 0 : writeSync(journal, text)
      renameSync(`${path}.new`, path)
    } catch (error) {
      closeSync(journal)
      unlinkSync(join(directory, journalName(generation)))
      throw error
    } finally {
      this.changedSince = undefined
    }
    closeSync(this.journal)
    rmSync(this.journalPath(), { force: true })
    this.journal = journal
    this.generation = generation
    await syncData(journal)
    await syncDirectory(directory)
  }

  private entries(keys: Iterable<string>): string {
    let text = ''
    for (const key of keys) {
      const entry = JSON.stringify([key, this.positions.get(key) ?? null])
      text += `${crc32(entry).toString(16).padStart(8, '0')} ${entry}\n`
    }
    return text
  }

  private load(): void {
    const { directory, log } = this.options
    let skipped = this.readSnapshot()
    let journal = ''
    try {
      journal = readFileSync(this.journalPath(), 'utf8')
    } catch (error) {
      if (!isMissing(error)) throw error
    }
    this.journalBytes = journal.length
    this.torn = journal !== '' && !journal.endsWith('\n')
    for (const line of journal.split('\n')) if (line !== '' && !this.replay(line)) skipped++
    if (skipped > 0) {
      log.warn('some positions could not be read, those logs are read again from their start', { directory, skipped })
    }
    for (const name of readdirSync(directory)) {
      const stale = /^positions\.(\d+)\.journal$/.exec(name)
      if (stale && Number(stale[1]) !== this.generation) rmSync(join(directory, name), { force: true })
    }
  }

  /** Gives the number of entries it had to leave out. */
  private readSnapshot(): number {
    let text: string
    try {
      text = readFileSync(join(this.options.directory, snapshotName), 'utf8')
    } catch (error) {
      if (isMissing(error)) return 0
      throw error
    }
    let skipped = 0
    try {
      const { generation, positions } = JSON.parse(text) as { generation: number; positions: Record<string, unknown> }
      this.generation = Number.isSafeInteger(generation) ? generation : 0
      for (const [key, value] of Object.entries(positions)) if (!this.take(key, value)) skipped++
    } catch {
      return 1
    }
    return skipped
  }

  private replay(line: string): boolean {
    const entry = line.slice(9)
    if (Number.parseInt(line.slice(0, 8), 16) !== crc32(entry)) return false
    if (!entry.startsWith('["')) return false
    const [key, value] = JSON.parse(entry) as [string, unknown]
    if (value !== null) return this.take(key, value)
    this.positions.delete(key)
    return true
  }

  private take(key: string, value: unknown): boolean {
    const position = this.options.decode(value)
    if (position === undefined) return false
    this.positions.set(key, position)
    return true
  }

  private journalPath(): string {
    return join(this.options.directory, journalName(this.generation))
  }

  private report(error: unknown): void {
    if (this.failing) return
    this.failing = true
    this.options.log.error('cannot save how far logs were read; after a restart lines since now will be sent twice', {
      directory: this.options.directory,
      error: error instanceof Error ? error.message : String(error),
    })
  }

  private recovered(): void {
    if (this.failing) this.options.log.info('positions are saved again', { directory: this.options.directory })
    this.failing = false
  }
}

const journalName = (generation: number): string => `positions.${generation}.journal`

const isMissing = (error: unknown): boolean => (error as { code?: unknown }).code === 'ENOENT'

async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const directory = await open(path, 'r')
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}
