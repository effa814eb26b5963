// Files that cannot be read, or not whole, are set aside for people to look at; nothing reads them again.
import { errorText } from './file-system.ts'
import type { FileSystem } from './file-system.ts'
import type { Logger } from '../runtime/logger.ts'

/** The `quarantine` folder of an outbox; keeps the newest files within a number of bytes. */
export class Quarantine {
  private readonly files: FileSystem
  private readonly log: Logger
  private readonly directory: string
  private readonly folder: string
  private readonly maxBytes: number
  private kept: { name: string; size: number }[] = []
  private taken = 0

  constructor(files: FileSystem, log: Logger, directory: string, maxBytes: number) {
    this.files = files
    this.log = log
    this.directory = directory
    this.folder = `${directory}/quarantine`
    this.maxBytes = maxBytes
  }

  /** Bytes the folder takes. */
  get bytes(): number {
    return this.kept.reduce((sum, { size }) => sum + size, 0)
  }

  async load(): Promise<void> {
    this.kept = [...(await this.files.list(this.folder))].sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  /** Moves a file in; when that fails it stays where it is. */
  async move(name: string, why: string): Promise<void> {
    await this.take(name, why, (from, to) => this.files.rename(from, to))
  }

  /** Puts a second name of a file in, so that what is left of it can still be read and removed in place. */
  async copy(name: string, why: string): Promise<void> {
    await this.take(name, why, (from, to) => this.files.copy(from, to))
  }

  private async take(name: string, why: string, how: (from: string, to: string) => Promise<void>): Promise<void> {
    try {
      await this.files.makeDirectory(this.folder)
      const from = `${this.directory}/${name}`
      const size = (await this.files.size(from)) ?? 0
      const inside = await this.freeName(name)
      await how(from, `${this.folder}/${inside}`)
      this.kept.push({ name: inside, size })
      this.log.warn('set a damaged file aside', { file: `${this.folder}/${inside}`, reason: why })
      await this.prune()
    } catch (error) {
      this.log.warn('could not set a damaged file aside', { file: name, reason: why, error: errorText(error) })
    }
  }

  private async freeName(name: string): Promise<string> {
    for (;;) {
      const candidate = `${name}.${String(this.taken++).padStart(3, '0')}`
      if ((await this.files.size(`${this.folder}/${candidate}`)) === undefined) return candidate
    }
  }

  private async prune(): Promise<void> {
    while (this.kept.length > 1 && this.bytes > this.maxBytes) {
      const [oldest] = this.kept
      this.kept.shift()
      await this.files.remove(`${this.folder}/${oldest.name}`)
      this.log.warn('removed the oldest file set aside to stay within bounds', {
        file: `${this.folder}/${oldest.name}`,
      })
    }
  }
}
