import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Child } from './child.ts'
import type { Ended } from './child.ts'
import { parseMetrics } from './metrics-page.ts'
import type { MetricsPage } from './metrics-page.ts'
import { scratchFolder } from './scratch-folder.ts'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** The bundled command line the suites run. */
export const bundle = process.env.WEIR_E2E_BUNDLE ?? join(root, 'dist', 'weir.mjs')

export interface WeirOptions {
  /** Data directory; a new one unless given. */
  readonly storage?: string
  readonly env?: Readonly<Record<string, string>>
  readonly flags?: readonly string[]
  readonly listen?: string
}

/** A real `weir run`. */
export class Weir {
  readonly child: Child
  readonly storage: string
  readonly configPath: string
  /** How long it took from the start of the process to its ready line, milliseconds. */
  readyAfterMs = 0
  /** Of its HTTP server, without a trailing slash. */
  url = ''

  constructor(child: Child, storage: string, configPath: string) {
    this.child = child
    this.storage = storage
    this.configPath = configPath
  }

  get pid(): number {
    return this.child.pid
  }

  get log(): string {
    return this.child.stderr
  }

  async ready(startedAt: number, withinMs = 30_000): Promise<this> {
    await this.child.until('a ready line', () => this.child.stdout.includes('\n'), withinMs)
    this.readyAfterMs = performance.now() - startedAt
    const line = /^ready (http:\/\/\S+)$/.exec(this.child.stdout.split('\n')[0])
    if (line === null) throw new Error(`the first line is not a ready line: ${this.child.stdout}`)
    this.url = line[1]
    return this
  }

  async get(path: string): Promise<{ readonly status: number; readonly body: string }> {
    return answerOf(await fetch(this.url + path))
  }

  async metrics(): Promise<MetricsPage> {
    return parseMetrics((await this.get('/metrics')).body)
  }

  /** Health states by component id. */
  async health(): Promise<ReadonlyMap<string, string>> {
    const components = JSON.parse((await this.get('/api/v0/web/components')).body) as {
      localID: string
      health: { state: string }
    }[]
    return new Map(components.map(({ localID, health }) => [localID, health.state]))
  }

  /** Writes the config anew and asks for it over HTTP. */
  async reload(config: string): Promise<{ readonly status: number; readonly body: string }> {
    writeFileSync(this.configPath, config)
    return answerOf(await fetch(`${this.url}/-/reload`, { method: 'POST' }))
  }

  terminate(signal: NodeJS.Signals = 'SIGTERM'): Promise<Ended & { readonly tookMs: number }> {
    return this.child.terminate(signal)
  }

  kill(): Promise<void> {
    return this.child.kill()
  }

  /** Processor time used so far, milliseconds. */
  cpuMs(): number {
    const fields = readFileSync(`/proc/${this.pid}/stat`, 'utf8').split(') ')[1].split(' ')
    const ticksPerSecond = 100
    return ((Number(fields[11]) + Number(fields[12])) / ticksPerSecond) * 1000
  }

  /** Resident memory right now and at its highest, bytes. */
  memory(): { readonly resident: number; readonly peak: number } {
    const status = readFileSync(`/proc/${this.pid}/status`, 'utf8')
    const kibibytes = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0)
    return { resident: kibibytes('VmRSS') * 1024, peak: kibibytes('VmHWM') * 1024 }
  }
}

/** Starts `weir run` on a config and waits until it is ready. */
export async function startWeir(config: string, options: WeirOptions = {}): Promise<Weir> {
  const { weir, startedAt } = spawnWeir(config, options)
  return weir.ready(startedAt)
}

/** Starts `weir run` without waiting: for configs that cannot run. */
export function spawnWeir(
  config: string,
  options: WeirOptions = {},
): { readonly weir: Weir; readonly startedAt: number } {
  const storage = options.storage ?? scratchFolder()
  const configPath = join(scratchFolder(), 'config.alloy')
  writeFileSync(configPath, config)
  const flags = ['--server.http.listen-addr', options.listen ?? '127.0.0.1:0', '--storage.path', storage]
  const startedAt = performance.now()
  const args = [bundle, 'run', ...flags, ...(options.flags ?? []), configPath]
  return { weir: new Weir(new Child(process.execPath, args, options.env), storage, configPath), startedAt }
}

/** Runs a `weir` command to its end. */
export function weir(...args: readonly string[]): {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
} {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bundle, ...args], { encoding: 'utf8', cwd: root })
  return { code: status, stdout, stderr }
}

async function answerOf(response: Response): Promise<{ readonly status: number; readonly body: string }> {
  return { status: response.status, body: await response.text() }
}
