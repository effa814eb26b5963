// Queues on disk that none of the endpoints of a component owns any more. One that nothing was ever delivered from is that
// of a mistyped address, and goes to the endpoint that took its place; the others stay, visibly.
import { readdir, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { CursorFile } from '../outbox/cursor-file.ts'
import { errorText } from '../outbox/file-system.ts'
import { nodeFileSystem } from '../outbox/node-file-system.ts'
import { segmentHeaderBytes, segmentNumber } from '../outbox/segment-header.ts'
import type { ComponentContext, DebugStatement } from '../runtime/component.ts'
import { isEndpointDirectory } from './endpoint-identity.ts'

interface LeftQueue {
  readonly name: string
  /** Bytes on disk that were not sent. */
  readonly bytes: number
  /** Whether nothing of it was ever delivered or given up. */
  readonly untouched: boolean
}

const nextStep = 'configure the endpoint it was meant for again to send it, or delete the directory'

/** Looks after the directories of one component. */
export class LeftQueues {
  private readonly context: Pick<ComponentContext, 'dataDirectory' | 'log'>
  private found: readonly LeftQueue[] = []
  private told = ''

  constructor(context: Pick<ComponentContext, 'dataDirectory' | 'log'>) {
    this.context = context
  }

  /** What people should know; undefined when every queue has an owner. */
  get sentence(): string | undefined {
    if (this.found.length === 0) return undefined
    const bytes = this.found.reduce((sum, queue) => sum + queue.bytes, 0)
    const names = this.found.map(({ name }) => name).join(', ')
    return `${bytes} bytes queued for a former endpoint stay in ${this.context.dataDirectory} (${names}): ${nextStep}`
  }

  debugInfo(): DebugStatement[] {
    return this.found.map(({ name, bytes }) => ({
      kind: 'block',
      name: 'queue_without_endpoint',
      label: name,
      body: [
        { kind: 'attribute', name: 'unsent_bytes', value: bytes },
        { kind: 'attribute', name: 'next_step', value: nextStep },
      ],
    }))
  }

  /**
   * Looks for queues besides those in `owned`, before these are opened; `family` are directories one of which may take
   * the place of another.
   */
  async claim(owned: readonly string[], families: readonly ((name: string) => boolean)[]): Promise<void> {
    try {
      const names = (await readdir(this.context.dataDirectory)).filter(isEndpointDirectory)
      this.found = await this.unsent(names.filter((name) => !owned.includes(name)))
      for (const family of families) {
        const missing = owned.filter((name) => family(name) && !names.includes(name))
        const left = this.found.filter(({ name }) => family(name))
        if (missing.length === 1 && left.length === 1 && left[0].untouched) await this.hand(left[0], missing[0])
      }
    } catch (error) {
      // A component that never queued anything has no directory yet.
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) {
        this.context.log.warn('queues of former endpoints cannot be looked for', { error: errorText(error) })
      }
    }
    this.tell()
  }

  private async hand(left: LeftQueue, to: string): Promise<void> {
    const { dataDirectory, log } = this.context
    await rename(join(dataDirectory, left.name), join(dataDirectory, to))
    await nodeFileSystem.syncDirectory(dataDirectory)
    this.found = this.found.filter((other) => other !== left)
    log.info('the queue of a former endpoint, which nothing was ever delivered from, goes to the one in its place', {
      from: left.name,
      to,
      bytes: left.bytes,
    })
  }

  private tell(): void {
    const { sentence = '' } = this
    if (sentence !== '' && sentence !== this.told)
      this.context.log.warn('a queue has no endpoint', { detail: sentence })
    this.told = sentence
  }

  private async unsent(names: readonly string[]): Promise<readonly LeftQueue[]> {
    const left: LeftQueue[] = []
    for (const name of names) {
      const path = join(this.context.dataDirectory, name)
      const inside = (await readdir(path, { withFileTypes: true })).filter((entry) => entry.isDirectory())
      // Those of loki.write hold a queue for each tenant.
      const places = [path, ...inside.map((entry) => join(path, entry.name))]
      const queues = await Promise.all(places.map(measure))
      const bytes = queues.reduce((sum, queue) => sum + queue.bytes, 0)
      if (bytes > 0) left.push({ name, bytes, untouched: queues.every(({ untouched }) => untouched) })
    }
    return left
  }
}

/** What of a queue nobody has open was not sent. */
async function measure(directory: string): Promise<{ bytes: number; untouched: boolean }> {
  const cursorFile = new CursorFile(nodeFileSystem, directory)
  const cursor = await cursorFile.load().finally(() => cursorFile.close())
  let bytes = 0
  for (const name of await readdir(directory)) {
    const number = segmentNumber(name)
    if (number === undefined || (cursor !== undefined && number < cursor.place.segment)) continue
    const from = number === cursor?.place.segment ? cursor.place.offset : segmentHeaderBytes
    bytes += Math.max(0, (await stat(join(directory, name))).size - from)
  }
  return { bytes, untouched: bytes === 0 || (cursor?.acked.sequence === 0 && cursor.marks.every((mark) => mark !== 1)) }
}
