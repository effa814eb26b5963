// otelcol.receiver.otlp → otelcol.exporter.otlp or .otlphttp. The peer is this folder's own naive forwarder, in the same
// language: it says what Weir's way of working saves, not how it compares with another product.
import { fileURLToPath } from 'node:url'
import { startPinned } from '../measure/process.mjs'
import { compareSystems } from '../measure/compare.mjs'
import { settled, sleep } from '../measure/statistics.mjs'
import { freePort, startWeir } from '../measure/weir.mjs'
import { startWorld } from '../measure/world.mjs'

const world = new URL('world.mjs', import.meta.url)
const naive = fileURLToPath(new URL('naive-forwarder.mjs', import.meta.url))
const spans = 512

export const workloads = [
  { name: 'grpc', protocol: 'grpc', parallel: 8 },
  { name: 'http', protocol: 'http', parallel: 8 },
  { name: 'grpc 20k/s', protocol: 'grpc', perSecond: 20_480 / spans },
  { name: 'http 20k/s', protocol: 'http', perSecond: 20_480 / spans },
]

export function benchOtlp(options) {
  const systems = {
    weir: (workload, sink) => weir(options, workload, sink),
    other: (workload, sink) => forwarder(options, workload, sink),
  }
  return compareSystems({ bench: 'otlp', unit: 'span', peer: 'naive forwarder' }, workloads, systems, measure, options)
}

async function measure(workload, start, { seconds, warmup, worldCore }) {
  const { protocol, parallel, perSecond } = workload
  const around = await startWorld(worldCore, world, { protocol, spans, compareEvery: 10 })
  let system
  try {
    system = await start(workload, around.ports.sink)
    await around.call('connect', system.port)
    const runFor = async (duration) => {
      await around.call('run', { parallel, perSecond })
      await sleep(duration * 1000)
      await around.call('pause')
      return settled(() => around.call('totals'), { quietMs: 500 })
    }
    const before = await runFor(warmup)
    const cpuBefore = system.cpuSeconds()
    const startedAt = Date.now()
    const after = await runFor(seconds)
    const cpu = system.cpuSeconds() - cpuBefore
    const took = (after.lastAt - startedAt) / 1000
    const items = after.items - before.items
    const unsent = after.sent - after.failed - after.items / spans
    return {
      cpuPerMillion: (cpu / items) * 1e6,
      itemsPerSecond: items / took,
      busy: cpu / took,
      ...system.memory(),
      wireBytes: (after.bytes - before.bytes) / items,
      refused: after.failed,
      problems: [
        ...(unsent === 0 ? [] : [`${unsent} requests that were taken did not arrive`]),
        ...(after.wrong === 0 ? [] : [(await around.call('complaints'))[0]]),
        ...(after.compared > 0 ? [] : ['no request was compared']),
      ],
    }
  } catch (error) {
    throw new Error(`${error.message}\n${system?.errors() ?? ''}`)
  } finally {
    await system?.stop()
    around.stop()
  }
}

async function weir({ core, bundle, nodeFlags }, { protocol }, sink) {
  const port = await freePort()
  const [exporter, endpoint] =
    protocol === 'grpc' ? ['otlp', `127.0.0.1:${sink}`] : ['otlphttp', `http://127.0.0.1:${sink}`]
  const config = `
otelcol.receiver.otlp "in" {
  ${protocol} {
    endpoint = "127.0.0.1:${port}"
  }

  output {
    traces = [otelcol.exporter.${exporter}.out.input]
  }
}

otelcol.exporter.${exporter} "out" {
  client {
    endpoint    = "${endpoint}"
    compression = "none"

    tls {
      insecure = true
    }
  }
}
`
  return { ...(await startWeir(core, bundle, config, nodeFlags)), port }
}

async function forwarder({ core }, { protocol }, sink) {
  const port = await freePort()
  const program = startPinned(core, process.execPath, [naive, protocol, String(port), String(sink)])
  await new Promise((resolve, reject) => {
    program.child.stdout.once('data', resolve)
    program.child.once('exit', () => reject(new Error(program.errors())))
  })
  return { ...program, port }
}
