// Looks whether another program wrote a file. It asks once a second rather than be told: that works on every file system,
// through renames and on network drives, and one question a second costs nothing.
import { stat } from 'node:fs/promises'
import type { Clock } from '../../collector-core/runtime/clock.ts'
import { WeirError } from '../../collector-core/weir-error.ts'
import { readConfigFile } from './config-file.ts'
import type { ReadConfig } from './config-file.ts'

const everyMs = 1_000

/** Calls back with every content the file has that is neither the `known` version nor the one told last. */
export function watchDisk(
  clock: Clock,
  path: () => string | undefined,
  known: () => string,
  onChange: (found: ReadConfig) => void,
): () => void {
  let over = false
  let told = ''
  let seen = ''
  let read = ''
  const look = async (): Promise<void> => {
    const file = path()
    const mark = file === undefined ? '' : await markOf(file)
    // A file that changes right now may be half written: it is read once it looks the same twice.
    if (file !== undefined && mark !== '' && mark === seen && mark !== read) {
      read = mark
      const found = await readConfigFile(file).catch((error: unknown) => {
        if (error instanceof WeirError) return undefined
        throw error
      })
      if (over || found === undefined || file !== path()) return
      if (found.version === known()) told = ''
      else if (found.version !== told) {
        told = found.version
        onChange(found)
      }
    }
    seen = mark
  }
  const again = (): void => {
    if (!over) clock.after(everyMs, () => void look().finally(again))
  }
  again()
  return () => (over = true)
}

async function markOf(path: string): Promise<string> {
  return stat(path).then(
    ({ ino, size, mtimeMs }) => `${path} ${ino} ${size} ${mtimeMs}`,
    () => '',
  )
}
