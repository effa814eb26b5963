import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const binaries = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }

/** Electron's program, or why there is none. Never `import('electron')`: without a binary that downloads one. */
export function findElectron(
  { platform, env, uid } = { platform: process.platform, env: process.env, uid: process.getuid?.() },
) {
  let folder
  try {
    folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'))
  } catch {
    return { why: 'Electron is not installed' }
  }
  const program = join(env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist'), binaries[platform] ?? 'electron')
  if (!existsSync(program)) {
    return { why: 'the program of Electron has not been downloaded ("npx install-electron" does that)' }
  }
  if (platform === 'linux') {
    if (!env.DISPLAY && !env.WAYLAND_DISPLAY)
      return { why: 'there is no display (DISPLAY and WAYLAND_DISPLAY are not set)' }
    if (uid === 0) return { why: 'Electron keeps its sandbox and does not run as root' }
  }
  return { program }
}
