// Runs workloads on Weir and on its peer, turn by turn, and puts the medians beside each other.
import { medians } from './statistics.mjs'

/**
 * `measure(workload, start, options)` answers `cpuPerMillion`, `itemsPerSecond`, `rss`, `peak`, `wireBytes` and `problems`;
 * `systems` holds what starts `weir` and `other`. Answers a row for each workload.
 */
export async function compareSystems(what, workloads, systems, measure, options) {
  const rows = []
  for (const workload of workloads.filter(({ name }) => options.only?.includes(name) ?? true)) {
    const runs = { weir: [], other: [] }
    for (let round = 0; round < options.rounds; round++) {
      if (options.peer) runs.other.push(await measure(workload, systems.other, options))
      runs.weir.push(await measure(workload, systems.weir, options))
    }
    rows.push(rowOf(what, workload, runs, options))
  }
  return rows
}

function rowOf(what, { name, goal }, runs, { peer }) {
  const weir = medians(runs.weir)
  const other = peer ? medians(runs.other) : undefined
  return {
    ...what,
    name,
    goal,
    ratio: other && weir.cpuPerMillion / other.cpuPerMillion,
    weir,
    other,
    runs: { weir: runs.weir.map(cpuOf), other: runs.other.map(cpuOf) },
    problems: [
      ...runs.weir.flatMap(({ problems }) => problems.map((problem) => `Weir: ${problem}`)),
      ...runs.other.flatMap(({ problems }) => problems.map((problem) => `${what.peer}: ${problem}`)),
    ],
  }
}

const cpuOf = ({ cpuPerMillion }) => cpuPerMillion
