import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { WeirError } from '../../../collector-core/weir-error.ts'
import { remote } from '../../contract/stack-api.ts'
import type { RemoteEndpoint } from '../../contract/stack.ts'

/** The endpoints kept in `folder`. They name secrets and never hold one. */
export function readRemotes(folder: string): readonly RemoteEndpoint[] {
  const file = join(folder, 'remotes.json')
  try {
    return z
      .array(remote)
      .parse(JSON.parse(readFileSync(file, 'utf8')))
      .map(({ name, url, writeUrl, tenant, username, secret }): RemoteEndpoint => ({
        name,
        url,
        writeUrl,
        tenant,
        username,
        secret,
      }))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw new WeirError('bad-remotes', `${file} does not hold endpoints`, 'Correct or delete the file.', {
      cause: error,
    })
  }
}

/** Replaces them in one step. */
export function writeRemotes(folder: string, remotes: readonly RemoteEndpoint[]): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, 'remotes.json')
  writeFileSync(`${file}.new`, `${JSON.stringify(remotes, undefined, 2)}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}
