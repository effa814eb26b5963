// What a developer's machine does all day: one application of 2000 series scraped every 5 s, 100 spans and 50 log lines a
// second, all in one Weir. The question is memory; there is no peer that takes all three.
import { join } from 'node:path'
import { compareSystems } from '../measure/compare.mjs'
import { sleep } from '../measure/statistics.mjs'
import { freePort, startWeir, temporaryDirectory } from '../measure/weir.mjs'
import { startWorld } from '../measure/world.mjs'

const container = 'beac'.repeat(16)
const spans = 20
const worldOf = (name) => new URL(`../${name}/world.mjs`, import.meta.url)

export function benchDesktop(options) {
  const what = { bench: 'desktop', unit: 'item' }
  return compareSystems(what, [{ name: 'all three' }], { weir: startWeir }, measure, { ...options, peer: false })
}

async function measure(_, start, { core, worldCore, bundle, nodeFlags, seconds, warmup }) {
  const socketPath = join(temporaryDirectory('weir-bench-docker'), 'docker.sock')
  const page = { targets: 1, series: 2000, format: 'openmetrics', gzip: true, decodeEvery: 1 }
  const metrics = await startWorld(worldCore, worldOf('metrics'), page)
  const otlp = await startWorld(worldCore, worldOf('otlp'), { protocol: 'http', spans, compareEvery: 1 })
  const logs = await startWorld(worldCore, worldOf('logs'), {
    socketPath,
    container,
    withoutDebug: false,
    decodeEvery: 1,
  })
  const worlds = [metrics, otlp, logs]
  const port = await freePort()
  const config = configOf({ metrics, otlp, logs, port, socketPath })
  let weir
  try {
    weir = await start(core, bundle, config, nodeFlags)
    await otlp.call('connect', port)
    while (!(await logs.call('following'))) await sleep(50)
    await otlp.call('run', { perSecond: 5 })
    await logs.call('run', { perSecond: 50 })
    await sleep(warmup * 1000)
    const totals = async () => Promise.all(worlds.map((world) => world.call('totals')))
    const before = await totals()
    const cpuBefore = weir.cpuSeconds()
    await sleep(seconds * 1000)
    const after = await totals()
    const cpu = weir.cpuSeconds() - cpuBefore
    const count = ([{ samples }, { items: taken }, { items: lines }]) => samples + taken + lines
    const items = count(after) - count(before)
    return {
      cpuPerMillion: (cpu / items) * 1e6,
      itemsPerSecond: items / seconds,
      busy: cpu / seconds,
      ...weir.memory(),
      problems: after.flatMap(({ wrong }, index) =>
        wrong === 0 ? [] : [`${['metrics', 'otlp', 'logs'][index]} differ`],
      ),
    }
  } finally {
    await weir?.stop()
    for (const world of worlds) world.stop()
  }
}

function configOf({ metrics, otlp, logs, port, socketPath }) {
  return `
prometheus.scrape "app" {
  targets         = [{ __address__ = "127.0.0.1:${metrics.ports.targets[0]}" }]
  job_name        = "bench"
  scrape_interval = "5s"
  scrape_timeout  = "5s"
  forward_to      = [prometheus.remote_write.mimir.receiver]
}

prometheus.remote_write "mimir" {
  endpoint {
    url = "http://127.0.0.1:${metrics.ports.sink}/api/v1/push"
  }
}

otelcol.receiver.otlp "app" {
  http {
    endpoint = "127.0.0.1:${port}"
  }

  output {
    traces = [otelcol.exporter.otlphttp.tempo.input]
  }
}

otelcol.exporter.otlphttp "tempo" {
  client {
    endpoint    = "http://127.0.0.1:${otlp.ports.sink}"
    compression = "none"
  }
}

loki.source.docker "containers" {
  host       = "unix://${socketPath}"
  targets    = [{ __meta_docker_container_id = "${container}", container = "bench" }]
  forward_to = [loki.write.loki.receiver]
}

loki.write "loki" {
  endpoint {
    url = "http://127.0.0.1:${logs.ports.sink}/loki/api/v1/push"
  }
}
`
}
