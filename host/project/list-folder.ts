import { opendir, realpath, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { WeirError } from '../../collector-core/weir-error.ts'
import type { Folder } from '../contract/project.ts'

const mostEntries = 500
/** A folder with more names than this is not read to its end. */
const mostNames = 20_000

/** The folders and config files directly inside a folder, folders first, by name; hidden ones left out. */
export async function listFolder(path: string): Promise<Folder> {
  try {
    const folder = await realpath(path)
    const entries: Folder['entries'][number][] = []
    let names = 0
    for await (const entry of await opendir(folder)) {
      if (++names > mostNames) break
      if (entry.name.startsWith('.')) continue
      const at = join(folder, entry.name)
      // Behind a link may be either.
      const found = entry.isSymbolicLink() ? await stat(at).catch(() => undefined) : entry
      if (found?.isDirectory()) entries.push({ name: entry.name, path: at, kind: 'folder' })
      else if (found?.isFile() && /[.](alloy|river)$/.test(entry.name)) {
        entries.push({ name: entry.name, path: at, kind: 'config' })
      }
    }
    entries.sort((a, b) => (a.kind === b.kind ? a.name.localeCompare(b.name) : a.kind === 'folder' ? -1 : 1))
    const parent = dirname(folder)
    return {
      path: folder,
      parent: parent === folder ? undefined : parent,
      entries: entries.slice(0, mostEntries),
      truncated: entries.length > mostEntries || names > mostNames,
    }
  } catch (error) {
    const words = (error as NodeJS.ErrnoException).code ?? String(error)
    throw new WeirError('unreadable-folder', `${path} cannot be listed: ${words}`, 'Choose another folder.', {
      cause: error,
    })
  }
}
