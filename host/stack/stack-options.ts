import type { Patience } from './docker/wait-ready.ts'
import type { LaunchBackend } from './embedded-process/launch-backend.ts'
import type { SearchedMachine } from './engine/engine-places.ts'

/** The collector of this program, which makes way for an Alloy of the stack: both run the config and want its ports. */
export interface OwnCollector {
  readonly running: boolean
  stop(): Promise<void>
  /** Runs again what ran last. */
  start(): Promise<void>
}

/** What a stack needs of the program around it. */
export interface StackOptions {
  /** Settings, remote endpoints and the embedded backend's data live here. */
  readonly folder: string
  readonly userAgent: string
  /** Names containers, volumes and the network; one per engine is enough, tests use their own. */
  readonly project?: string
  readonly launchBackend: LaunchBackend
  /** The running pipeline's text; undefined where none runs. */
  readonly config: () => string | undefined
  /** None on the command line. */
  readonly collector?: OwnCollector
  /** A stored secret, for remote backends. */
  readonly secret: (name: string) => Promise<string | undefined>
  readonly machine?: SearchedMachine
  readonly patience?: Patience
}
