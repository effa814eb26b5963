// Looks whether another program wrote a file or took it away. It asks once a second rather than be told: that works on every
// file system, through renames and on network drives, and one question a second costs nothing.
import { stat } from 'node:fs/promises'
import type { Clock } from '../../collector-core/runtime/clock.ts'
import { WeirError } from '../../collector-core/weir-error.ts'
import type { DiskChange } from '../contract/project.ts'
import { readConfigFile } from './config-file.ts'

const everyMs = 1_000

/** How a file looks that is not there. */
const gone = 'gone'

/**
 * Calls back with every content the file has that is neither the `known` version nor the one told last, and once when it is
 * gone; then also with a known content that came back.
 */
export function watchDisk(
  clock: Clock,
  path: () => string | undefined,
  known: () => string,
  onChange: (change: DiskChange) => void,
): () => void {
  let over = false
  let told = ''
  let seen = ''
  let read = ''
  /** The file that was seen there: only that can be missed. */
  let there: string | undefined
  const look = async (): Promise<void> => {
    const file = path()
    const mark = file === undefined ? '' : await markOf(file)
    if (file !== path()) return
    // A file that changes right now may be half written, or about to take its place: it counts once it looks the same twice.
    if (mark === gone && seen === gone && told !== gone && there === file && !over) {
      told = gone
      read = ''
      onChange({ kind: 'gone' })
    } else if (file !== undefined && mark !== '' && mark !== gone && mark === seen && mark !== read) {
      read = mark
      const found = await readConfigFile(file).catch((error: unknown) => {
        if (error instanceof WeirError) return undefined
        throw error
      })
      if (over || found === undefined || file !== path()) return
      const news = found.version === known() ? told === gone : found.version !== told
      told = found.version
      if (news) onChange({ kind: 'written', ...found })
    }
    seen = mark
    if (mark !== '' && mark !== gone) there = file
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
    (error: unknown) => {
      const { code } = error as NodeJS.ErrnoException
      return code === 'ENOENT' || code === 'ENOTDIR' ? gone : ''
    },
  )
}
