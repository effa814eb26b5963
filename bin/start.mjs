// `npm start [-- CONFIG]`: installs and builds what is missing, then opens Weir on a config; on the example pipeline when
// none is named. Where Electron or a display is missing it says so and opens Weir for a browser.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import './install.mjs'
import { buildIfStale, bundle, root } from './build.mjs'

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

async function start() {
  if (!buildIfStale()) process.exit(1)
  const config = process.argv[2] === undefined ? [] : [resolve(process.argv[2])]
  const electron = findElectron()
  if (electron.program) {
    const window = spawn(electron.program, [root, ...config], { stdio: 'inherit' })
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => window.kill(signal))
    window.on('exit', (code) => process.exit(code ?? 0))
    return
  }
  console.error(`No window: ${electron.why}. Weir opens in a browser instead.`)
  process.argv = [process.argv[0], 'weir', 'ui', ...config]
  await import(pathToFileURL(bundle).href)
}

if (process.argv[1] && fileURLToPath(import.meta.url) === resolve(process.argv[1])) await start()
