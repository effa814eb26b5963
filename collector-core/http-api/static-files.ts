// The files of the page. Which files there are is looked up once, when serving starts; a request only ever picks an entry
// of that list by its exact name, so no path a client sends reaches the file system.
import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'

const contentTypes: Readonly<Partial<Record<string, string>>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/** Files below `/assets/` carry a hash of their content in their names. */
const hashed = 'public, max-age=31536000, immutable'

export interface StaticFile {
  readonly contentType: string
  readonly cacheControl: string
  readonly body: Uint8Array
}

export interface StaticFiles {
  /** The file at a decoded request path; undefined when there is none. */
  get(path: string): Promise<StaticFile | undefined>
}

/** Serves the regular files of a directory whose kind a page is made of; `/` is its `index.html`. Links are not followed. */
export function openStaticFiles(directory: string): StaticFiles {
  const files = new Map<string, string>()
  list(directory, '', files)
  return {
    async get(path) {
      const file = files.get(path === '/' ? '/index.html' : path)
      if (file === undefined) return undefined
      return {
        contentType: contentTypes[extname(file)]!,
        cacheControl: path.startsWith('/assets/') ? hashed : 'no-store',
        body: await readFile(file),
      }
    },
  }
}

function list(directory: string, prefix: string, files: Map<string, string>): void {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = `${prefix}/${entry.name}`
    if (entry.isDirectory()) list(join(directory, entry.name), path, files)
    else if (entry.isFile() && contentTypes[extname(entry.name)]) files.set(path, join(directory, entry.name))
  }
}
