// Writes files so that at every moment the old or the new content is there whole, whatever dies in between.
import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import * as nodeFiles from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'

/** The part of `node:fs/promises` writing uses; tests pass one that fails. */
export type WritableFiles = Pick<
  typeof nodeFiles,
  'lstat' | 'readlink' | 'open' | 'rename' | 'unlink' | 'stat' | 'chmod' | 'chown'
>

const mostLinks = 40
/** The folder may not be written, or the file is a mount of its own: then it can only be written in place. */
const onlyInPlace = new Set(['EACCES', 'EPERM', 'EBUSY', 'EXDEV', 'EROFS'])

/**
 * Replaces the content of a file, or makes it (with `mode`, less the process's mask). Links are followed and stay links;
 * mode and, where permitted, owner stay. A file with several names, or in a folder that cannot be written, is written in
 * place. `check` runs right before the file changes and may throw.
 */
export async function writeFileAtomically(
  path: string,
  bytes: Uint8Array,
  options: { readonly mode?: number; readonly check?: () => Promise<void>; readonly files?: WritableFiles } = {},
): Promise<void> {
  const { mode = 0o666, check = () => Promise.resolve(), files = nodeFiles } = options
  const target = await followLinks(path, files)
  const before = await files.stat(target).catch(() => undefined)
  if (before !== undefined && before.nlink > 1) return writeInPlace(target, bytes, files, check)
  const beside = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}.tmp`)
  try {
    await writeNew(beside, bytes, mode, files)
    if (before !== undefined) {
      // Owner first: changing it may clear bits of the mode.
      await files.chown(beside, before.uid, before.gid).catch(() => undefined)
      await files.chmod(beside, before.mode & 0o7777)
    }
  } catch (error) {
    await files.unlink(beside).catch(() => undefined)
    if (before === undefined || !onlyInPlace.has(codeOf(error))) throw error
    return writeInPlace(target, bytes, files, check)
  }
  try {
    await check()
    await files.rename(beside, target)
  } catch (error) {
    await files.unlink(beside).catch(() => undefined)
    if (before === undefined || !onlyInPlace.has(codeOf(error))) throw error
    return writeInPlace(target, bytes, files, check)
  }
  await syncFolder(dirname(target), files)
}

async function followLinks(path: string, files: WritableFiles): Promise<string> {
  let target = path
  for (let hops = 0; hops < mostLinks; hops++) {
    const found = await files.lstat(target).catch(() => undefined)
    if (found === undefined || !found.isSymbolicLink()) return target
    target = resolve(dirname(target), await files.readlink(target))
  }
  throw Object.assign(new Error(`too many links behind ${path}`), { code: 'ELOOP' })
}

async function writeNew(path: string, bytes: Uint8Array, mode: number, files: WritableFiles): Promise<void> {
  const handle = await files.open(path, 'wx', mode)
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function writeInPlace(
  path: string,
  bytes: Uint8Array,
  files: WritableFiles,
  check: () => Promise<void>,
): Promise<void> {
  await check()
  const handle = await files.open(path, constants.O_RDWR)
  try {
    const before = await handle.readFile()
    try {
      await overwrite(handle, bytes)
    } catch (error) {
      // The disk may be full; what was there still fits.
      await overwrite(handle, before).catch(() => undefined)
      throw error
    }
  } finally {
    await handle.close()
  }
}

async function overwrite(handle: nodeFiles.FileHandle, bytes: Uint8Array): Promise<void> {
  for (let written = 0; written < bytes.length;) {
    written += (await handle.write(bytes, written, bytes.length - written, written)).bytesWritten
  }
  await handle.truncate(bytes.length)
  await handle.sync()
}

/** Not every system lets a folder be synced; the file is whole either way. */
async function syncFolder(path: string, files: WritableFiles): Promise<void> {
  const handle = await files.open(path, 'r').catch(() => undefined)
  await handle?.sync().catch(() => undefined)
  await handle?.close()
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
