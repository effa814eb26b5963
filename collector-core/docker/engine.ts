// What Weir asks of a Docker engine, and how it answers; tests put a fake behind it.

/** Why the engine did not answer as hoped. `message` is one sentence without a full stop, `nextStep` what to do about it. */
export interface EngineFailure {
  readonly kind: 'failure'
  /**
   * `unreachable`: nothing answers. `denied`: the socket may not be used. `not_found`: the engine does not know the
   * container. `unsupported`: the engine cannot do this (a log driver that cannot be read). `rejected`: any other answer
   * that is not a success. `stopped`: the caller gave up.
   */
  readonly code: 'unreachable' | 'denied' | 'timeout' | 'not_found' | 'unsupported' | 'rejected' | 'stopped'
  readonly message: string
  readonly nextStep: string
}

export interface Answered<T> {
  readonly kind: 'answer'
  readonly value: T
}

export type Answer<T> = Answered<T> | EngineFailure

export interface PublishedPort {
  readonly ip: string
  readonly privatePort: number
  /** 0 when the port is not published. */
  readonly publicPort: number
  /** `tcp`, `udp` or `sctp`. */
  readonly protocol: string
}

/** A container's place in a network. */
export interface NetworkAttachment {
  readonly name: string
  readonly networkId: string
  /** IPv4, else the global IPv6 address, else `''`. */
  readonly address: string
}

/** A container as the engine lists it. */
export interface ContainerSummary {
  readonly id: string
  /** With leading slash; the first is the container's own, the rest are links. */
  readonly names: readonly string[]
  readonly image: string
  readonly imageId: string
  readonly labels: ReadonlyMap<string, string>
  readonly networkMode: string
  /** In alphabetical order of their names. */
  readonly networks: readonly NetworkAttachment[]
  readonly ports: readonly PublishedPort[]
}

export interface NetworkSummary {
  readonly id: string
  readonly name: string
  readonly scope: string
  readonly internal: boolean
  readonly ingress: boolean
  readonly labels: ReadonlyMap<string, string>
}

/** What matters of a container for reading its log. */
export interface ContainerState {
  readonly running: boolean
  /** It writes to a terminal: its log is one stream without frames. */
  readonly terminal: boolean
  /** Changes with every start and every stop. */
  readonly incarnation: string
}

export interface ContainerEvent {
  readonly type: 'container' | 'network'
  /** E.g. `start`, `die`, `destroy`, `connect`. */
  readonly action: string
  /** Of the container, also for network events; `''` where the engine does not say. */
  readonly containerId: string
}

export interface ContainerQuery {
  /** Stopped ones too. */
  readonly all?: boolean
  readonly filters?: ReadonlyMap<string, readonly string[]>
}

export interface LogQuery {
  /** Seconds since the epoch; older lines are left out. 0 asks for the whole log. */
  readonly since: number
  /** Go on with lines that are written later, until the container stops. */
  readonly follow: boolean
  /** Only the newest lines. */
  readonly tail?: number
}

/** Takes the next bytes of a log; they are valid until it returns, or its promise settles, which holds back the rest. */
export type LogBytes = (bytes: Uint8Array) => void | Promise<void>

/** A Docker engine. Every call but the two streams has a time limit of its own; none ever rejects. */
export interface DockerEngine {
  containers(query: ContainerQuery, stop: AbortSignal): Promise<Answer<readonly ContainerSummary[]>>
  networks(stop: AbortSignal): Promise<Answer<readonly NetworkSummary[]>>
  inspect(id: string, stop: AbortSignal): Promise<Answer<ContainerState>>
  /** Reports events until the connection ends; `onOpen` is called once nothing that happens later can be missed. */
  events(onOpen: () => void, onEvent: (event: ContainerEvent) => void, stop: AbortSignal): Promise<EngineFailure>
  /** Delivers stdout and stderr with timestamps; answers when the log came to its regular end. */
  logs(id: string, query: LogQuery, onBytes: LogBytes, stop: AbortSignal): Promise<Answer<'ended'>>
  close(): void
}

export const engineFailure = (code: EngineFailure['code'], message: string, nextStep: string): EngineFailure => ({
  kind: 'failure',
  code,
  message,
  nextStep,
})

export const answer = <T>(value: T): Answered<T> => ({ kind: 'answer', value })
