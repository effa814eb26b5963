#!/usr/bin/env node
// Measures Weir beside its peers on this machine: CPU per item, memory, bytes on the wire, and whether what arrives is right.
import { writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { benchMetrics, prometheusVersion } from './metrics/bench.mjs'
import { benchDesktop } from './desktop/bench.mjs'
import { benchLogs } from './logs/bench.mjs'
import { benchOtlp } from './otlp/bench.mjs'
import { copyBundle } from './measure/weir.mjs'
import { printRows } from './measure/table.mjs'

const help = `Usage: npm run bench -- [flags] [metrics] [otlp] [logs] [desktop]

Without a name, all of them run.

  --quick          one round of 8 seconds
  --rounds N       rounds whose median counts (3)
  --seconds N      length of one measurement (20)
  --only A,B       workloads to run, as the table names them
  --no-peer        measure Weir alone
  --weir FILE      measure this bundle instead of the one of these sources
  --cores A,B      core of the program that is measured, and of everything around it (0,1)
  --node-flags F   flags for the node that runs Weir, separated by spaces
  --gate           fail when a goal is missed
  --json FILE      write everything that was measured
`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    seconds: { type: 'string' },
    only: { type: 'string' },
    'no-peer': { type: 'boolean', default: false },
    weir: { type: 'string' },
    cores: { type: 'string', default: '0,1' },
    'node-flags': { type: 'string', default: '' },
    gate: { type: 'boolean', default: false },
    json: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  },
})
const benches = { metrics: benchMetrics, otlp: benchOtlp, logs: benchLogs, desktop: benchDesktop }
const unknown = positionals.find((name) => !(name in benches))
if (values.help || unknown !== undefined) {
  process.stdout.write(unknown === undefined ? help : `there is no benchmark "${unknown}"\n\n${help}`)
  process.exit(unknown === undefined ? 0 : 1)
}

const [core, worldCore] = values.cores.split(',').map(Number)
const options = {
  rounds: Number(values.rounds ?? (values.quick ? 1 : 3)),
  seconds: Number(values.seconds ?? (values.quick ? 8 : 20)),
  warmup: values.quick ? 5 : 8,
  only: values.only?.split(','),
  peer: !values['no-peer'],
  bundle: copyBundle(values.weir),
  core,
  worldCore,
  nodeFlags: values['node-flags'].split(' ').filter((flag) => flag !== ''),
}
const machine = {
  date: new Date().toISOString(),
  cpu: cpus()[0].model,
  cores: cpus().length,
  node: process.version,
  prometheus: prometheusVersion(),
  loadBefore: loadavg().map((load) => Number(load.toFixed(1))),
}
if (machine.prometheus === undefined && options.peer) {
  process.stderr.write('prometheus is not installed, so metrics are measured without it\n')
}

const rows = []
for (const name of positionals.length > 0 ? positionals : Object.keys(benches)) {
  const peer = options.peer && (name !== 'metrics' || machine.prometheus !== undefined)
  for (const row of await benches[name]({ ...options, peer })) rows.push(row)
}
machine.loadAfter = loadavg().map((load) => Number(load.toFixed(1)))
printRows(machine, rows)
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ machine, rows }, undefined, 2)}\n`)

const wrong = rows.flatMap(({ bench, name, problems }) => problems.map((problem) => `${bench} ${name}: ${problem}`))
const missed = rows.filter(({ goal, ratio }) => goal !== undefined && ratio > goal)
for (const problem of wrong) process.stderr.write(`${problem}\n`)
for (const { bench, name, goal, ratio } of missed) {
  process.stderr.write(`${bench} ${name}: ${ratio.toFixed(2)}x of the peer's CPU, the goal is ${goal}x\n`)
}
process.exit(wrong.length > 0 || (values.gate && missed.length > 0) ? 1 : 0)
