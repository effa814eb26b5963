import type { Health, HealthState } from '../protocol.ts'

const badness: Record<HealthState, number> = { healthy: 0, unknown: 1, unhealthy: 2, exited: 3 }

/** The sources a component's health is merged from: its evaluation, its running, and its own report. */
export interface HealthSources {
  readonly evaluation: Health
  readonly run: Health
  readonly own?: Health
}

/** The worst of the sources; among equals the most recent. */
export function mergeHealth({ evaluation, run, own }: HealthSources): Health {
  return [evaluation, run, ...(own ? [own] : [])].reduce((worst, next) => {
    const difference = badness[next.state] - badness[worst.state]
    return difference > 0 || (difference === 0 && next.since > worst.since) ? next : worst
  })
}
