import Docker from 'dockerode'
import type { DockerVersion, GetEventsOptions } from 'dockerode'
import type { Clock, Timer } from '../runtime/clock.ts'
import type { HttpTransport } from '../net/http-message.ts'
import type { DockerEndpoint } from '../schema/docker-host.ts'
import { chooseApiVersion } from './api-version.ts'
import { dockerodeSettings } from './dockerode-settings.ts'
import type { EngineAccess } from './dockerode-settings.ts'
import { answer, engineFailure } from './engine.ts'
import type {
  Answer,
  ContainerEvent,
  ContainerQuery,
  DockerEngine,
  EngineFailure,
  LogBytes,
  LogQuery,
} from './engine.ts'
import { readContainer, readEvent, readNetwork, readState } from './engine-answers.ts'
import { explainStatus, explainThrown, explainTransport } from './explain-failure.ts'
import { JsonLines } from './json-lines.ts'
import { Turnstile } from './turnstile.ts'

export interface DockerodeOptions {
  /** As configured; named in failures and used for the log streams. */
  readonly host: string
  readonly endpoint: DockerEndpoint
  readonly clock: Clock
  readonly userAgent: string
  /** Carries the log streams. */
  readonly stream: HttpTransport['stream']
  /** Read before each new connection set-up, so that rotated tokens and certificates are picked up. */
  readonly access?: () => Promise<EngineAccess | EngineFailure>
  /** For every call with an answer, and for the head of a stream. Default 15 s. */
  readonly timeoutMs?: number
}

interface Client {
  readonly docker: Docker
  readonly version: string
  readonly access: EngineAccess
}

/** An engine silent for so long on a closed-ended log request has hung. */
const silenceMs = 60_000
const watched = {
  type: ['container', 'network'],
  event: ['start', 'die', 'destroy', 'rename', 'pause', 'unpause', 'connect', 'disconnect', 'create', 'remove'],
}

/**
 * The engine at `host`: questions and events through dockerode, log bytes through Weir's own client. The API version is
 * negotiated on first use and again after a lost connection, since the engine may have been replaced.
 */
export function connectEngine(options: DockerodeOptions): DockerEngine {
  return new DockerodeEngine(options)
}

class DockerodeEngine implements DockerEngine {
  private readonly options: DockerodeOptions
  private readonly timeoutMs: number
  private client: Client | undefined
  private connecting: Promise<Answer<Client>> | undefined
  /** An engine with hundreds of containers is not asked about all of them at once. */
  private readonly turnstile = new Turnstile(16)
  private readonly closing = new AbortController()

  constructor(options: DockerodeOptions) {
    this.options = options
    this.timeoutMs = options.timeoutMs ?? 15_000
  }

  containers({ all = false, filters }: ContainerQuery, stop: AbortSignal) {
    return this.ask('listing the containers', stop, async (docker, abortSignal) => {
      const query = {
        all,
        abortSignal,
        ...(filters && filters.size > 0 && { filters: JSON.stringify(plain(filters)) }),
      }
      return asList(await docker.listContainers(query)).map(readContainer)
    })
  }

  networks(stop: AbortSignal) {
    return this.ask('listing the networks', stop, async (docker, abortSignal) => {
      return asList(await docker.listNetworks({ abortSignal })).map(readNetwork)
    })
  }

  inspect(id: string, stop: AbortSignal) {
    return this.ask(`looking at container ${shortId(id)}`, stop, async (docker, abortSignal) => {
      return readState(await docker.getContainer(encodeURIComponent(id)).inspect({ abortSignal }))
    })
  }

  async events(
    onOpen: () => void,
    onEvent: (event: ContainerEvent) => void,
    stop: AbortSignal,
  ): Promise<EngineFailure> {
    const doing = 'watching its events'
    const giveUp = new AbortController()
    const life = AbortSignal.any([stop, this.closing.signal, giveUp.signal])
    const opened = await this.ask(doing, stop, async (docker) => {
      return docker.getEvents({ filters: JSON.stringify(watched), abortSignal: life } as GetEventsOptions)
    })
    if (opened.kind === 'failure') {
      giveUp.abort()
      return opened
    }
    const events = opened.value
    const lines = new JsonLines((value) => {
      const event = readEvent(value)
      if (event) onEvent(event)
    })
    const ended = new Promise<EngineFailure>((resolve) => {
      const finish = (error?: Error): void => {
        this.client = undefined
        if (life.aborted) resolve(engineFailure('stopped', `${doing} was stopped`, 'Nothing to do.'))
        else resolve(explainThrown(error ?? { code: 'ECONNRESET' }, this.options.host, doing))
      }
      events.on('data', (chunk: Buffer) => lines.push(chunk))
      events.on('error', finish)
      events.on('end', () => finish())
      events.on('close', () => finish())
    })
    onOpen()
    return ended
  }

