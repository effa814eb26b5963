// A Docker engine on a Unix socket for tests: containers with logs, events, and the faults real engines show.
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

interface Entry {
  readonly channel: 1 | 2
  readonly seconds: number
  readonly nanos: number
  /** As stored: with its newline, unless it is a piece of a longer line. */
  readonly text: Buffer
}

export interface FakeContainer {
  readonly id: string
  readonly name: string
  readonly terminal: boolean
  readonly labels: Record<string, string>
  networks: Record<string, unknown>
  ports: unknown[]
  networkMode: string
  running: boolean
  startedAt: string
  finishedAt: string
  log: Entry[]
  /** Entries rotated away so far; keeps readers' places. */
  rotated: number
  readable: boolean
}

interface Follower {
  readonly container: FakeContainer
  readonly response: ServerResponse
  next: number
  skipBefore: number
  stalled: boolean
  tail: Promise<void>
}

const pieceSize = 16 * 1024

export class FakeDocker {
  readonly socketPath: string
  readonly containers = new Map<string, FakeContainer>()
  networks: unknown[] = []
  /** Paths asked for, without the version. */
  readonly requests: string[] = []
  /** `every-line`: older engines drop each line before `since`; `first-match`: newer ones only those at the start. */
  sinceMode: 'every-line' | 'first-match' = 'first-match'
  apiVersion = '1.47'
  minApiVersion = '1.24'
  /** Answered instead of the real thing while it returns a status. */
  fault: (path: string) => number | undefined = () => undefined
  private server: Server | undefined
  private readonly followers = new Set<Follower>()
  private readonly watchers = new Set<ServerResponse>()
  private seconds = 1_700_000_000
  private nanos = 0
  private ids = 0

  constructor(socketPath: string) {
    this.socketPath = socketPath
  }

  get host(): string {
    return `unix://${this.socketPath}`
  }

  async start(): Promise<void> {
    rmSync(this.socketPath, { force: true })
    const server = createServer((request, response) => this.handle(request, response))
    this.server = server
    await new Promise<void>((resolve) => server.listen(this.socketPath, resolve))
  }

  /** The daemon goes away; containers stop unless it restores them live. */
  async stop(options: { readonly keepContainers?: boolean } = {}): Promise<void> {
    if (!options.keepContainers)
      for (const { id, running } of this.containers.values()) if (running) this.stopContainer(id)
    const server = this.server
    if (!server) return
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    this.followers.clear()
    this.watchers.clear()
    this.server = undefined
  }

  create(options: Partial<FakeContainer> = {}): string {
    const id = (++this.ids).toString(16).padStart(64, 'c')
    this.containers.set(id, {
      id,
      name: `app-${this.ids}`,
      terminal: false,
      labels: {},
      networks: { bridge: { NetworkID: 'n1', IPAddress: '172.17.0.2' } },
      ports: [],
      networkMode: 'default',
      running: false,
      startedAt: '',
      finishedAt: '',
      log: [],
      rotated: 0,
      readable: true,
      ...options,
    })
    return id
  }

  startContainer(id: string): void {
    const container = this.containers.get(id)!
    container.running = true
    container.startedAt = `start-${this.tick()}`
    this.emit('start', id)
  }

  stopContainer(id: string): void {
    const container = this.containers.get(id)!
    container.running = false
    container.finishedAt = `finish-${this.tick()}`
    for (const follower of this.followersOf(id)) void this.pump(follower)
    this.emit('die', id)
  }

  remove(id: string): void {
    if (this.containers.get(id)?.running) this.stopContainer(id)
    this.containers.delete(id)
    this.emit('destroy', id)
  }

  /** The container writes lines, one nanosecond-distinct timestamp each unless `sameTime`. */
  write(id: string, lines: readonly string[], options: { channel?: 1 | 2; sameTime?: boolean } = {}): void {
    const container = this.containers.get(id)!
    lines.forEach((line, index) => {
      if (index === 0 || !options.sameTime) this.tick()
      const text = Buffer.from(container.terminal ? `${line}\r\n` : `${line}\n`)
      for (let at = 0; at === 0 || at < text.length; at += pieceSize) {
        const channel = options.channel ?? 1
        container.log.push({
          channel,
          seconds: this.seconds,
          nanos: this.nanos,
          text: text.subarray(at, at + pieceSize),
        })
      }
    })
    for (const follower of this.followersOf(id)) void this.pump(follower)
  }

  /** Moves the engine's clock, also backwards. */
  stepClock(seconds: number): void {
    this.seconds += seconds
  }

  /** Drops the oldest entries, as log rotation does; `stall` also makes open followers hang, as some engines do. */
  rotate(id: string, keep: number, options: { stall?: boolean } = {}): void {
    const container = this.containers.get(id)!
    const gone = Math.max(0, container.log.length - keep)
    container.log.splice(0, gone)
    container.rotated += gone
    for (const follower of this.followersOf(id)) {
      follower.next = Math.max(follower.next, container.rotated)
      if (options.stall) follower.stalled = true
    }
  }

  /** Sends followers their last `count` entries again, as Engine 20.10 does when it rotates a log. */
  repeat(id: string, count: number): void {
    for (const follower of this.followersOf(id)) {
      follower.tail = follower.tail.then(() => {
        follower.next = Math.max(follower.container.rotated, follower.next - count)
      })
      void this.pump(follower)
    }
  }

