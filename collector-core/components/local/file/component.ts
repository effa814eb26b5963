import { readFileSync, watch } from 'node:fs'
import type { FSWatcher } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { Secret } from '../../../language/secret.ts'
import { implement } from '../../../runtime/component.ts'
import type { Component, ComponentContext } from '../../../runtime/component.ts'
import type { DefinitionArguments } from '../../../schema/definition.ts'
import { WeirError } from '../../../weir-error.ts'
import { definition } from './definition.ts'

type Arguments = DefinitionArguments<typeof definition>
type Context = ComponentContext<typeof definition>

/** Editors and secret managers write in several steps; the file is read when they are done. */
const settleMs = 30

export const localFile = implement(definition, (args, context) => new FileContent(args, context))

class FileContent implements Component<Arguments> {
  private args: Arguments
  private readonly context: Context
  private readonly accessed: ReturnType<Context['metrics']['gauge']>
  private content: Secret | undefined
  private changed = new AbortController()

  constructor(args: Arguments, context: Context) {
    this.args = args
    this.context = context
    this.accessed = context.metrics.gauge(
      'local_file_timestamp_last_accessed_unix_seconds',
      'When the file was last read.',
    )
    this.publish(readNow(args.filename))
  }

  async run(stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      const changed = new AbortController()
      this.changed = changed
      const watcher = this.args.detector === 'fsnotify' ? notify(this.args.filename, () => changed.abort()) : undefined
      await this.context.clock.sleep(this.args.poll_frequency, AbortSignal.any([stop, changed.signal]))
      watcher?.close()
      if (changed.signal.aborted) await this.context.clock.sleep(settleMs, stop)
      if (!isAborted(stop)) await this.read()
    }
  }

  update(args: Arguments): void {
    const text = readNow(args.filename)
    this.args = args
    this.publish(text)
    this.changed.abort()
  }

  private async read(): Promise<void> {
    const { filename } = this.args
    try {
      this.publish(await readFile(filename, 'utf8'))
      this.context.report({ state: 'healthy', message: `read ${filename}` })
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      this.context.report({
        state: 'unhealthy',
        message: `${filename} cannot be read (${reason}); its last content stays in use. Restore the file or its permissions.`,
      })
    }
  }

  private publish(text: string): void {
    this.accessed.set(this.context.clock.now() / 1000)
    const content = new Secret(text, { masked: this.args.is_secret })
    if (this.content?.equals(content)) return
    this.content = content
    this.context.publish({ content })
  }
}

function readNow(filename: string): string {
  try {
    return readFileSync(filename, 'utf8')
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new WeirError(
      'file_unreadable',
      `${filename} cannot be read: ${reason}`,
      'Correct the path or its permissions.',
      {
        cause: error,
      },
    )
  }
}

/** A watch that cannot be set up, or breaks, leaves the polling. */
function notify(filename: string, onChange: () => void): FSWatcher | undefined {
  try {
    const watcher = watch(filename, onChange)
    watcher.on('error', onChange)
    return watcher
  } catch {
    return undefined
  }
}

/** Asked again after waiting, which the compiler cannot see. */
const isAborted = (stop: AbortSignal): boolean => stop.aborted
