import type { MetricRegistry } from './registry.ts'

/** Registers what the process itself is and uses, under the names Prometheus clients give them. */
export function reportProcess(registry: MetricRegistry, version: string): void {
  const scope = registry.scope({})
  scope.gauge('weir_build_info', 'Always 1; the version is a label.', ['version']).set(1, [version])
  const started = scope.gauge('process_start_time_seconds', 'Start of the process, seconds since the epoch.')
  started.set(Math.round(Date.now() - process.uptime() * 1000) / 1000)
  const cpu = scope.counter('process_cpu_seconds_total', 'User and system CPU time spent, seconds.')
  const memory = scope.gauge('process_resident_memory_bytes', 'Resident memory, bytes.')
  const heap = scope.gauge('nodejs_heap_size_used_bytes', 'JavaScript heap in use, bytes.')
  let counted = 0
  scope.beforeScrape(() => {
    const { user, system } = process.cpuUsage()
    const seconds = (user + system) / 1e6
    cpu.add(seconds - counted)
    counted = seconds
    const usage = process.memoryUsage()
    memory.set(usage.rss)
    heap.set(usage.heapUsed)
  })
}
