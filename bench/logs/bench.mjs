// loki.source.docker → loki.write, with and without a stage that drops lines. The peer is this folder's own naive shipper, in
// the same language: it says what Weir's way of working saves, not how it compares with another product.
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compareSystems } from '../measure/compare.mjs'
import { startPinned } from '../measure/process.mjs'
import { settled, sleep } from '../measure/statistics.mjs'
import { startWeir, temporaryDirectory } from '../measure/weir.mjs'
import { startWorld } from '../measure/world.mjs'
import { lineBytes } from './lines.mjs'

const world = new URL('world.mjs', import.meta.url)
const naive = fileURLToPath(new URL('naive-shipper.mjs', import.meta.url))
const container = 'beac'.repeat(16)

export const workloads = [
  { name: 'full speed' },
  { name: 'full speed, drop', drop: true },
  { name: '20k/s', perSecond: 20_000 },
  { name: '20k/s, drop', perSecond: 20_000, drop: true },
]

export function benchLogs(options) {
  const systems = {
    weir: (workload, socketPath, sink) => weir(options, workload, socketPath, sink),
    other: (workload, socketPath, sink) => shipper(options, workload, socketPath, sink),
  }
  return compareSystems({ bench: 'logs', unit: 'line', peer: 'naive shipper' }, workloads, systems, measure, options)
}

async function measure(workload, start, { seconds, warmup, worldCore }) {
  const socketPath = join(temporaryDirectory('weir-bench-docker'), 'docker.sock')
  const settings = { socketPath, container, withoutDebug: workload.drop === true, decodeEvery: 20 }
  const around = await startWorld(worldCore, world, settings)
  let system
  try {
    system = await start(workload, socketPath, around.ports.sink)
    while (!(await around.call('following'))) await sleep(50)
    const runFor = async (duration) => {
      const startedAt = Date.now()
      await around.call('run', { perSecond: workload.perSecond })
      await sleep(duration * 1000)
      await around.call('pause')
      const end = await arrived(around)
      return { ...end, tookSeconds: (end.lastAt - startedAt) / 1000 }
    }
    const before = await runFor(warmup)
    const cpuBefore = system.cpuSeconds()
    const after = await runFor(seconds)
    const cpu = system.cpuSeconds() - cpuBefore
    const lines = after.lines - before.lines
    return {
      cpuPerMillion: (cpu / lines) * 1e6,
      itemsPerSecond: lines / after.tookSeconds,
      busy: cpu / after.tookSeconds,
      ...system.memory(),
      wireBytes: (after.wireBytes - before.wireBytes) / lines,
      payloadBytes: lineBytes,
      problems: [
        ...(after.items === after.expected ? [] : [`${after.expected - after.items} lines did not arrive`]),
        ...(after.wrong === 0 ? [] : [`${after.wrong} lines are wrong: ${(await around.call('complaints'))[0]}`]),
        ...(after.decoded > 0 ? [] : ['no request was compared']),
      ],
    }
  } catch (error) {
    throw new Error(`${error.message}\n${system?.errors() ?? ''}`)
  } finally {
    await system?.stop()
    around.stop()
  }
}

/** The totals once everything that was logged has arrived, or once nothing more arrives. */
async function arrived(around) {
  const totals = () => around.call('totals')
  for (let now = await totals(); now.items < now.expected;) {
    const next = await settled(totals, { quietMs: 300, timeoutMs: 1500 })
    if (next.items === now.items) return settled(totals, { quietMs: 3000 })
    now = next
  }
  return totals()
}

async function weir({ core, bundle, nodeFlags }, { drop }, socketPath, sink) {
  const config = `
loki.source.docker "bench" {
  host       = "unix://${socketPath}"
  targets    = [{ __meta_docker_container_id = "${container}", container = "bench" }]
  forward_to = [${drop ? 'loki.process.filter.receiver' : 'loki.write.sink.receiver'}]
}
${
  drop
    ? `
loki.process "filter" {
  stage.drop {
    expression = "level=debug"
  }

  forward_to = [loki.write.sink.receiver]
}
`
    : ''
}
loki.write "sink" {
  endpoint {
    url = "http://127.0.0.1:${sink}/loki/api/v1/push"
  }
}
`
  return startWeir(core, bundle, config, nodeFlags)
}

async function shipper({ core }, { drop }, socketPath, sink) {
  const args = [naive, socketPath, container, String(sink), drop ? 'drop' : 'keep']
  const program = startPinned(core, process.execPath, args)
  await new Promise((resolve, reject) => {
    program.child.stdout.once('data', resolve)
    program.child.once('exit', () => reject(new Error(program.errors())))
  })
  return program
}
