import type { Dirent, Stats } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseGlob, segmentMatches } from './glob-pattern.ts'
import type { GlobSegment } from './glob-pattern.ts'

export interface FoundFile {
  /** Absolute. */
  readonly path: string
  readonly modifiedMs: number
}

export interface FoundFiles {
  /** Regular files, each once, in alphabetical order. */
  readonly files: readonly FoundFile[]
  /** The search stopped at the bound on directory entries. */
  readonly cutShort: boolean
  /** Directories that could not be read. */
  readonly unreadable: readonly string[]
}

/** Directory entries one search looks at. */
export const mostEntries = 500_000

/** Finds the regular files a checked doublestar pattern matches; links are followed, but not in circles. */
export async function findFiles(pattern: string): Promise<FoundFiles> {
  const { alternatives = [] } = parseGlob(absolutePattern(pattern))
  const search = new Search()
  for (const [, ...segments] of alternatives) await search.walk('', segments, [])
  const files = [...search.found.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
  return { files, cutShort: search.entries > mostEntries, unreadable: [...search.unreadable] }
}

/** A pattern that starts at the root; separators of Windows become slashes. */
export function absolutePattern(pattern: string): string {
  if (process.platform !== 'win32') return pattern.startsWith('/') ? pattern : `${resolve('.')}/${pattern}`
  const slashed = pattern.replaceAll('\\', '/')
  return /^([A-Za-z]:)?\//.test(slashed) ? slashed : `${resolve('.').replaceAll('\\', '/')}/${slashed}`
}

class Search {
  readonly found = new Map<string, FoundFile>()
  readonly unreadable = new Set<string>()
  entries = 0

  /** Matches what is under `directory` (without trailing slash) against `segments`. */
  async walk(directory: string, segments: readonly GlobSegment[], above: readonly string[]): Promise<void> {
    const [first, ...rest] = segments
    if (first.kind === 'literal') {
      const path = `${directory}/${first.text}`
      if (rest.length === 0) await this.addFile(path)
      else await this.walk(path, rest, above)
      return
    }
    if (first.kind === 'any-depth' && rest.length > 0) await this.walk(directory, rest, above)
    const real = await realpath(`${directory}/`).catch(() => undefined)
    if (real === undefined || above.includes(real)) return
    for (const entry of await this.list(directory)) {
      if (++this.entries > mostEntries) return
      if (!segmentMatches(first, entry.name)) continue
      const path = `${directory}/${entry.name}`
      const last = rest.length === 0
      if (last && !entry.isDirectory()) await this.addFile(path)
      if (!entry.isDirectory() && !entry.isSymbolicLink()) continue
      if (first.kind === 'any-depth') await this.walk(path, segments, [...above, real])
      else if (!last) await this.walk(path, rest, above)
    }
  }

  private async list(directory: string): Promise<Dirent[]> {
    try {
      return await readdir(`${directory}/`, { withFileTypes: true })
    } catch (error) {
      const { code } = error as { code?: unknown }
      if (code !== 'ENOENT' && code !== 'ENOTDIR') this.unreadable.add(directory || '/')
      return []
    }
  }

  private async addFile(path: string): Promise<void> {
    const status: Stats | undefined = await stat(path).catch(() => undefined)
    if (status?.isFile()) this.found.set(path, { path, modifiedMs: status.mtimeMs })
  }
}
