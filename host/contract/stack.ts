// The local stack as a value: what the command line prints and the window draws. Times are milliseconds since the epoch,
// sizes are bytes; undefined means unknown, never zero.

/** Who runs the backends: containers, Weir's own backend process, or somebody else behind endpoints. */
export type Provider = 'docker' | 'embedded' | 'remote'

export const backendNames = ['mimir', 'prometheus', 'loki', 'tempo', 'pyroscope', 'grafana', 'alloy'] as const
export type BackendName = (typeof backendNames)[number]

/** Each published port; `tempoGrpc` and `tempoHttp` are Tempo's OTLP receivers, as 4317 and 4318 are Weir's own. */
export const portNames = [
  'loki',
  'tempo',
  'tempoGrpc',
  'tempoHttp',
  'mimir',
  'prometheus',
  'pyroscope',
  'grafana',
  'alloy',
] as const
export type PortName = (typeof portNames)[number]
export type StackPorts = Readonly<Record<PortName, number>>

/** What went wrong, where, and what to do about it. `code` is stable and names a row of docs/stack.md. */
export interface StackProblem {
  readonly code: string
  readonly message: string
  readonly nextStep: string
}

/** What the user chose; kept between runs. */
export interface StackSettings {
  /** `auto` is Docker where one answers, else embedded. */
  readonly provider: Provider | 'auto'
  /** An engine address that goes before all others, e.g. `unix:///run/user/1000/docker.sock`. */
  readonly dockerHost: string | undefined
  readonly ports: StackPorts
  readonly metrics: 'mimir' | 'prometheus'
  readonly extras: readonly ('pyroscope' | 'alloy')[]
  /** Where images come from: `docker.io`, or a mirror that has them under the same names. */
  readonly registry: string
  /** Containers go on when Weir ends and start again with Docker. */
  readonly keepRunning: boolean
}

/** One address where an engine was looked for. */
export interface EngineAttempt {
  readonly host: string
  /** `setting`, `DOCKER_HOST`, `context colima`, or the product whose socket it is. */
  readonly source: string
  readonly outcome: 'answered' | 'failed' | 'skipped'
  readonly words: string
}

export interface EngineReport {
  readonly host: string
  readonly source: string
  /** `Docker Engine`, `Docker Desktop`, `Podman`… */
  readonly product: string
  readonly version: string
  readonly apiVersion: string
  readonly architecture: string
  readonly rootless: boolean
  readonly memoryBytes: number | undefined
}

/** Which engine answered and everything that was tried, in order. */
export interface EngineSearch {
  readonly answered: EngineReport | undefined
  readonly tried: readonly EngineAttempt[]
  readonly problem: StackProblem | undefined
}

export type CardState = 'absent' | 'starting' | 'ready' | 'unready' | 'stopping' | 'stopped' | 'failed'

/** What a pipeline sends away each second: samples and points, lines and records, spans. */
export interface SentPerSecond {
  readonly metrics: number
  readonly logs: number
  readonly traces: number
}

/** One backend. */
export interface BackendCard {
  readonly backend: BackendName
  readonly state: CardState
  /** The backend's own answer to the readiness probe, or why there is none. At most 500 characters. */
  readonly readiness: string
  readonly since: number | undefined
  readonly version: string | undefined
  readonly image: string | undefined
  /** On 127.0.0.1, except for remote backends. */
  readonly port: number | undefined
  readonly url: string | undefined
  readonly memoryBytes: number | undefined
  readonly memoryLimitBytes: number | undefined
  /** 100 is one core. */
  readonly cpuPercent: number | undefined
  readonly diskBytes: number | undefined
  /** Only of Alloy, which runs a pipeline. */
  readonly sent: SentPerSecond | undefined
  readonly restarts: number
  readonly problem: StackProblem | undefined
  /** A newer pinned version than the one that runs. */
  readonly upgradeTo: string | undefined
}

export interface ImagePull {
  readonly image: string
  readonly state: 'waiting' | 'downloading' | 'extracting' | 'done' | 'failed' | 'cancelled'
  readonly downloadedBytes: number
  /** Grows while layers are announced; undefined until the first is. */
  readonly totalBytes: number | undefined
  /** 0 to 1, never falling. */
  readonly fraction: number
}

export interface PullProgress {
  readonly images: readonly ImagePull[]
  readonly fraction: number
  readonly bytesPerSecond: number
}

/** What `startStack` would meet. */
export interface Preflight {
  readonly findings: readonly PreflightFinding[]
  readonly images: readonly { readonly image: string; readonly present: boolean; readonly bytes: number | undefined }[]
  /** No finding of severity `error`. */
  readonly canStart: boolean
}

export interface PreflightFinding {
  readonly check: 'engine' | 'port' | 'disk' | 'memory' | 'image' | 'architecture' | 'orphan'
  readonly severity: 'ok' | 'warning' | 'error'
  readonly message: string
  /** Who holds the port. */
  readonly owner: PortOwner | undefined
  readonly fix: PreflightFix | undefined
}

export type PortOwner =
  | { readonly kind: 'container'; readonly name: string; readonly image: string }
  | { readonly kind: 'process'; readonly pid: number; readonly command: string }
  | { readonly kind: 'unknown' }

export type PreflightFix =
  | { readonly kind: 'use-port'; readonly name: PortName; readonly port: number }
  | { readonly kind: 'use-provider'; readonly provider: Provider }
  | { readonly kind: 'by-hand'; readonly words: string }

