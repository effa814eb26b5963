import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { decodeSource } from '../collector-core/language/source.ts'
import { WeirError } from '../collector-core/weir-error.ts'

/** One config file as text. */
export interface ConfigFile {
  readonly file: string
  readonly text: string
}

const largestConfigBytes = 16 * 1024 * 1024

/** Reads a config: one file of any name, or all `*.alloy` files directly inside a directory, sorted by name. */
export function readConfig(path: string): ConfigFile[] {
  if (!stat(path).isDirectory()) return [readOne(path)]
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.name.endsWith('.alloy') && !entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => readOne(join(path, name)))
}

function readOne(path: string): ConfigFile {
  const info = stat(path)
  if (!info.isFile()) {
    throw new WeirError(
      'not-a-file',
      `${path} is not a regular file`,
      'Name a config file, or a directory of .alloy files.',
    )
  }
  if (info.size > largestConfigBytes) {
    throw new WeirError(
      'config-too-large',
      `${path} has ${info.size} bytes, more than the 16 MiB a config may have`,
      'Check that the path is right.',
    )
  }
  const decoded = decodeSource(readFileSync(path))
  if (decoded.kind === 'refused') {
    throw new WeirError('bad-encoding', `${path}: ${decoded.diagnostic.message}`, 'Then run the command again.')
  }
  return { file: path, text: decoded.text }
}

function stat(path: string): ReturnType<typeof statSync> & object {
  try {
    return statSync(path)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'EACCES') {
      throw new WeirError('unreadable-config', `${path} may not be read by this user`, 'Check its permissions.', {
        cause: error,
      })
    }
    throw new WeirError('no-such-config', `${path} does not exist`, 'Check the path of the config.', { cause: error })
  }
}
