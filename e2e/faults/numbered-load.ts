// Load of all three signals in which every item has a number, so that a test can tell what must arrive: spans that were
// acknowledged, lines that are in the file, pages that were served.
import { appendFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { BackendServer } from '../backend-server.ts'
import { freePort } from '../free-port.ts'
import { scratchFolder } from '../scratch-folder.ts'

/** A sender of OTLP/HTTP JSON: a few spans per request, each acknowledged or not. */
export class SpanSender {
  readonly acknowledged: number[] = []
  refused = 0
  private next = 0
  private readonly endpoint: string

  constructor(endpoint: string) {
    this.endpoint = endpoint
  }

  async send(count = 5): Promise<void> {
    const numbers = [...Array(count).keys()].map((offset) => this.next + offset)
    this.next += count
    const response = await fetch(`http://${this.endpoint}/v1/traces`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: numbers.map(span) }] }] }),
      signal: AbortSignal.timeout(20_000),
    }).catch(() => undefined)
    if (response?.status === 200) this.acknowledged.push(...numbers)
    else this.refused += count
    await response?.body?.cancel()
  }
}

/** A program that writes numbered lines to a file. */
export class LineWriter {
  readonly path: string
  written = 0

  constructor() {
    this.path = join(scratchFolder(), 'app.log')
    writeFileSync(this.path, '')
  }

  write(count = 2): void {
    let text = ''
    for (let i = 0; i < count; i++) text += `line ${this.written++} of the program\n`
    appendFileSync(this.path, text)
  }
}

/** A target whose page counts how often it was served. */
export class TickTarget {
  backend!: BackendServer
  served = 0
  /** Pages that must arrive: those served until the load stopped. */
  due: number | undefined

  static async start(): Promise<TickTarget> {
    const target = new TickTarget()
    target.backend = await BackendServer.start((_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/plain; version=0.0.4' })
      response.end(`tick ${++target.served}\n`)
    })
    return target
  }
}

/** The three of them, running until told to stop. */
export class NumberedLoad {
  readonly otlp: string
  readonly spans: SpanSender
  readonly lines = new LineWriter()
  readonly ticks: TickTarget
  private running = true
  private readonly done: Promise<unknown>

  constructor(otlp: string, ticks: TickTarget) {
    this.otlp = otlp
    this.ticks = ticks
    this.spans = new SpanSender(otlp)
    this.done = Promise.all([this.repeat(100, () => this.spans.send()), this.repeat(50, () => this.lines.write())])
    onTestFinished(() => this.stop())
  }

  static async start(): Promise<NumberedLoad> {
    return new NumberedLoad(`127.0.0.1:${await freePort()}`, await TickTarget.start())
  }

  async stop(): Promise<void> {
    this.running = false
    this.ticks.due ??= this.ticks.served
    await this.done
  }

  private async repeat(everyMs: number, act: () => void | Promise<void>): Promise<void> {
    while (this.running) {
      await act()
      await new Promise((resolve) => setTimeout(resolve, everyMs))
    }
  }
}

function span(number: number): object {
  const id = number.toString(16)
  const now = `${Date.now()}000000`
  return {
    traceId: id.padStart(32, '1'),
    spanId: id.padStart(16, '1'),
    name: `span ${number}`,
    kind: 1,
    startTimeUnixNano: now,
    endTimeUnixNano: now,
    attributes: [{ key: 'number', value: { stringValue: String(number) } }],
  }
}
