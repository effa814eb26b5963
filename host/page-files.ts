import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readStaticFiles } from '../collector-core/http-api/static-files.ts'
import type { StaticFiles } from '../collector-core/http-api/static-files.ts'

/** The page lies beside the bundle, in a checkout as in a package; run from source there is none. */
export function openPage(): StaticFiles | undefined {
  const directory = join(dirname(fileURLToPath(import.meta.url)), 'renderer')
  return existsSync(directory) ? readStaticFiles(directory) : undefined
}
