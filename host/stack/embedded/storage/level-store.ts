import { mkdirSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { ClassicLevel } from 'classic-level'
import { WeirError } from '../../../../collector-core/weir-error.ts'
import type { Changes, KeyValueStore, Pair } from './key-value-store.ts'
import { StoreFailure } from './store-failure.ts'

type Level = ClassicLevel<Uint8Array, Uint8Array>
type Operation = { type: 'put'; key: Uint8Array; value: Uint8Array } | { type: 'del'; key: Uint8Array }

const openOptions = { writeBufferSize: 16 * 1024 * 1024, cacheSize: 16 * 1024 * 1024, maxOpenFiles: 200 }
const piece = 1000
const pieceBytes = 1024 * 1024
/** Writes that wait for the disk go together, up to about this many bytes. */
const groupBytes = 8 * 1024 * 1024

/** Opens LevelDB in a directory, repairing what a crash of the machine may have damaged. */
export async function openLevelStore(directory: string): Promise<KeyValueStore> {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const level = new ClassicLevel<Uint8Array, Uint8Array>(directory, { keyEncoding: 'view', valueEncoding: 'view' })
  try {
    await level.open(openOptions)
  } catch (error) {
    if (causeCode(error) === 'LEVEL_LOCKED') {
      throw new WeirError(
        'storage_locked',
        `another process uses the data in ${directory}`,
        'Stop it, or name another directory with --storage.path.',
        { cause: error },
      )
    }
    await ClassicLevel.repair(directory).catch(() => undefined)
    try {
      await level.open(openOptions)
    } catch (again) {
      throw new WeirError(
        'storage_unusable',
        `the data in ${directory} cannot be opened: ${again instanceof Error ? again.message : String(again)}`,
        'Check the permissions and the free space, or move the directory away to start empty.',
        { cause: again },
      )
    }
  }
  return new LevelStore(level, directory)
}

function causeCode(error: unknown): unknown {
  const cause = error instanceof Error ? error.cause : undefined
  return typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined
}

/** LevelDB needs room to tidy up and to open; without it not even reading works. */
const reserveBytes = 64 * 1024 * 1024
const lookEveryMs = 1_000

class NoRoom extends Error {
  constructor() {
    super('less than 64 MiB are free on the disk of the data; make room, or lower --retention.size')
  }
}

interface Waiting {
  readonly changes: Changes
  readonly bytes: number
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

class LevelStore implements KeyValueStore {
  private readonly level: Level
  private readonly directory: string
  private waiting: Waiting[] = []
  private writing: Promise<void> | undefined
  /** After a failed write LevelDB takes no more until it is opened again. */
  private failed = false
  private freeBytes = Infinity
  private lookedAt = -Infinity

  constructor(level: Level, directory: string) {
    this.level = level
    this.directory = directory
  }

  write(changes: Changes): Promise<void> {
    const bytes = changes.puts.reduce((sum, [key, value]) => sum + key.length + value.length, 0)
    const written = new Promise<void>((resolve, reject) => this.waiting.push({ changes, bytes, resolve, reject }))
    this.writing ??= this.writeAll()
    return written
  }

  all(from: Uint8Array, to: Uint8Array): Promise<readonly Pair[]> {
    return this.level.iterator({ gte: from, lt: to, highWaterMarkBytes: pieceBytes, fillCache: true }).all()
  }

  async *scan(from: Uint8Array, to: Uint8Array, reverse = false): AsyncIterable<readonly Pair[]> {
    const iterator = this.level.iterator({ gte: from, lt: to, reverse, highWaterMarkBytes: pieceBytes })
    try {
      for (let got = await iterator.nextv(piece); got.length > 0; got = await iterator.nextv(piece)) yield got
    } finally {
      await iterator.close()
    }
  }

  async firstKey(from: Uint8Array, to: Uint8Array): Promise<Uint8Array | undefined> {
    const keys = await this.level.keys({ gte: from, lt: to, limit: 1 }).all()
    return keys.at(0)
  }

  reclaim(from: Uint8Array, to: Uint8Array): Promise<void> {
    return this.level.compactRange(from, to)
  }

  sizeOf(from: Uint8Array, to: Uint8Array): Promise<number> {
    return this.level.approximateSize(from, to)
  }

  async close(): Promise<void> {
    while (this.writing !== undefined) await this.writing
    await this.level.close()
  }

  private async writeAll(): Promise<void> {
    while (this.waiting.length > 0) {
      const group = this.takeGroup()
      try {
        if (group.some(({ changes }) => changes.puts.length > 0)) await this.checkRoom()
        if (this.failed) await this.reopen()
        const operations: Operation[] = []
        for (const { changes } of group) {
          for (const [from, to] of changes.deleteRanges ?? []) {
            for (const key of await this.level.keys({ gte: from, lt: to }).all()) operations.push({ type: 'del', key })
          }
          for (const [key, value] of changes.puts) operations.push({ type: 'put', key, value })
        }
        await this.level.batch(operations, { sync: true })
        for (const { resolve } of group) resolve()
      } catch (error) {
        this.failed ||= !(error instanceof NoRoom)
        for (const { reject } of group) reject(new StoreFailure(error))
      }
    }
    this.writing = undefined
  }

  private async checkRoom(): Promise<void> {
    if (performance.now() - this.lookedAt > lookEveryMs) {
      const { bavail, bsize } = await statfs(this.directory)
      this.freeBytes = bavail * bsize
      this.lookedAt = performance.now()
    }
    if (this.freeBytes < reserveBytes) throw new NoRoom()
  }

  private async reopen(): Promise<void> {
    if (this.level.status === 'open') await this.level.close()
    await this.level.open(openOptions)
    this.failed = false
  }

  /** What is written together. A removal begins a group: it has to see on disk what was written before it. */
  private takeGroup(): Waiting[] {
    let bytes = 0
    let count = 0
    for (; count < this.waiting.length; count++) {
      const next = this.waiting[count]
      if (count > 0 && (bytes >= groupBytes || next.changes.deleteRanges !== undefined)) break
      bytes += next.bytes
    }
    return this.waiting.splice(0, count)
  }
}
