// `npm start [-- CONFIG]`: installs and builds what is missing, then opens Weir on a config; on the example pipeline when
// none is named. Where Electron or a display is missing it says so and opens Weir for a browser.
import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import './install.mjs'
import { buildIfStale, bundle, root } from './build.mjs'
import { findElectron } from './find-electron.mjs'

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

await start()
