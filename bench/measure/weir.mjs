// Weir as the system under test: a copy of the bundle, so that a rebuild cannot change it between two rounds.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildIfStale, bundle } from '../../bin/build.mjs'
import { startPinned } from './process.mjs'
import { listening } from './world.mjs'

const copies = join(dirname(fileURLToPath(import.meta.url)), '../../node_modules/.cache/weir-bench')

/** Removed when the benchmark ends. */
const forgotten = []
process.once('exit', () => {
  for (const directory of forgotten) rmSync(directory, { recursive: true, force: true })
})

/** Copies `given`, or the bundle of the sources, and answers the copy's path. It has to stay below `node_modules`' parent. */
export function copyBundle(given) {
  if (given === undefined && !buildIfStale()) throw new Error('the bundle cannot be built')
  mkdirSync(copies, { recursive: true })
  const copy = mkdtempSync(join(copies, 'bundle-'))
  cpSync(dirname(given ?? bundle), copy, { recursive: true })
  forgotten.push(copy)
  return join(copy, (given ?? bundle).split('/').at(-1))
}

export function temporaryDirectory(name) {
  const directory = mkdtempSync(join(tmpdir(), `${name}-`))
  forgotten.push(directory)
  return directory
}

/** Runs a configuration on one core; resolves once Weir says that it is ready. */
export async function startWeir(core, path, config, nodeFlags = []) {
  const directory = temporaryDirectory('weir-bench')
  const file = join(directory, 'config.alloy')
  writeFileSync(file, config)
  const args = [...nodeFlags, path, 'run', '--server.http.listen-addr=127.0.0.1:0']
  const weir = startPinned(core, process.execPath, [...args, `--storage.path=${join(directory, 'data')}`, file], {
    env: { ...process.env, NODE_ENV: 'production' },
  })
  await new Promise((resolve, reject) => {
    weir.child.stdout.on('data', (bytes) => String(bytes).includes('ready') && resolve())
    weir.child.once('exit', (code) => reject(new Error(`Weir ended with ${code}:\n${weir.errors()}`)))
  })
  return weir
}

/** A port nobody listens on at the moment. */
export async function freePort() {
  const server = createServer()
  const port = await listening(server)
  await new Promise((resolve) => server.close(resolve))
  return port
}

export const versionOf = (name) =>
  JSON.parse(readFileSync(join(dirname(bundle), '../node_modules', name, 'package.json'), 'utf8')).version
