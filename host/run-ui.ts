// What `weir ui` does: runs the collector beside itself and serves the app to browsers of this machine's user.
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { systemClock } from '../collector-core/runtime/clock.ts'
import type { ListenAddress } from '../collector-core/net/server.ts'
import { WeirError } from '../collector-core/weir-error.ts'
import { bundlePath, examplePath } from './bundle.ts'
import { nodeCollectors } from './collector-supervisor/launch.ts'
import { noSecretStore } from './handlers/secrets.ts'
import { openPage } from './page-files.ts'
import { Access, installationToken } from './server/access.ts'
import { UiServer } from './server/ui-server.ts'
import { Signals } from './signals.ts'
import { version } from './version.ts'
import { WeirHost } from './weir-host.ts'

export interface UiOptions {
  readonly file: string | undefined
  readonly address: ListenAddress
  /** Use a free port when the wanted one is taken. */
  readonly freePortIfTaken: boolean
  readonly collectorAddress: string
  readonly storagePath: string
}

/** Runs until a signal; resolves with the exit code. */
export async function runUi(options: UiOptions): Promise<number> {
  const signals = new Signals(process, () => process.exit(1))
  const page = openPage()
  if (page === undefined) {
    throw new WeirError('no-page', 'The page was not built.', 'Run "npm run build" in the checkout, then try again.')
  }
  const host = new WeirHost({
    ...options,
    clock: systemClock,
    random: Math.random,
    launch: nodeCollectors(bundlePath),
    file: options.file === undefined ? undefined : resolve(options.file),
    exampleText: options.file === undefined ? readFileSync(examplePath, 'utf8') : '',
    secrets: noSecretStore(),
    // A browser has no dialog of the system's; the page lists folders.
    chooseFile: () => Promise.resolve(undefined),
  })
  const token = await installationToken(join(options.storagePath, 'app', 'token'))
  const server = new UiServer({
    access: new Access(token),
    page,
    session: { handlers: host.handlers, version, report: reportDefect },
  })
  await host.start()
  try {
    const { host: name, port } = await server.listen(options.address).catch((error: unknown) => {
      if (!(options.freePortIfTaken && error instanceof WeirError && error.code === 'port_in_use')) throw error
      process.stderr.write(`weir: ${error.message}; using a free port instead\n`)
      return server.listen({ ...options.address, port: 0 })
    })
    process.stdout.write(`Weir is at http://${name.includes(':') ? `[${name}]` : name}:${port}/?token=${token}\n`)
    process.stderr.write('Open this address in a browser; whoever knows it can use Weir. Ctrl-C stops Weir.\n')
    signals.onHangup(() => undefined)
    await signals.stop
  } finally {
    await server.close()
    await host.stop()
  }
  return 0
}

function reportDefect(name: string, error: unknown): void {
  const words = error instanceof Error ? (error.stack ?? error.message) : String(error)
  process.stderr.write(`weir: failed at "${name}": ${words}\n`)
}
