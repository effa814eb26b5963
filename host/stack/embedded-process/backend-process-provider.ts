// The embedded backend as a child process: started, watched, started again with growing pauses when it dies.
import { existsSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { WeirError } from '../../../collector-core/weir-error.ts'
import type {
  BackendCard,
  BackendLogLine,
  BackendName,
  Preflight,
  StackEndpoints,
  StackSettings,
} from '../../contract/stack.ts'
import { localEndpoints } from '../endpoints.ts'
import { askHttp } from '../http-question.ts'
import { portFindings } from '../preflight/port-findings.ts'
import { diskFinding } from '../preflight/room-findings.ts'
import { askReadiness } from '../readiness.ts'
import { sleepUnlessCancelled } from '../sleep.ts'
import type { Order, StackProvider } from '../stack-provider.ts'
import { backendFlags } from './backend-flags.ts'
import { BackendProcess } from './backend-process.ts'
import type { LaunchBackend } from './launch-backend.ts'
import { folderBytes, residentBytes } from './process-use.ts'

export interface BackendProcessOptions {
  readonly launch: LaunchBackend
  readonly folder: string
  readonly settings: StackSettings
}

const readyWithinMs = 30_000
const backends = ['mimir', 'loki', 'tempo'] as const
const ports = ['mimir', 'loki', 'tempo', 'tempoGrpc', 'tempoHttp'] as const

/** Loki's, Tempo's and Mimir's APIs from one process of Weir's own, on their ports; there is no Grafana. */
export class BackendProcessProvider implements StackProvider {
  readonly provider = 'embedded'
  private readonly options: BackendProcessOptions
  private readonly child: BackendProcess

  constructor(options: BackendProcessOptions) {
    this.options = options
    this.child = new BackendProcess(options.launch, backendFlags(options.settings.ports, options.folder))
  }

  /** The embedded backend takes metrics as Mimir does. */
  get endpoints(): StackEndpoints {
    return localEndpoints({ ...this.options.settings, metrics: 'mimir' }, false)
  }

  async preflight(): Promise<Preflight> {
    const wanted = ports.map((name) => ({ name, port: this.options.settings.ports[name] }))
    const runs = this.child.running || (await this.runsElsewhere())
    const findings = [
      ...(runs ? [] : await portFindings(wanted, async () => undefined)),
      await diskFinding(nearestFolder(this.options.folder)),
    ]
    return { findings, images: [], canStart: findings.every(({ severity }) => severity !== 'error') }
  }

  async start(order: Order): Promise<void> {
    if (!this.child.running && (await this.runsElsewhere())) return
    order.doing('starting the embedded backend')
    this.child.start()
    const giveUpAt = Date.now() + readyWithinMs
    for (;;) {
      const { ended } = this.child
      if (ended !== undefined && this.child.restarts >= 2) {
        await this.child.stop()
        throw ended
      }
      const answers = await Promise.all(backends.map((name) => this.readiness(name)))
      if (this.child.running && answers.every(({ ready }) => ready)) return
      if (Date.now() > giveUpAt) {
        await this.child.stop()
        throw new WeirError(
          'not-ready',
          `the embedded backend did not get ready within ${readyWithinMs / 1000} s`,
          'Look at its log with `weir stack logs loki`.',
        )
      }
      await sleepUnlessCancelled(100, order.cancel).catch(async (error: unknown) => {
        await this.child.stop()
        throw error
      })
    }
  }

  async stop(order: Order): Promise<void> {
    order.doing('stopping the embedded backend')
    await this.child.stop()
  }

  async restart(_backend: BackendName, order: Order): Promise<void> {
    await this.stop(order)
    await this.start(order)
  }

  async reset(_backend: BackendName, _order: Order): Promise<void> {
    throw new WeirError(
      'unsupported-order',
      'the embedded backend keeps all signals in one store and cannot reset one of them',
      'Run `weir stack uninstall --provider embedded` to delete everything it stored.',
    )
  }

  async upgrade(): Promise<void> {
    // It is part of Weir and has Weir's version.
  }

  async uninstall(_options: { readonly images: boolean }, order: Order): Promise<void> {
    await this.stop(order)
    order.doing('deleting what was stored')
    rmSync(this.options.folder, { recursive: true, force: true })
  }

  async importImages(): Promise<void> {
    throw new WeirError('unsupported-order', 'the embedded backend needs no images', 'Choose the Docker provider.')
  }

  async cards(): Promise<readonly BackendCard[]> {
    const { settings, folder } = this.options
    const elsewhere = !this.child.running && (await this.runsElsewhere())
    const [memoryBytes, diskBytes] = await Promise.all([residentBytes(this.child.pid), folderBytes(folder)])
    return Promise.all(
      backends.map(async (backend): Promise<BackendCard> => {
        const readiness = this.child.running || elsewhere ? await this.readiness(backend) : undefined
        const { ended } = this.child
        return {
          backend,
          state: readiness?.ready ? 'ready' : readiness ? 'starting' : ended ? 'failed' : 'stopped',
          readiness: elsewhere
            ? 'ready, run by another Weir'
            : (readiness?.words ?? (ended ? 'ended by itself' : 'stopped')),
          since: this.child.since,
          version: 'embedded',
          image: undefined,
          port: settings.ports[backend],
          url: `http://127.0.0.1:${settings.ports[backend]}`,
          memoryBytes,
          memoryLimitBytes: undefined,
          cpuPercent: undefined,
          diskBytes,
          sent: undefined,
          restarts: this.child.restarts,
          problem: ended && { code: ended.code, message: ended.message, nextStep: ended.nextStep },
          upgradeTo: undefined,
        }
      }),
    )
  }

  async followLogs(
    _backend: BackendName,
    onLines: (lines: readonly BackendLogLine[]) => void,
    stop: AbortSignal,
  ): Promise<void> {
    await this.child.followLog(onLines, stop)
  }

  async watch(onChange: () => void, stop: AbortSignal): Promise<void> {
    await this.child.watch(onChange, stop)
  }

  async close(): Promise<void> {
    await this.child.stop()
  }

  /** Whether another process of Weir, such as `weir stack up` in a terminal, already runs it on these ports. */
  private async runsElsewhere(): Promise<boolean> {
    const url = `http://127.0.0.1:${this.options.settings.ports.mimir}/prometheus/api/v1/status/buildinfo`
    const answer = await askHttp(url, { withinMs: 2000 }).catch(() => undefined)
    return answer?.text.includes('Weir embedded backend') === true
  }

  private readiness(backend: (typeof backends)[number]) {
    return askReadiness(this.options.settings.ports[backend], '/ready')
  }
}

/** The folder itself, or the nearest above it that is there. */
function nearestFolder(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearestFolder(dirname(folder))
}