/** Where signals are sent and read back. Base URLs without a trailing slash. */
export interface StackEndpoints {
  /** Loki's push endpoint. */
  readonly lokiPush: string
  /** Base of Loki's query API: `/loki/api/v1/…` follows. */
  readonly lokiQuery: string
  /** `host:port` of OTLP over gRPC. */
  readonly tempoGrpc: string
  /** Base of OTLP over HTTP: `/v1/traces` follows. */
  readonly tempoHttp: string
  /** Base of Tempo's query API: `/api/…` follows. */
  readonly tempoQuery: string
  readonly metricsPush: string
  /** Base of the Prometheus API: `/api/v1/…` follows. */
  readonly metricsQuery: string
  /** Undefined where no Grafana runs. */
  readonly grafana: string | undefined
}

export const proofSteps = [
  'trace-stored',
  'log-stored',
  'exemplar-stored',
  'trace-in-grafana',
  'log-in-grafana',
  'exemplar-in-grafana',
] as const
export type ProofStep = (typeof proofSteps)[number]

export interface ProofTick {
  readonly step: ProofStep
  readonly state: 'waiting' | 'passed' | 'failed' | 'skipped'
  readonly words: string
  /** From sending to reading back. */
  readonly ms: number | undefined
  readonly nextStep: string | undefined
}

/** One synthetic trace, log line and exemplar on their way, in the order of `proofSteps`. */
export interface Proof {
  readonly traceId: string
  readonly startedAt: number
  readonly finished: boolean
  readonly ticks: readonly ProofTick[]
}

/** One station between a program and Grafana. */
export interface DoctorHop {
  readonly name: string
  readonly signal: 'metrics' | 'logs' | 'traces' | 'all'
  readonly state: 'ok' | 'broken' | 'unknown' | 'skipped'
  readonly words: string
  readonly fix: string | undefined
}

export interface DoctorReport {
  readonly at: number
  /** The service asked about; undefined for the test signal. */
  readonly service: string | undefined
  readonly hops: readonly DoctorHop[]
  /** The first hop that is broken. */
  readonly broken: DoctorHop | undefined
}

export const remoteNames = ['loki', 'tempo', 'mimir', 'grafana'] as const
export type RemoteName = (typeof remoteNames)[number]

/** A backend somebody else runs. The password or token is a secret of the operating system under `secret`'s name. */
export interface RemoteEndpoint {
  readonly name: RemoteName
  /** Base URL for queries, and for writes unless `writeUrl` says otherwise. */
  readonly url: string
  /** Where it takes writes, when that does not follow from `url`; for Tempo `host:port` or the URL of its OTLP receiver. */
  readonly writeUrl: string | undefined
  /** Sent as `X-Scope-OrgID`. */
  readonly tenant: string | undefined
  readonly username: string | undefined
  readonly secret: string | undefined
}

export interface RemoteTest {
  readonly name: RemoteName
  readonly state: 'ok' | 'failed'
  readonly words: string
  readonly ms: number
  readonly problem: StackProblem | undefined
}

export type StackPhase = 'down' | 'checking' | 'pulling' | 'starting' | 'up' | 'degraded' | 'stopping' | 'failed'

/** All of the stack at one moment. */
export interface StackState {
  readonly phase: StackPhase
  readonly provider: Provider
  /** Why this provider, in a sentence. */
  readonly why: string
  readonly settings: StackSettings
  readonly engine: EngineSearch | undefined
  readonly cards: readonly BackendCard[]
  readonly pull: PullProgress | undefined
  /** What goes on right now, e.g. `pulling 3 images`; it can be cancelled while defined. */
  readonly doing: string | undefined
  readonly problem: StackProblem | undefined
  readonly endpoints: StackEndpoints | undefined
  readonly remotes: readonly RemoteEndpoint[]
  readonly proof: Proof | undefined
}

/** How an order ended. */
export type StackAnswer =
  | { readonly kind: 'done'; readonly words: string }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly problem: StackProblem }

/** One line of a backend's own log. */
export interface BackendLogLine {
  readonly at: number
  readonly channel: 'stdout' | 'stderr'
  readonly text: string
}

/** What a program needs to send to Weir. */
export interface ConnectYourApp {
  /** `OTEL_…` variables in the order to show. */
  readonly environment: readonly { readonly name: string; readonly value: string }[]
  /** The same as lines for a shell. */
  readonly shell: string
  /** A scrape of this address as Alloy text, to be added to the config. */
  readonly scrape: string
  readonly otlpGrpc: string | undefined
  readonly otlpHttp: string | undefined
  /** Containers that run now, for their logs and metrics. */
  readonly containers: readonly {
    readonly name: string
    readonly image: string
    readonly ports: readonly number[]
  }[]
}

/** A config whose exporters send to the stack that runs. */
export interface PointedConfig {
  readonly text: string
  readonly changes: readonly { readonly component: string; readonly from: string; readonly to: string }[]
}

export const exportFormats = ['compose', 'helm', 'alloy'] as const
export type ExportFormat = (typeof exportFormats)[number]

export type Exported =
  | { readonly kind: 'exported'; readonly folder: string; readonly files: readonly string[] }
  | { readonly kind: 'failed'; readonly problem: StackProblem }
