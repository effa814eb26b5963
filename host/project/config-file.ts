// One config file on disk: read as text with the version of its bytes, written only over the version that was read.
import { createHash } from 'node:crypto'
import { access, constants, open } from 'node:fs/promises'
import { decodeSource } from '../../collector-core/language/source.ts'
import { WeirError } from '../../collector-core/weir-error.ts'
import type { Saved } from '../contract/project.ts'
import { writeFileAtomically } from './atomic-write.ts'
import type { WritableFiles } from './atomic-write.ts'

/** The most a config opened in a window may have. */
const largestConfigBytes = 8 * 1024 * 1024

export interface ReadConfig {
  readonly text: string
  readonly version: string
}

/** Identifies bytes: the same bytes have the same version, others have another. */
export function versionOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Reads a config file; throws the `WeirError` that says why it cannot be opened. */
export async function readConfigFile(path: string): Promise<ReadConfig> {
  const bytes = await readBytes(path)
  const decoded = decodeSource(bytes)
  if (decoded.kind === 'refused') {
    throw new WeirError('bad-encoding', `${path}: ${decoded.diagnostic.message}`, 'Then open it again.')
  }
  return { text: decoded.text, version: versionOf(bytes) }
}

/** Whether this user may write the file. */
export async function isWritable(path: string): Promise<boolean> {
  return access(path, constants.W_OK).then(
    () => true,
    () => false,
  )
}

/** The file that is there is not the one that was read. */
class ChangedOnDisk extends Error {
  readonly found: ReadConfig

  constructor(found: ReadConfig) {
    super('the file changed on disk')
    this.found = found
  }
}

export interface SaveOptions {
  /** The version that may be overwritten; `''` for none. A file that is gone is made again. */
  readonly expected: string
  /** Overwrite whatever is there. */
  readonly force?: boolean
  readonly files?: WritableFiles
}

/** Writes a text to a file, whole or not at all; never throws for what the disk says. */
export async function saveConfigFile(path: string, text: string, options: SaveOptions): Promise<Saved> {
  const bytes = Buffer.from(text, 'utf8')
  const decoded = decodeSource(bytes)
  if (decoded.kind === 'refused' || decoded.text !== text) {
    return {
      kind: 'failed',
      message: `The text was not written to ${path}: it holds characters a config file cannot have.`,
      nextStep: 'Remove NUL characters and halves of characters, then save again.',
    }
  }
  const version = versionOf(bytes)
  const check = async (): Promise<void> => {
    if (options.force) return
    const found = await readIfThere(path)
    if (found !== undefined && found.version !== options.expected && found.version !== version) {
      throw new ChangedOnDisk(found)
    }
  }
  try {
    await check()
    const found = await readBytes(path).catch(() => undefined)
    if (found === undefined || versionOf(found) !== version) {
      await writeFileAtomically(path, bytes, { check, files: options.files })
    }
    return { kind: 'saved', path, version }
  } catch (error) {
    if (error instanceof ChangedOnDisk) return { kind: 'changed-on-disk', ...error.found }
    if (error instanceof WeirError) return { kind: 'failed', message: error.message, nextStep: error.nextStep }
    return { kind: 'failed', ...explainWriteFailure(path, error) }
  }
}

async function readIfThere(path: string): Promise<ReadConfig | undefined> {
  try {
    return await readConfigFile(path)
  } catch (error) {
    if (error instanceof WeirError && error.code === 'no-such-config') return undefined
    throw error
  }
}

async function readBytes(path: string): Promise<Buffer> {
  try {
    const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
    try {
      const found = await handle.stat()
      if (!found.isFile()) {
        throw new WeirError('not-a-file', `${path} is not a regular file`, 'Name a config file.')
      }
      if (found.size > largestConfigBytes) {
        throw new WeirError(
          'config-too-large',
          `${path} has ${found.size} bytes, more than the 8 MiB a config may have here`,
          'Check that the path is right.',
        )
      }
      return await handle.readFile()
    } finally {
      await handle.close()
    }
  } catch (error) {
    throw error instanceof WeirError ? error : explainReadFailure(path, error)
  }
}

function explainReadFailure(path: string, error: unknown): WeirError {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new WeirError('no-such-config', `${path} does not exist`, 'Check the path of the config.', {
        cause: error,
      })
    case 'EACCES':
    case 'EPERM':
      return new WeirError('unreadable-config', `${path} may not be read by this user`, 'Check its permissions.', {
        cause: error,
      })
    default:
      return new WeirError('unreadable-config', `${path} cannot be read: ${wordsOf(error)}`, 'Check the path.', {
        cause: error,
      })
  }
}

function explainWriteFailure(path: string, error: unknown): { readonly message: string; readonly nextStep: string } {
  const message = `${path} was not written: ${wordsOf(error)}. What was there is untouched.`
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return { message, nextStep: 'Save it under another name, or change the permissions of the file.' }
    case 'ENOSPC':
    case 'EDQUOT':
      return { message, nextStep: 'Free some space on that disk, then save again.' }
    case 'ENOENT':
    case 'ENOTDIR':
      return { message, nextStep: 'The folder does not exist: make it, or choose another.' }
    default:
      return { message, nextStep: 'Save it under another name.' }
  }
}

function wordsOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  return code ?? message
}
