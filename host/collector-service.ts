// The engine with its HTTP server, given configs by whoever hosts it: `weir run` reads files, the app sends texts.
import { mkdirSync } from 'node:fs'
import { catalog } from '../collector-core/catalog.ts'
import { componentTypes } from '../collector-core/components/index.ts'
import { checkConfig } from '../collector-core/graph/check.ts'
import type { CheckedConfig, ConfigSource } from '../collector-core/graph/check.ts'
import { maskSecrets } from '../collector-core/graph/mask-secrets.ts'
import { ApiServer } from '../collector-core/http-api/server.ts'
import type { StaticFiles } from '../collector-core/http-api/static-files.ts'
import type { Diagnostic } from '../collector-core/language/diagnostic.ts'
import { LineIndex } from '../collector-core/language/position.ts'
import { headline, renderDiagnostic } from '../collector-core/language/render-diagnostic.ts'
import type { ListenAddress } from '../collector-core/net/server.ts'
import { systemClock } from '../collector-core/runtime/clock.ts'
import { Collector } from '../collector-core/runtime/collector.ts'
import type { LoadResult } from '../collector-core/runtime/collector.ts'
import { applyConfigBlock } from '../collector-core/runtime/config-block.ts'
import type { Logger } from '../collector-core/runtime/logger.ts'
import { LogWriter } from '../collector-core/telemetry/log-writer.ts'
import type { LogRecord } from '../collector-core/telemetry/log-writer.ts'
import { reportProcess } from '../collector-core/telemetry/process-metrics.ts'
import { createRegistry } from '../collector-core/telemetry/registry.ts'
import type { MetricRegistry } from '../collector-core/telemetry/registry.ts'
import { WeirError } from '../collector-core/weir-error.ts'
import { systemFacts } from './system-facts.ts'
import { version } from './version.ts'

export interface CollectorServiceOptions {
  readonly listen: ListenAddress
  /** Use any free port when the wanted one is taken. */
  readonly freePortIfTaken: boolean
  /** Made if it is not there. */
  readonly storagePath: string
  /** Leave out components Weir cannot run instead of refusing a config that has them. */
  readonly skipUnsupported: boolean
  /** Served at `/`. */
  readonly page: StaticFiles | undefined
  /** Gets every log line, ended by a newline, and what it says. */
  readonly writeLog: (line: string, record: LogRecord) => void
}

/**
 * Gives a config's files as they are now; asked again at each reload. File names stand in diagnostics and need not exist;
 * relative paths inside a config start at the working directory of the process, as in Alloy.
 * Throws the `WeirError` that says why there is no config.
 */
export type ConfigOrigin = () => readonly ConfigSource[]

/** A load with its diagnostics as text for a terminal, and one line per error for a log. */
export type ServiceLoad = LoadResult & { readonly text: string; readonly errors: readonly string[] }

/** One collector of this process: `open`, then `apply` any number of times, then `stop`. */
export class CollectorService {
  readonly collector: Collector
  readonly log: Logger
  private readonly system = systemFacts((name) => this.secrets.get(name))
  private readonly registry: MetricRegistry = createRegistry()
  private readonly server: ApiServer
  private readonly options: CollectorServiceOptions
  private origin: ConfigOrigin | undefined
  private secrets: ReadonlyMap<string, string> = new Map()

  constructor(options: CollectorServiceOptions) {
    mkdirSync(options.storagePath, { recursive: true, mode: 0o700 })
    this.options = options
    reportProcess(this.registry, version)
    const writer = new LogWriter(options.writeLog, () => Date.now(), { level: 'info', format: 'logfmt' })
    this.log = writer.logger()
    this.server = new ApiServer(options.listen, { log: this.log, freePortIfTaken: options.freePortIfTaken })
    this.collector = new Collector({
      environment: {
        clock: systemClock,
        random: Math.random,
        storagePath: options.storagePath,
        registry: this.registry,
        log: this.log,
        logFor: (component_id) => writer.logger({ component_id }),
        userAgent: `Weir/${version} (${this.system.os}; ${this.system.arch})`,
        ownAddress: () => this.server.address,
        system: this.system,
      },
      types: new Map(componentTypes.map((type) => [type.definition.name, type])),
      onConfigBlock: (name, args) => applyConfigBlock(name, args, { writer, server: this.server }),
    })
  }

  /** `host:port` of the HTTP server. */
  get address(): string {
    return this.server.address
  }

  /** Starts the HTTP server; throws the `WeirError` that says why it cannot. */
  async open(): Promise<void> {
    const { collector, registry, options } = this
    await this.server.listen({ collector, registry, reload: () => this.reload(), version, page: options.page })
  }

  /** From the next load on, `sys.env` gives these secrets by their names. */
  useSecrets(secrets: Readonly<Record<string, string>>): void {
    this.secrets = new Map(Object.entries(secrets))
  }

  /** Runs a config in place of the one that runs, whole or not at all. Once applied, it is the one `reload` reads again. */
  async apply(origin: ConfigOrigin): Promise<ServiceLoad> {
    const sources = origin()
    const checked = runnable(checkConfig(sources, catalog, this.system), this.options.skipUnsupported)
    const result = await this.collector.load(checked)
    if (result.applied) this.origin = origin
    return { ...result, ...renderAll(result.diagnostics, sources) }
  }

  /** Reads the applied config again and logs what became of it; never throws for what a config says. */
  async reload(): Promise<ServiceLoad> {
    try {
      if (this.origin === undefined) {
        throw new WeirError('no-config', 'no config has been applied yet', 'Apply one before a reload.')
      }
      const result = await this.apply(this.origin)
      if (result.applied) this.log.info('config reloaded')
      else this.log.error('config not applied, the running one is untouched', { errors: result.errors.join('; ') })
      return result
    } catch (error) {
      if (!(error instanceof WeirError)) throw error
      this.log.error('config not applied, the running one is untouched', { error: error.message })
      return { applied: false, diagnostics: [], text: `${error.message}\n${error.nextStep}`, errors: [error.message] }
    }
  }

  /** Stops the components, sources first, then the server. Everything queued is on disk afterwards. */
  async stop(): Promise<void> {
    await this.collector.stop()
    await this.server.close()
  }
}

/** Turns "cannot run this component" into an error unless it may be left out. */
function runnable(config: CheckedConfig, skipUnsupported: boolean): CheckedConfig {
  if (skipUnsupported) return config
  const diagnostics = config.diagnostics.map((diagnostic): Diagnostic =>
    diagnostic.code === 'unsupported-component' ? { ...diagnostic, severity: 'error' } : diagnostic,
  )
  return { ...config, diagnostics }
}

/** What is said about a config, without the content of secret arguments. */
function renderAll(
  diagnostics: readonly Diagnostic[],
  sources: readonly ConfigSource[],
): Pick<ServiceLoad, 'text' | 'errors'> {
  if (diagnostics.length === 0) return { text: '', errors: [] }
  const lines = new Map(sources.map(({ file, text }) => [file, new LineIndex(maskSecrets(text, catalog))]))
  const linesOf = ({ file }: Diagnostic): LineIndex => lines.get(file ?? '') ?? new LineIndex('')
  return {
    text: diagnostics.map((diagnostic) => `${renderDiagnostic(diagnostic, linesOf(diagnostic))}\n\n`).join(''),
    errors: diagnostics
      .filter(({ severity }) => severity === 'error')
      .map((diagnostic) => headline(diagnostic, linesOf(diagnostic))),
  }
}
