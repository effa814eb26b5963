// One process per outbox directory. The lock is held by the kernel, so `kill -9` releases it and there is never a stale
// one to break: on Linux a listening socket in the abstract namespace, named after the directory's device and inode
// (it guards within one network namespace: two containers that share a volume are not kept apart); on macOS and Windows
// a lock file opened for exclusive use. `holder.json` only serves to name the holder.
import fs from 'node:fs'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { errorCode } from './file-system.ts'
import type { DirectoryLock, LockHeld } from './file-system.ts'

// What open(2) of macOS calls O_EXLOCK | O_NONBLOCK, and libuv on Windows UV_FS_O_EXLOCK.
const exclusiveFlags: Partial<Record<NodeJS.Platform, number>> = { darwin: 0x20 | 0x4, win32: 0x1000_0000 }

/** Takes the directory for this process, or says who has it. Rejects only when the directory cannot be used at all. */
export async function lockDirectory(directory: string, holder: string): Promise<DirectoryLock | LockHeld> {
  const lock = process.platform === 'linux' ? await bindName(directory) : await openExclusively(directory)
  if (lock === undefined) return { holder: await nameOfHolder(directory) }
  await writeFile(`${directory}/holder.json`, JSON.stringify({ pid: process.pid, holder }), { mode: 0o600 }).catch(
    () => undefined,
  )
  return lock
}

async function bindName(directory: string): Promise<DirectoryLock | undefined> {
  const { dev, ino } = await stat(directory, { bigint: true })
  const server = createServer((socket) => socket.destroy())
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      if (errorCode(error) === 'EADDRINUSE') resolve(undefined)
      else reject(error)
    })
    server.listen(`\0weir-outbox-${String(dev)}-${String(ino)}`, () => {
      server.unref()
      resolve({ release: () => new Promise((done) => server.close(() => done())) })
    })
  })
}

async function openExclusively(directory: string): Promise<DirectoryLock | undefined> {
  const exclusive = exclusiveFlags[process.platform] ?? 0
  const flags = fs.constants.O_RDWR | fs.constants.O_CREAT | exclusive
  return new Promise((resolve, reject) => {
    fs.open(`${directory}/lock`, flags, 0o600, (error, descriptor) => {
      if (error === null) resolve({ release: () => new Promise((done) => fs.close(descriptor, () => done())) })
      else if (['EAGAIN', 'EBUSY', 'EWOULDBLOCK'].includes(errorCode(error))) resolve(undefined)
      else reject(error)
    })
  })
}

async function nameOfHolder(directory: string): Promise<string> {
  try {
    const { pid, holder } = JSON.parse(await readFile(`${directory}/holder.json`, 'utf8')) as Record<string, unknown>
    return `${String(holder)} (process ${String(pid)})`
  } catch {
    return 'another process'
  }
}
