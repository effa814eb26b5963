// The collector as a process of its own: started on a config, started again when it dies, stopped when its time is over.
// It announces its address as the line `ready URL` on its output.

/** The part of a utility process used here. */
export interface Launched {
  readonly stdout: Output | null
  readonly stderr: Output | null
  once(event: 'exit', listener: (code: number) => void): unknown
  kill(): boolean
}

interface Output {
  on(event: 'data', listener: (chunk: Uint8Array) => void): unknown
}

export interface CollectorProcessOptions {
  readonly launch: (args: string[]) => Launched
  readonly later: (ms: number, action: () => void) => void
  readonly onReady: (url: string) => void
  /** The collector ended before it was ready; `words` are the last lines it wrote. */
  readonly onFailed: (words: string) => void
}

const firstAddress = '127.0.0.1:12345'
const shortestPauseMs = 500
const longestPauseMs = 30_000
/** A collector that ran this long was well: the next failure is a new one. */
const longEnoughMs = 60_000
const mostWords = 4_000

export class CollectorProcess {
  private readonly options: CollectorProcessOptions
  private readonly now: () => number
  private launched: Launched | undefined
  private config = ''
  private address = firstAddress
  private pauseMs = shortestPauseMs
  private stopping = false
  private whenStopped: (() => void)[] = []

  constructor(options: CollectorProcessOptions, now: () => number = () => performance.now()) {
    this.options = options
    this.now = now
  }

  get running(): boolean {
    return this.launched !== undefined
  }

  /** Runs a config, in place of the one that runs. */
  run(config: string): void {
    this.config = config
    this.pauseMs = shortestPauseMs
    if (this.launched === undefined) this.again()
    else void this.stop().then(() => this.again())
  }

  /** Starts the collector on the config it was last given. */
  again(): void {
    this.stopping = false
    const { config } = this
    const launched = this.options.launch([
      'run',
      `--server.http.listen-addr=${this.address}`,
      '--server.http.free-port',
      config,
    ])
    this.launched = launched
    const startedAt = this.now()
    let ready = false
    let words = ''
    launched.stderr?.on('data', (chunk) => {
      words = (words + new TextDecoder().decode(chunk)).slice(-mostWords)
    })
    launched.stdout?.on('data', (chunk) => {
      const url = /^ready (http:\/\/(\S+))$/m.exec(new TextDecoder().decode(chunk))
      if (url === null) return
      ready = true
      this.address = url[2]
      this.options.onReady(url[1])
    })
    launched.once('exit', () => {
      this.launched = undefined
      if (this.stopping) {
        for (const tell of this.whenStopped) tell()
        this.whenStopped = []
      } else if (!ready) this.options.onFailed(words.trim())
      else this.restartLater(this.now() - startedAt)
    })
  }

  /** Asks the collector to end and waits until it has. */
  stop(): Promise<void> {
    const { launched } = this
    if (launched === undefined) return Promise.resolve()
    this.stopping = true
    return new Promise((resolve) => {
      this.whenStopped.push(resolve)
      launched.kill()
    })
  }

  private restartLater(ranMs: number): void {
    if (ranMs >= longEnoughMs) this.pauseMs = shortestPauseMs
    this.options.later(this.pauseMs, () => {
      if (this.launched === undefined && !this.stopping) this.again()
    })
    this.pauseMs = Math.min(this.pauseMs * 2, longestPauseMs)
  }
}
