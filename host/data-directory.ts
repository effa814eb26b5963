import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where Weir keeps its data when nothing is said: `WEIR_HOME`, else the place the operating system names for it. */
export function defaultStoragePath(
  platform: NodeJS.Platform = process.platform,
  env: Readonly<Record<string, string | undefined>> = process.env,
  home = homedir(),
): string {
  if (env.WEIR_HOME) return env.WEIR_HOME
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'weir')
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'weir')
  return join(env.XDG_DATA_HOME ?? join(home, '.local', 'share'), 'weir')
}
