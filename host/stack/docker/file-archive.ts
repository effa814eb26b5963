import tar from 'tar-stream'
import { dirname } from 'node:path/posix'
import type { BackendFile } from '../templates/backend-files.ts'

/**
 * A tar of files for `PUT /containers/{id}/archive?path=/`, which needs no bind mount and no shell. Folders are entries of
 * their own: the engine would make missing ones unreadable for others.
 */
export function fileArchive(files: readonly BackendFile[], user: number): NodeJS.ReadableStream {
  const pack = tar.pack()
  const folders = new Set<string>()
  const mtime = new Date(0)
  for (const { path } of files) {
    for (let folder = dirname(path); folder !== '/'; folder = dirname(folder)) folders.add(folder)
  }
  for (const folder of [...folders].sort()) {
    pack.entry({ name: `${folder.slice(1)}/`, type: 'directory', mode: 0o755, mtime })
  }
  for (const { path, text, secret = false } of files) {
    pack.entry({ name: path.slice(1), mode: secret ? 0o400 : 0o644, uid: secret ? user : 0, mtime }, text)
  }
  pack.finalize()
  return pack
}
