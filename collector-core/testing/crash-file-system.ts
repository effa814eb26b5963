// A disk in memory that knows what would survive a power cut: contents since a file's last sync and names since a
// directory's last sync may be lost in any part, as on a real disk.
import type { FileEntry, FileSystem, LockHeld, OpenFile } from '../outbox/file-system.ts'

/** The calls a test may count, fail or crash at. */
export type FileOperation =
  | 'makeDirectory'
  | 'list'
  | 'open'
  | 'size'
  | 'rename'
  | 'copy'
  | 'remove'
  | 'syncDirectory'
  | 'lock'
  | 'read'
  | 'write'
  | 'sync'
  | 'truncate'

const sectorBytes = 512

interface Inode {
  content: Buffer
  /** What a power cut leaves for sure. */
  durable: Buffer
  /** Since then, in order; a failed sync leaves them here for good, because the system forgets to write them again. */
  pending: ((content: Buffer, random: () => number) => Buffer)[]
  forgotten: number
}

type NameChange = (names: Map<string, Inode>) => void

/** An error as Node reports it. */
export function fileError(code: string): Error {
  return Object.assign(new Error(`${code}: injected`), { code })
}

/** A file system for tests of durability; directories exist as soon as they are named. */
export class CrashFileSystem implements FileSystem {
  /** Calls made so far. */
  operations = 0
  /** Asked before each call; an error it returns is what the call rejects with. */
  fault: (operation: FileOperation, path: string) => Error | undefined = () => undefined
  /** The call, counted from 1, at which the process dies: that one and all later ones never return. */
  crashAt = Infinity
  /** Whether the crash point was reached. */
  crashed = false
  /** Called once when it is. */
  onCrash: () => void = () => undefined
  /** Bytes all files may take together. */
  capacity = Infinity
  private names = new Map<string, Inode>()
  private durableNames = new Map<string, Inode>()
  private pendingNames: { readonly directory: string; readonly change: NameChange }[] = []
  private locks = new Set<string>()

  /** What a new process finds after a power cut; this one is dead from then on. `random` decides what is lost. */
  powerCut(random: () => number): CrashFileSystem {
    const names = new Map(this.durableNames)
    for (const { change } of this.pendingNames) if (random() < 0.5) change(names)
    return this.successor(names, (inode) => {
      let content = inode.durable
      for (const change of inode.pending) if (random() < 0.7) content = change(content, random)
      return content
    })
  }

  /** What a new process finds after this one was killed: the system still has what was written, durable or not. */
  killed(): CrashFileSystem {
    this.crashed = true
    const next = new CrashFileSystem()
    next.capacity = this.capacity
    next.names = this.names
    next.durableNames = this.durableNames
    next.pendingNames = this.pendingNames
    return next
  }

  /** The contents of a file as a reader sees them. */
  contents(path: string): Buffer | undefined {
    return this.names.get(path)?.content
  }

  /** Replaces a file, durably; undefined removes it. */
  plant(path: string, content: Uint8Array | undefined): void {
    if (content === undefined) {
      this.names.delete(path)
      this.durableNames.delete(path)
      return
    }
    const bytes = Buffer.from(content)
    const inode = { content: bytes, durable: bytes, pending: [], forgotten: 0 }
    this.names.set(path, inode)
    this.durableNames.set(path, inode)
  }

  paths(): string[] {
    return [...this.names.keys()].sort()
  }

  async makeDirectory(path: string): Promise<void> {
    await this.enter('makeDirectory', path)
  }

  async list(path: string): Promise<readonly FileEntry[]> {
    await this.enter('list', path)
    const inside = [...this.names].filter(([name]) => directoryOf(name) === path)
    return inside.map(([name, { content }]) => ({ name: name.slice(path.length + 1), size: content.length }))
  }

  async open(path: string, mode: 'create' | 'update' | 'read'): Promise<OpenFile> {
    await this.enter('open', path)
    let inode = this.names.get(path)
    if (inode === undefined) {
      if (mode === 'read') throw fileError('ENOENT')
      inode = { content: Buffer.alloc(0), durable: Buffer.alloc(0), pending: [], forgotten: 0 }
      this.changeNames(path, (names, created) => names.set(path, created), inode)
    } else if (mode === 'create') {
      this.resize(inode, 0)
    }
    return this.handle(path, inode)
  }

  async size(path: string): Promise<number | undefined> {
    await this.enter('size', path)
    return this.names.get(path)?.content.length
  }

  async rename(from: string, to: string): Promise<void> {
    await this.enter('rename', from)
    const inode = this.existing(from)
    this.changeNames(from, (names, moved) => void (names.delete(from), names.set(to, moved)), inode)
  }

