// prometheus.scrape → prometheus.remote_write against Prometheus in agent mode, both with the same targets and sink.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startPinned } from '../measure/process.mjs'
import { compareSystems } from '../measure/compare.mjs'
import { settled, sleep } from '../measure/statistics.mjs'
import { freePort, startWeir, temporaryDirectory } from '../measure/weir.mjs'
import { startWorld } from '../measure/world.mjs'

const world = new URL('world.mjs', import.meta.url)

/** Workloads; `goal` is the largest ratio of CPU per sample that `--gate` lets pass. */
export const workloads = [
  { name: '10x10k', targets: 10, series: 10_000, format: 'openmetrics', gzip: false, goal: 0.25 },
  { name: '100x1k', targets: 100, series: 1000, format: 'openmetrics', gzip: false, goal: 0.33 },
  { name: '10x10k gzip', targets: 10, series: 10_000, format: 'openmetrics', gzip: true, goal: 0.33 },
  { name: '10x10k text', targets: 10, series: 10_000, format: 'text', gzip: false, goal: 0.25 },
]

export function prometheusVersion() {
  try {
    return /version (\S+)/.exec(execFileSync('prometheus', ['--version'], { encoding: 'utf8' }))[1]
  } catch {
    return undefined
  }
}

export function benchMetrics(options) {
  const { core, bundle, nodeFlags } = options
  const systems = {
    weir: (ports) => weir(core, bundle, ports, nodeFlags),
    other: (ports) => prometheus(core, ports),
  }
  return compareSystems(
    { bench: 'metrics', unit: 'sample', peer: 'Prometheus agent' },
    workloads,
    systems,
    measure,
    options,
  )
}

async function measure({ targets, series, format, gzip }, start, { seconds, warmup, worldCore }) {
  const around = await startWorld(worldCore, world, { targets, series, format, gzip, decodeEvery: 20 })
  let system
  try {
    system = await start(around.ports)
    await sleep(warmup * 1000)
    const before = await around.call('totals')
    const cpuBefore = system.cpuSeconds()
    await sleep(seconds * 1000)
    const after = await around.call('totals')
    const cpu = system.cpuSeconds() - cpuBefore
    const { rss, peak } = system.memory()
    const samples = after.samples - before.samples
    await around.call('endServing')
    const end = await settled(() => around.call('totals'))
    const missing = end.succeeded * series - end.samples
    return {
      // A collector that does not get its core for a second lets scrapes run into their timeout.
      starved: samples < 0.9 * targets * series * seconds,
      failedScrapes: end.served - end.succeeded,
      cpuPerMillion: (cpu / samples) * 1e6,
      itemsPerSecond: samples / seconds,
      busy: cpu / seconds,
      rss,
      peak,
      wireBytes: (after.wireBytes - before.wireBytes) / samples,
      requestsPerSecond: (after.requests - before.requests) / seconds,
      problems: [
        ...(missing === 0 ? [] : [`${missing} samples of scrapes that count as successful did not arrive`]),
        ...(end.succeeded > 0 ? [] : ['no scrape succeeded']),
        ...(end.wrong === 0 ? [] : [`${end.wrong} samples are wrong: ${(await around.call('complaints'))[0]}`]),
        ...(end.decoded > 0 ? [] : ['no request was compared']),
      ],
    }
  } catch (error) {
    throw new Error(`${error.message}\n${system?.errors() ?? ''}`)
  } finally {
    await system?.stop()
    around.stop()
  }
}

async function weir(core, bundle, { targets, sink }, nodeFlags) {
  const addresses = targets.map((port) => `    { __address__ = "127.0.0.1:${port}" },`).join('\n')
  const config = `
prometheus.scrape "bench" {
  targets = [
${addresses}
  ]
  job_name        = "bench"
  scrape_interval = "1s"
  scrape_timeout  = "1s"
  forward_to      = [prometheus.remote_write.sink.receiver]
}

prometheus.remote_write "sink" {
  endpoint {
    url = "http://127.0.0.1:${sink}/api/v1/write"
  }
}
`
  return startWeir(core, bundle, config, nodeFlags)
}

async function prometheus(core, { targets, sink }) {
  const directory = temporaryDirectory('weir-bench-agent')
  const file = join(directory, 'prometheus.yml')
  writeFileSync(
    file,
    `
global: { scrape_interval: 1s, scrape_timeout: 1s }
scrape_configs:
  - job_name: bench
    static_configs: [{ targets: [${targets.map((port) => `'127.0.0.1:${port}'`).join(', ')}] }]
remote_write:
  - url: http://127.0.0.1:${sink}/api/v1/write
`,
  )
  return startPinned(core, 'prometheus', [
    '--enable-feature=agent',
    `--config.file=${file}`,
    `--storage.agent.path=${join(directory, 'data')}`,
    `--web.listen-address=127.0.0.1:${await freePort()}`,
  ])
}