  /** Breaks the log connections of a container in the middle of a frame. */
  cut(id: string): void {
    for (const follower of this.followersOf(id)) {
      follower.stalled = true
      void follower.tail.then(() => {
        follower.response.write(Buffer.from([1, 0, 0, 0, 0, 0, 1, 0, 0x32, 0x30, 0x32]), () =>
          follower.response.destroy(),
        )
      })
    }
  }

  dropEventStreams(): void {
    for (const watcher of this.watchers) watcher.destroy()
  }

  private tick(): string {
    this.nanos += 1_000_003
    if (this.nanos >= 1_000_000_000) {
      this.nanos -= 1_000_000_000
      this.seconds++
    }
    return `${this.seconds}.${this.nanos}`
  }

  private followersOf(id: string): Follower[] {
    return [...this.followers].filter(({ container }) => container.id === id)
  }

  private emit(action: string, id: string): void {
    const message = { Type: 'container', Action: action, Actor: { ID: id, Attributes: {} } }
    for (const watcher of this.watchers) watcher.write(`${JSON.stringify(message)}\n`)
  }

  private handle(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', 'http://docker')
    const path = url.pathname.replace(/^\/v\d+\.\d+/, '')
    this.requests.push(path + url.search)
    const status = this.fault(path)
    const result =
      status === undefined ? this.route(path, url.searchParams, response) : failed(status, `fault ${status}`)
    if (result) answer(response, result)
  }

  private route(path: string, query: URLSearchParams, response: ServerResponse): Result | undefined {
    if (path === '/version') return [200, { ApiVersion: this.apiVersion, MinAPIVersion: this.minApiVersion }]
    if (path === '/containers/json') return [200, this.list(query)]
    if (path === '/networks') return [200, this.networks]
    if (path === '/events') {
      response.writeHead(200, { 'Content-Type': 'application/json' }).flushHeaders()
      this.watchers.add(response)
      response.on('close', () => this.watchers.delete(response))
      return undefined
    }
    const [, kind, id, action] = path.split('/')
    const container = kind === 'containers' ? this.containers.get(id) : undefined
    if (!container) return failed(404, `No such container: ${id}`)
    if (action === 'json') return [200, inspectOf(container)]
    if (action === 'logs') return this.logs(container, query, response)
    return failed(404, 'page not found')
  }

  private list(query: URLSearchParams): unknown[] {
    const all = query.get('all') === 'true' || query.get('all') === '1'
    return [...this.containers.values()]
      .filter(({ running }) => all || running)
      .map(({ id, name, labels, networks, ports, networkMode }) => ({
        Id: id,
        Names: [`/${name}`],
        Image: 'app:latest',
        ImageID: 'sha256:1',
        Labels: labels,
        Ports: ports,
        HostConfig: { NetworkMode: networkMode },
        NetworkSettings: { Networks: networks },
      }))
  }

  private logs(container: FakeContainer, query: URLSearchParams, response: ServerResponse): Result | undefined {
    if (!container.readable) return failed(501, 'configured logging driver does not support reading')
    response.setMaxListeners(0)
    response.writeHead(200, { 'Content-Type': 'application/vnd.docker.multiplexed-stream' }).flushHeaders()
    const tail = query.get('tail')
    const follower: Follower = {
      container,
      response,
      next: tail === null ? container.rotated : container.rotated + Math.max(0, container.log.length - Number(tail)),
      skipBefore: Number(query.get('since') ?? 0),
      stalled: false,
      tail: Promise.resolve(),
    }
    if (query.get('follow') === '1' && container.running) {
      this.followers.add(follower)
      response.on('close', () => this.followers.delete(follower))
      void this.pump(follower)
    } else {
      void this.pump(follower).then(() => response.end())
    }
    return undefined
  }

  /** Writes what the follower has not seen, in order and minding back-pressure. */
  private pump(follower: Follower): Promise<void> {
    follower.tail = follower.tail.then(async () => {
      const { container, response } = follower
      while (!follower.stalled && follower.next < container.rotated + container.log.length) {
        const entry = container.log[follower.next++ - container.rotated]
        if (entry.seconds < follower.skipBefore) continue
        if (this.sinceMode === 'first-match') follower.skipBefore = 0
        if (!response.write(frameOf(entry, container.terminal)) && !response.destroyed) {
          await Promise.race([
            new Promise((resolve) => response.once('drain', resolve)),
            new Promise((resolve) => response.once('close', resolve)),
          ])
        }
        if (response.destroyed) return
      }
      if (!container.running && !follower.stalled && this.followers.has(follower)) {
        await sleep(1)
        response.end()
      }
    })
    return follower.tail
  }
}

function frameOf({ channel, seconds, nanos, text }: Entry, terminal: boolean): Buffer {
  const time = `${new Date(seconds * 1000).toISOString().slice(0, 19)}.${String(nanos).padStart(9, '0')}Z `
  const payload = Buffer.concat([Buffer.from(time), text])
  if (terminal) return payload
  const header = Buffer.alloc(8)
  header[0] = channel
  header.writeUInt32BE(payload.length, 4)
  return Buffer.concat([header, payload])
}

function inspectOf({ id, running, terminal, startedAt, finishedAt }: FakeContainer): unknown {
  return {
    Id: id,
    Config: { Tty: terminal },
    State: { Running: running, StartedAt: startedAt, FinishedAt: finishedAt },
  }
}

type Result = readonly [status: number, body: unknown]

const failed = (status: number, message: string): Result => [status, { message }]

function answer(response: ServerResponse, [status, body]: Result): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
}
