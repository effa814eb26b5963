// Memory and processor of a container, from single samples: `one-shot` leaves out the previous one, so it is kept here.
import type { DockerApi } from './docker-api.ts'

export interface ContainerUse {
  readonly memoryBytes: number | undefined
  readonly memoryLimitBytes: number | undefined
  readonly cpuPercent: number | undefined
}

interface CpuSample {
  readonly used: number
  readonly system: number
}

type Json = Readonly<Record<string, unknown>>
const record = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {})
const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)

export class StatsReader {
  private readonly last = new Map<string, CpuSample>()

  async read(api: DockerApi, id: string): Promise<ContainerUse> {
    const stats: unknown = await api.ask('reading the use of a container', (docker, abortSignal) =>
      docker.getContainer(id).stats({ stream: false, 'one-shot': true, abortSignal } as { stream: false }),
    )
    return this.take(id, stats)
  }

  take(id: string, stats: unknown): ContainerUse {
    const memory = record(record(stats).memory_stats)
    const detail = record(memory.stats)
    const usage = number(memory.usage)
    // What the page cache could give back is not counted, as `docker stats` does; the name depends on the cgroup version.
    const cache = number(detail.inactive_file) ?? number(detail.total_inactive_file) ?? 0
    const cpu = record(record(stats).cpu_stats)
    const used = number(record(cpu.cpu_usage).total_usage)
    const system = number(cpu.system_cpu_usage)
    const before = this.last.get(id)
    let cpuPercent: number | undefined
    if (used !== undefined && system !== undefined) {
      if (before !== undefined && system > before.system) {
        cpuPercent = Math.max(
          0,
          ((used - before.used) / (system - before.system)) * (number(cpu.online_cpus) ?? 1) * 100,
        )
      }
      this.last.set(id, { used, system })
      if (this.last.size > 64) this.last.delete([...this.last.keys()][0])
    }
    return {
      memoryBytes: usage === undefined ? undefined : Math.max(0, usage - cache),
      memoryLimitBytes: number(memory.limit),
      cpuPercent,
    }
  }
}
