/** What a running or wanted component looks like to the planner. */
export interface PlannedNode {
  readonly id: string
  readonly name: string
  /** Ids this one refers to. */
  readonly references: readonly string[]
  /** It ended by itself: only a new one can take its place. */
  readonly exited?: boolean
}

/**
 * How to get from the running graph to the wanted one. `start` and `update` are in dependency order (receivers before
 * those who send to them), `stop` in the reverse order of the running graph (sources before what they feed).
 * A component whose id stays but whose name changed, or that exited, is stopped and started.
 */
export interface Plan {
  readonly stop: readonly string[]
  readonly start: readonly string[]
  readonly update: readonly string[]
}

/** Compares two graphs, each given in dependency order. */
export function planChange(running: readonly PlannedNode[], wanted: readonly PlannedNode[]): Plan {
  const before = new Map(running.map((node) => [node.id, node]))
  const after = new Map(wanted.map((node) => [node.id, node]))
  const stays = (id: string): boolean => {
    const known = before.get(id)
    return known !== undefined && known.name === after.get(id)?.name && known.exited !== true
  }
  return {
    stop: running
      .filter(({ id }) => !stays(id))
      .map(({ id }) => id)
      .reverse(),
    start: wanted.filter(({ id }) => !stays(id)).map(({ id }) => id),
    update: wanted.filter(({ id }) => stays(id)).map(({ id }) => id),
  }
}
