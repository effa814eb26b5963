// What `weir run` does: load, serve, reload on request, stop in time.
import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { catalog } from '../collector-core/catalog.ts'
import { componentTypes } from '../collector-core/components/index.ts'
import { checkConfig } from '../collector-core/graph/check.ts'
import type { CheckedConfig } from '../collector-core/graph/check.ts'
import { ApiServer } from '../collector-core/http-api/server.ts'
import { readStaticFiles } from '../collector-core/http-api/static-files.ts'
import type { StaticFiles } from '../collector-core/http-api/static-files.ts'
import type { ListenAddress } from '../collector-core/net/server.ts'
import type { Diagnostic } from '../collector-core/language/diagnostic.ts'
import { renderDiagnostic } from '../collector-core/language/render-diagnostic.ts'
import { systemClock } from '../collector-core/runtime/clock.ts'
import { Collector } from '../collector-core/runtime/collector.ts'
import type { LoadResult } from '../collector-core/runtime/collector.ts'
import { applyConfigBlock } from '../collector-core/runtime/config-block.ts'
import { LogWriter } from '../collector-core/telemetry/log-writer.ts'
import { reportProcess } from '../collector-core/telemetry/process-metrics.ts'
import { createRegistry } from '../collector-core/telemetry/registry.ts'
import { WeirError } from '../collector-core/weir-error.ts'
import { readConfig } from './config-files.ts'
import type { ConfigFile } from './config-files.ts'
import { systemFacts } from './system-facts.ts'
import { version } from './version.ts'

export interface RunOptions {
  readonly configPath: string
  readonly listen: ListenAddress
  /** Use any free port when the wanted one is taken. */
  readonly freePortIfTaken: boolean
  readonly storagePath: string
  readonly skipUnsupported: boolean
}

/** Runs until a signal; resolves with the exit code. */
export async function runCollector(options: RunOptions): Promise<number> {
  mkdirSync(options.storagePath, { recursive: true, mode: 0o700 })
  const system = systemFacts()
  const registry = createRegistry()
  reportProcess(registry, version)
  const writer = new LogWriter(
    (line) => void process.stderr.write(line),
    () => Date.now(),
    { level: 'info', format: 'logfmt' },
  )
  const log = writer.logger()
  const server = new ApiServer(options.listen, { log, freePortIfTaken: options.freePortIfTaken })
  const collector = new Collector({
    environment: {
      clock: systemClock,
      random: Math.random,
      storagePath: options.storagePath,
      registry,
      log,
      logFor: (component_id) => writer.logger({ component_id }),
      userAgent: `Weir/${version} (${system.os}; ${system.arch})`,
      ownAddress: () => server.address,
      system,
    },
    types: new Map(componentTypes.map((type) => [type.definition.name, type])),
    onConfigBlock: (name, args) => applyConfigBlock(name, args, { writer, server }),
  })

  const load = async (): Promise<LoadResult & { readonly text: string }> => {
    const sources = readConfig(options.configPath)
    const checked = runnable(checkConfig(sources, catalog, system), options.skipUnsupported)
    const result = await collector.load(checked)
    return { ...result, text: renderAll(result.diagnostics, sources) }
  }
  const reload = async (): Promise<LoadResult & { readonly text: string }> => {
    try {
      const result = await load()
      if (result.applied) log.info('config reloaded')
      else log.error('config not applied, the running one is untouched', { diagnostics: result.text })
      return result
    } catch (error) {
      if (!(error instanceof WeirError)) throw error
      log.error('config not applied, the running one is untouched', { error: error.message })
      return { applied: false, diagnostics: [], text: `${error.message}\n${error.nextStep}` }
    }
  }

  await server.listen({ collector, registry, reload, version, page: openPage() })
  const first = await load().catch(async (error: unknown) => {
    await server.close()
    throw error
  })
  process.stderr.write(first.text)
  if (!first.applied) {
    await server.close()
    return 1
  }
  process.stdout.write(`ready http://${server.address}\n`)

  await untilSignal(() => void reload())
  log.info('stopping')
  await collector.stop()
  await server.close()
  // A component that was left behind does not keep the process: what it held is on disk.
  setTimeout(() => process.exit(0), 100).unref()
  return 0
}

/** The page lies beside the bundle, in a checkout as in a package; run from source there is none. */
function openPage(): StaticFiles | undefined {
  const directory = join(dirname(fileURLToPath(import.meta.url)), 'renderer')
  return existsSync(directory) ? readStaticFiles(directory) : undefined
}

/** Turns "cannot run this component" into an error unless it may be left out. */
function runnable(config: CheckedConfig, skipUnsupported: boolean): CheckedConfig {
  if (skipUnsupported) return config
  const diagnostics = config.diagnostics.map((diagnostic): Diagnostic =>
    diagnostic.code === 'unsupported-component' ? { ...diagnostic, severity: 'error' } : diagnostic,
  )
  return { ...config, diagnostics }
}

function renderAll(diagnostics: readonly Diagnostic[], sources: readonly ConfigFile[]): string {
  return diagnostics
    .map((diagnostic) => {
      const source = sources.find(({ file }) => file === diagnostic.file)
      return `${renderDiagnostic(diagnostic, source?.text ?? '')}\n\n`
    })
    .join('')
}

/** One Ctrl-C reaches a program twice when npm passes on what the terminal sent to both: so close together it is one. */
const sameSignalMs = 500

/** Resolves on SIGINT or SIGTERM; a second one ends the process at once. */
function untilSignal(onHangup: () => void): Promise<void> {
  return new Promise((resolve) => {
    process.on('SIGHUP', onHangup)
    let askedAt: number | undefined
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        if (askedAt !== undefined && performance.now() - askedAt > sameSignalMs) process.exit(1)
        askedAt ??= performance.now()
        resolve()
      })
    }
  })
}
