const columns = [
  ['workload', ({ bench, name }) => `${bench} ${name}`],
  ['CPU-s/M', ({ weir }) => weir.cpuPerMillion.toFixed(3)],
  ['peer', ({ other }) => other?.cpuPerMillion.toFixed(3)],
  ['ratio', ({ ratio }) => ratio?.toFixed(3)],
  ['goal', ({ goal }) => goal?.toString()],
  ['items/s', ({ weir }) => rate(weir.itemsPerSecond)],
  ['peer', ({ other }) => other && rate(other.itemsPerSecond)],
  ['cores', ({ weir }) => weir.busy.toFixed(2)],
  ['peer', ({ other }) => other?.busy.toFixed(2)],
  ['RSS MiB', ({ weir }) => `${weir.rss.toFixed(0)} (${weir.peak.toFixed(0)})`],
  ['peer', ({ other }) => other && `${other.rss.toFixed(0)} (${other.peak.toFixed(0)})`],
  ['wire B/item', ({ weir }) => weir.wireBytes?.toFixed(1)],
  ['peer', ({ other }) => other?.wireBytes?.toFixed(1)],
  ['content', ({ problems }) => (problems.length === 0 ? 'equal' : 'DIFFERS')],
]

/** Prints a row per workload; memory is resident at the end, with the highest in brackets. */
export function printRows(machine, rows) {
  const { date, cpu, cores, node, prometheus, loadBefore, loadAfter } = machine
  const loads = `load ${loadBefore.join(' ')} before, ${loadAfter.join(' ')} after`
  process.stdout.write(`${date}, ${cores} x ${cpu}, Node ${node}, Prometheus ${prometheus ?? 'absent'}, ${loads}\n\n`)
  const cells = [columns.map(([title]) => title), ...rows.map((row) => columns.map(([, text]) => text(row) ?? '-'))]
  const widths = columns.map((_, column) => Math.max(...cells.map((line) => line[column].length)))
  for (const line of cells) {
    process.stdout.write(
      `${line
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd()}\n`,
    )
  }
  process.stdout.write('\n')
  for (const { bench, name, runs } of rows) {
    const list = (values) => values.map((value) => value.toFixed(3)).join(' ')
    process.stdout.write(`${bench} ${name}: runs ${list(runs.weir)} | peer ${list(runs.other)}\n`)
  }
}

const rate = (value) => (value >= 1e6 ? `${(value / 1e6).toFixed(2)} M` : `${(value / 1000).toFixed(1)} k`)
