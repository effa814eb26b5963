import type { HealthState } from '../../collector-core/protocol.ts'
import type { ConnectionState } from './connection.ts'

const marks: Readonly<Partial<Record<ConnectionState, HealthState>>> = {
  live: 'healthy',
  lost: 'unhealthy',
  refused: 'unhealthy',
  failed: 'unhealthy',
  restarting: 'unhealthy',
  stopped: 'exited',
}

/** The health a connection is drawn as; one that may yet come to be is unknown. */
export const connectionMark = (state: ConnectionState): HealthState => marks[state] ?? 'unknown'
