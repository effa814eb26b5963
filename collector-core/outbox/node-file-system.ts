// The real disk. Callback calls of node:fs are wrapped by hand: they cost about half of what node:fs/promises does.
import fs from 'node:fs'
import { copyFile, link, mkdir, readdir, rename, stat, unlink } from 'node:fs/promises'
import { lockDirectory } from './directory-lock.ts'
import { errorCode } from './file-system.ts'
import type { FileEntry, FileSystem, OpenFile } from './file-system.ts'

const { O_CREAT, O_RDONLY, O_RDWR, O_TRUNC } = fs.constants
const flags = { create: O_RDWR | O_CREAT | O_TRUNC, update: O_RDWR | O_CREAT, read: O_RDONLY }

class NodeFile implements OpenFile {
  private readonly descriptor: number

  constructor(descriptor: number) {
    this.descriptor = descriptor
  }

  async read(into: Uint8Array, position: number): Promise<number> {
    let done = 0
    while (done < into.length) {
      const count = await settled<number>((call) =>
        fs.read(this.descriptor, into, done, into.length - done, position + done, call),
      )
      if (count === 0) break
      done += count
    }
    return done
  }

  async write(bytes: Uint8Array, position: number): Promise<void> {
    let done = 0
    while (done < bytes.length) {
      done += await settled<number>((call) =>
        fs.write(this.descriptor, bytes, done, bytes.length - done, position + done, call),
      )
    }
  }

  sync(): Promise<void> {
    return settled((call) => fs.fdatasync(this.descriptor, call))
  }

  truncate(size: number): Promise<void> {
    return settled((call) => fs.ftruncate(this.descriptor, size, call))
  }

  close(): Promise<void> {
    return settled((call) => fs.close(this.descriptor, call))
  }
}

/** The disk of this machine. */
export const nodeFileSystem: FileSystem = {
  async makeDirectory(path) {
    await mkdir(path, { recursive: true, mode: 0o700 })
  },

  async list(path) {
    const entries = await readdir(path, { withFileTypes: true }).catch((error: unknown) => {
      if (errorCode(error) === 'ENOENT') return []
      throw error
    })
    const files: FileEntry[] = []
    for (const { name } of entries.filter((entry) => entry.isFile())) {
      const size = await this.size(`${path}/${name}`)
      if (size !== undefined) files.push({ name, size })
    }
    return files
  },

  async open(path, mode) {
    return new NodeFile(await settled<number>((call) => fs.open(path, flags[mode], 0o600, call)))
  },

  async size(path) {
    try {
      return (await stat(path)).size
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return undefined
      throw error
    }
  },

  rename,

  async copy(from, to) {
    try {
      await link(from, to)
    } catch {
      await copyFile(from, to, fs.constants.COPYFILE_EXCL)
    }
  },

  remove: unlink,

  // Windows cannot open a directory; there the file system's own journal keeps names.
  async syncDirectory(path) {
    if (process.platform === 'win32') return
    const descriptor = await settled<number>((call) => fs.open(path, O_RDONLY, call))
    try {
      await settled((call) => fs.fsync(descriptor, call))
    } finally {
      await settled((call) => fs.close(descriptor, call))
    }
  },

  lock: lockDirectory,
}

type Callback<T> = (error: NodeJS.ErrnoException | null, value?: T) => void

function settled<T = void>(start: (call: Callback<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    start((error, value) => (error ? reject(error) : resolve(value as T)))
  })
}
