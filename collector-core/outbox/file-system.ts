// What the outbox asks of a file system. Nothing written is taken to survive a power cut before `sync` (contents) or
// `syncDirectory` (names) has returned.

/** An open file; positions are absolute, there is no shared offset. */
export interface OpenFile {
  /** Fills `into` from `position` and returns the bytes read: fewer than asked only at the end of the file. */
  read(into: Uint8Array, position: number): Promise<number>
  /** Writes all of `bytes`, or rejects with some of them written. */
  write(bytes: Uint8Array, position: number): Promise<void>
  /** Makes contents and size durable. After a rejection nothing since the last success may be believed. */
  sync(): Promise<void>
  truncate(size: number): Promise<void>
  close(): Promise<void>
}

export interface FileEntry {
  readonly name: string
  readonly size: number
}

/** Exclusive use of a directory; it ends with the process at the latest. */
export interface DirectoryLock {
  release(): Promise<void>
}

/** Somebody else has the directory; `holder` says who, for people. */
export interface LockHeld {
  readonly holder: string
}

/** The calls an outbox makes; rejections are Node-like errors with a `code`. Paths use `/`. */
export interface FileSystem {
  /** Creates the directory with its parents, readable by the owner only; existing is fine. */
  makeDirectory(path: string): Promise<void>
  /** The plain files of a directory; none when it does not exist. */
  list(path: string): Promise<readonly FileEntry[]>
  /** `create` empties or makes the file, `update` makes it when absent and keeps contents, `read` needs it to exist. */
  open(path: string, mode: 'create' | 'update' | 'read'): Promise<OpenFile>
  /** Bytes of a file; undefined when there is none. */
  size(path: string): Promise<number | undefined>
  /** Replaces `to` atomically. */
  rename(from: string, to: string): Promise<void>
  /** A second name for the same contents, or a copy where the file system has no links. */
  copy(from: string, to: string): Promise<void>
  remove(path: string): Promise<void>
  syncDirectory(path: string): Promise<void>
  lock(directory: string, holder: string): Promise<DirectoryLock | LockHeld>
}

/** The `code` of a file system error, such as `ENOSPC`; empty for anything else. */
export function errorCode(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : ''
}

/** A file system error in a few words. */
export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** Whether the disk says that what is stored there cannot be read; other errors may pass. */
export function isUnreadable(error: unknown): boolean {
  return errorCode(error) === 'EIO'
}
