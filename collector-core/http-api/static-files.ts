// The files of the page. They are read once, when serving starts: a request only ever picks one of them by its exact name,
// so no path a client sends reaches the file system, and a page stays whole while a newer one is built.
import { readdirSync, readFileSync } from 'node:fs'
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

/** Files by the decoded request path they are served at; `/` is `index.html`. */
export type StaticFiles = ReadonlyMap<string, StaticFile>

/** The regular files of a directory whose kind a page is made of. Links are not followed. */
export function readStaticFiles(directory: string): StaticFiles {
  const files = new Map<string, StaticFile>()
  read(directory, '', files)
  return files
}

function read(directory: string, prefix: string, files: Map<string, StaticFile>): void {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = `${prefix}/${entry.name}`
    const contentType = contentTypes[extname(entry.name)]
    if (entry.isDirectory()) read(join(directory, entry.name), path, files)
    else if (entry.isFile() && contentType !== undefined) {
      files.set(path === '/index.html' ? '/' : path, {
        contentType,
        cacheControl: path.startsWith('/assets/') ? hashed : 'no-store',
        body: readFileSync(join(directory, entry.name)),
      })
    }
  }
}
