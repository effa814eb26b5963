import type { EvaluationEnvironment } from '../language/evaluation-environment.ts'
import type { MetricRegistry } from '../telemetry/registry.ts'
import type { Clock } from './clock.ts'
import type { Logger } from './logger.ts'

/** What the engine is given from outside: time, randomness, a place for files, and somewhere to write to. */
export interface Environment {
  readonly clock: Clock
  readonly random: () => number
  /** Holds a directory per component. */
  readonly storagePath: string
  readonly registry: MetricRegistry
  readonly log: Logger
  readonly logFor: (componentId: string) => Logger
  readonly userAgent: string
  /** `host:port` of the collector's own HTTP server. */
  readonly ownAddress: () => string
  /** What `sys.env` and `constants` see. */
  readonly system: EvaluationEnvironment
}