  async logs(id: string, query: LogQuery, onBytes: LogBytes, stop: AbortSignal): Promise<Answer<'ended'>> {
    const doing = `reading the log of container ${shortId(id)}`
    const client = await this.connect(stop)
    if (client.kind === 'failure') return client
    const { host, stream, userAgent } = this.options
    const tail = query.tail === undefined ? '' : `&tail=${query.tail}`
    const parameters = `stdout=1&stderr=1&timestamps=1&follow=${query.follow ? 1 : 0}&since=${query.since}${tail}`
    const end = await stream({
      method: 'GET',
      url: host,
      path: `/v${client.value.version}/containers/${encodeURIComponent(id)}/logs?${parameters}`,
      headers: [['User-Agent', userAgent], ...Object.entries(client.value.access.headers)],
      timeoutMs: this.timeoutMs,
      ...(!query.follow && { silenceMs }),
      signal: AbortSignal.any([stop, this.closing.signal]),
      onBytes,
    })
    switch (end.kind) {
      case 'ended':
        return answer('ended')
      case 'response':
        return this.explained(explainStatus(end.status, messageOf(end.body), host, doing))
      case 'failure':
        return this.explained(explainTransport(end, host, doing))
    }
  }

  close(): void {
    this.closing.abort()
  }

  /** One call with a time limit; what it throws becomes a failure. */
  private async ask<T>(
    doing: string,
    stop: AbortSignal,
    call: (docker: Docker, signal: AbortSignal) => Promise<T>,
  ): Promise<Answer<T>> {
    const client = await this.connect(stop)
    if (client.kind === 'failure') return client
    return this.turnstile.pass(() => this.timed(doing, stop, (signal) => call(client.value.docker, signal)))
  }

  /** The client for the version agreed on; asked for once, however many need it. */
  private connect(stop: AbortSignal): Promise<Answer<Client>> {
    if (this.client) return Promise.resolve(answer(this.client))
    this.connecting ??= this.negotiate(stop).finally(() => (this.connecting = undefined))
    return this.connecting
  }

  private async negotiate(stop: AbortSignal): Promise<Answer<Client>> {
    const access = (await this.options.access?.()) ?? { headers: {}, tls: undefined }
    if ('kind' in access) return access
    const settings = { ...dockerodeSettings(this.options.endpoint, access, this.options.userAgent) }
    const asked = await this.timed('asking for its version', stop, async (abortSignal) => {
      const docker = new Docker(settings)
      const version = docker.version.bind(docker) as (options: object) => Promise<Partial<DockerVersion>>
      const { ApiVersion, MinAPIVersion } = await version({ abortSignal })
      return chooseApiVersion(ApiVersion, MinAPIVersion)
    })
    if (asked.kind === 'failure') return asked
    this.client = { version: asked.value, access, docker: new Docker({ ...settings, version: `v${asked.value}` }) }
    return answer(this.client)
  }

  private async timed<T>(
    doing: string,
    stop: AbortSignal,
    call: (signal: AbortSignal) => Promise<T>,
  ): Promise<Answer<T>> {
    const { clock, host } = this.options
    const giveUp = new AbortController()
    const signal = AbortSignal.any([giveUp.signal, stop, this.closing.signal])
    let timer: Timer | undefined
    const late = new Promise<EngineFailure>((resolve) => {
      const stopped = (): void => resolve(explainThrown({ code: 'ABORT_ERR' }, host, doing))
      if (signal.aborted) stopped()
      signal.addEventListener('abort', stopped, { once: true })
      timer = clock.after(this.timeoutMs, () => {
        resolve(explainThrown({ code: 'ETIMEDOUT' }, host, doing))
        giveUp.abort()
      })
    })
    const result = call(signal).then(answer, (error: unknown) => explainThrown(error, host, doing))
    const first = await Promise.race([result, late])
    timer?.cancel()
    return first.kind === 'failure' ? this.explained(first) : first
  }

  /** A lost engine may come back as another version. */
  private explained(failure: EngineFailure): EngineFailure {
    const lost = failure.code === 'unreachable' || /client version/.test(failure.message)
    if (lost) this.client = undefined
    return failure
  }
}

const shortId = (id: string): string => id.slice(0, 12)

const plain = (filters: ReadonlyMap<string, readonly string[]>): Record<string, readonly string[]> =>
  Object.fromEntries(filters)

/** dockerode hands on whatever body came with a success. */
function asList(body: unknown): readonly unknown[] {
  if (!Array.isArray(body)) throw new Error('the answer is not a list')
  return body
}

function messageOf(body: Uint8Array): string {
  const said = Buffer.from(body).toString('utf8')
  try {
    const { message } = JSON.parse(said) as { message?: unknown }
    return typeof message === 'string' ? message : said
  } catch {
    return said
  }
}