  async copy(from: string, to: string): Promise<void> {
    await this.enter('copy', from)
    if (this.names.has(to)) throw fileError('EEXIST')
    this.changeNames(to, (names, linked) => names.set(to, linked), this.existing(from))
  }

  async remove(path: string): Promise<void> {
    await this.enter('remove', path)
    this.changeNames(path, (names) => names.delete(path), this.existing(path))
  }

  async syncDirectory(path: string): Promise<void> {
    await this.enter('syncDirectory', path)
    for (const { change } of this.pendingNames.filter(({ directory }) => directory === path)) change(this.durableNames)
    this.pendingNames = this.pendingNames.filter(({ directory }) => directory !== path)
  }

  async lock(directory: string): Promise<{ release(): Promise<void> } | LockHeld> {
    await this.enter('lock', directory)
    if (this.locks.has(directory)) return { holder: 'another test (process 42)' }
    this.locks.add(directory)
    return { release: async () => void this.locks.delete(directory) }
  }

  private handle(openedAs: string, inode: Inode): OpenFile {
    const now = (): string => [...this.names].find(([, other]) => other === inode)?.[0] ?? openedAs
    return {
      read: async (into, position) => {
        await this.enter('read', now())
        return inode.content.subarray(position).copy(into)
      },
      write: async (bytes, position) => {
        // The call that dies may still have reached the disk.
        const kept = Buffer.from(bytes)
        if (!this.crashed && this.operations + 1 === this.crashAt) this.overwrite(inode, kept, position)
        await this.enter('write', now())
        const room = this.capacity - this.used() + Math.max(0, inode.content.length - position)
        this.overwrite(inode, kept.subarray(0, Math.max(0, room)), position)
        if (room < kept.length) throw fileError('ENOSPC')
      },
      sync: async () => {
        try {
          await this.enter('sync', now())
        } catch (error) {
          inode.forgotten = inode.pending.length
          throw error
        }
        this.makeDurable(inode)
      },
      truncate: async (size) => {
        await this.enter('truncate', now())
        this.resize(inode, size)
      },
      close: async () => undefined,
    }
  }

  private async enter(operation: FileOperation, path: string): Promise<void> {
    if (this.crashed || ++this.operations >= this.crashAt) {
      if (!this.crashed) this.onCrash()
      this.crashed = true
      await new Promise(() => undefined)
    }
    const error = this.fault(operation, path)
    if (error) throw error
  }

  private existing(path: string): Inode {
    const inode = this.names.get(path)
    if (inode === undefined) throw fileError('ENOENT')
    return inode
  }

  private used(): number {
    return [...this.names.values()].reduce((sum, { content }) => sum + content.length, 0)
  }

  private changeNames(path: string, change: (names: Map<string, Inode>, inode: Inode) => void, inode: Inode): void {
    change(this.names, inode)
    this.pendingNames.push({ directory: directoryOf(path), change: (names) => change(names, inode) })
  }

  private overwrite(inode: Inode, bytes: Buffer, position: number): void {
    inode.content = withBytes(inode.content, bytes, position)
    inode.pending.push((content, random) => {
      if (random() < 0.5) return withBytes(content, bytes, position)
      let result = content
      for (let at = 0; at < bytes.length; at += sectorBytes) {
        if (random() < 0.5) result = withBytes(result, bytes.subarray(at, at + sectorBytes), position + at)
      }
      return result
    })
  }

  private resize(inode: Inode, size: number): void {
    inode.content = resized(inode.content, size)
    inode.pending.push((content) => resized(content, size))
  }

  // What a failed sync forgot stays visible until the power cut and is never written by a later sync.
  private makeDurable(inode: Inode): void {
    const forgotten = inode.pending.slice(0, inode.forgotten)
    for (const change of inode.pending.slice(inode.forgotten)) inode.durable = change(inode.durable, () => 0)
    inode.pending = forgotten
  }

  private successor(names: Map<string, Inode>, content: (inode: Inode) => Buffer): CrashFileSystem {
    this.crashed = true
    const next = new CrashFileSystem()
    next.capacity = this.capacity
    const seen = new Map<Inode, Inode>()
    for (const [name, inode] of names) {
      const bytes = content(inode)
      const survivor = seen.get(inode) ?? { content: bytes, durable: bytes, pending: [], forgotten: 0 }
      seen.set(inode, survivor)
      next.names.set(name, survivor)
      next.durableNames.set(name, survivor)
    }
    return next
  }
}

function directoryOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'))
}

function withBytes(content: Buffer, bytes: Buffer, position: number): Buffer {
  const result = Buffer.alloc(Math.max(content.length, position + bytes.length))
  content.copy(result)
  bytes.copy(result, position)
  return result
}

function resized(content: Buffer, size: number): Buffer {
  const result = Buffer.alloc(size)
  content.copy(result, 0, 0, size)
  return result
}
