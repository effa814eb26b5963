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
      if (options.peer) runs.other.push(await measureFed(measure, workload, systems.other, options))
      runs.weir.push(await measureFed(measure, workload, systems.weir, options))
    }
    rows.push(rowOf(what, workload, runs, options))
  }
  return rows
}

/** Once more, twice at most, when the machine was too busy with other things to keep up a fixed rate. */
async function measureFed(measure, workload, start, options) {
  for (let attempt = 0; ; attempt++) {
    const result = await measure(workload, start, options)
    if (result.starved !== true || result.problems.length > 0 || attempt === 2) return result
  }
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
