// What a server refused for good is kept with the server's words: one file per request, a line of JSON and then the
// bodies of its fragments one after another.
import { errorText } from './file-system.ts'
import type { FileSystem } from './file-system.ts'
import type { Fragment } from './fragment.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Logger } from '../runtime/logger.ts'

const keptFiles = 100

/** Why a request was given up. */
export interface Refusal {
  readonly reason: string
  readonly status?: number
}

/** The `rejected` folder of an outbox; keeps the newest 100 requests within a number of bytes. */
export class DeadLetters {
  private readonly files: FileSystem
  private readonly clock: Clock
  private readonly log: Logger
  private readonly folder: string
  private readonly maxBytes: number
  private kept: { name: string; size: number }[] = []
  private written = 0

  constructor(files: FileSystem, clock: Clock, log: Logger, directory: string, maxBytes: number) {
    this.files = files
    this.clock = clock
    this.log = log
    this.folder = `${directory}/rejected`
    this.maxBytes = maxBytes
  }

  /** Bytes the folder takes. */
  get bytes(): number {
    return this.kept.reduce((sum, { size }) => sum + size, 0)
  }

  async load(): Promise<void> {
    this.kept = [...(await this.files.list(this.folder))].sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  /** Writes one refused request down; failing to is logged and changes nothing else. */
  async add(fragments: readonly Fragment[], refusal: Refusal): Promise<void> {
    const now = this.clock.now()
    const about = {
      rejectedAt: new Date(now).toISOString(),
      reason: refusal.reason,
      status: refusal.status,
      items: fragments.reduce((sum, { items }) => sum + items, 0),
      fragments: fragments.map(({ body, items, size }) => ({ length: body.length, items, size })),
    }
    const content = Buffer.concat([Buffer.from(`${JSON.stringify(about)}\n`), ...fragments.map(({ body }) => body)])
    if (content.length > this.maxBytes) {
      this.log.warn('a rejected request is too large to keep', { items: about.items, bytes: content.length })
      return
    }
    const order = String(this.written++ % 1_000_000).padStart(6, '0')
    const name = `${String(now).padStart(15, '0')}-${order}.rejected`
    try {
      await this.files.makeDirectory(this.folder)
      while (this.kept.length >= keptFiles || (this.kept.length > 0 && this.bytes + content.length > this.maxBytes)) {
        const [oldest] = this.kept
        this.kept.shift()
        await this.files.remove(`${this.folder}/${oldest.name}`)
      }
      const file = await this.files.open(`${this.folder}/${name}`, 'create')
      this.kept.push({ name, size: content.length })
      await file.write(content, 0).finally(() => file.close())
    } catch (error) {
      this.log.warn('could not keep a rejected request', { folder: this.folder, error: errorText(error) })
    }
  }
}
