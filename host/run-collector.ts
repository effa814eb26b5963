// What `weir run` does: load, serve, reload on request, stop in time.
import { CollectorService } from './collector-service.ts'
import type { CollectorServiceOptions } from './collector-service.ts'
import { readConfig } from './config-files.ts'
import { openPage } from './page-files.ts'
import { Signals } from './signals.ts'

export interface RunOptions extends Pick<
  CollectorServiceOptions,
  'listen' | 'freePortIfTaken' | 'storagePath' | 'skipUnsupported'
> {
  readonly configPath: string
}

/** Runs until a signal; resolves with the exit code. */
export async function runCollector({ configPath, ...options }: RunOptions): Promise<number> {
  const signals = new Signals(process, () => process.exit(1))
  const service = new CollectorService({
    ...options,
    page: openPage(),
    writeLog: (line) => void process.stderr.write(line),
  })
  await service.open()
  const first = await service
    .apply(() => readConfig(configPath))
    .catch(async (error: unknown) => {
      await service.stop()
      throw error
    })
  process.stderr.write(first.text)
  if (!first.applied) {
    await service.stop()
    return 1
  }
  process.stdout.write(`ready http://${service.address}\n`)

  signals.onHangup(() => void service.reload())
  await signals.stop
  service.log.info('stopping')
  await service.stop()
  // A component that was left behind does not keep the process: what it held is on disk.
  setTimeout(() => process.exit(0), 100).unref()
  return 0
}
