// The world around the system under test: a process of its own that generates load and takes in the result. The two sides
// call each other's functions by name.
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Starts a world's module on one core; `call(name, argument)` runs one of its functions. */
export async function startWorld(core, module, settings) {
  const child = fork(fileURLToPath(module), [JSON.stringify(settings)], {
    execPath: 'taskset',
    execArgv: ['-c', String(core), process.execPath],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const waiting = new Map()
  let calls = 0
  let gone
  child.on('message', ({ id, value, error }) => {
    const { resolve, reject } = waiting.get(id)
    waiting.delete(id)
    if (error === undefined) resolve(value)
    else reject(new Error(error))
  })
  child.once('exit', (code) => {
    gone = new Error(`the world around the program ended with ${code}`)
    for (const { reject } of waiting.values()) reject(gone)
  })
  const call = (name, argument) =>
    new Promise((resolve, reject) => {
      if (gone !== undefined) {
        reject(gone)
        return
      }
      waiting.set(++calls, { resolve, reject })
      child.send({ id: calls, name, argument })
    })
  return { ports: await call('start'), call, stop: () => child.kill('SIGKILL') }
}

/** The other side: answers calls with `functions`, which get the settings first. */
export function serveWorld(make) {
  const functions = make(JSON.parse(process.argv[2]))
  process.on('message', async ({ id, name, argument }) => {
    try {
      process.send({ id, value: (await functions[name](argument)) ?? null })
    } catch (error) {
      process.send({ id, error: String(error?.stack ?? error) })
    }
  })
  process.once('disconnect', () => process.exit(0))
}

/** Starts a server on a free port and answers the port. */
export function listening(server, place = { port: 0, host: '127.0.0.1' }) {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(place, () => resolve(server.address()?.port))
  })
}
