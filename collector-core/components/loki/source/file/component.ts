import { setMaxListeners } from 'node:events'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { matchTargets, pathLabel } from '../../../../glob/match-targets.ts'
import { implement } from '../../../../runtime/component.ts'
import type { Component, ComponentContext, DebugInfo } from '../../../../runtime/component.ts'
import type { DefinitionArguments } from '../../../../schema/definition.ts'
import { fanOut } from '../../../../signal/fan-out.ts'
import type { Labels } from '../../../../signal/labels.ts'
import type { Receiver } from '../../../../signal/receiver.ts'
import { Delivery } from '../../../../tail/delivery.ts'
import { LineBlockPool } from '../../../../tail/line-block.ts'
import { openPositions } from '../../../../tail/position-file.ts'
import type { PositionFile } from '../../../../tail/position-file.ts'
import { CompressedFile } from './compressed-file.ts'
import { definition } from './definition.ts'
import { decodeFilePosition } from './file-position.ts'
import type { FilePosition } from './file-position.ts'
import { FileTailer } from './file-tailer.ts'
import type { FileTailerOptions } from './file-tailer.ts'
import { ReadsUnderWay } from './reads-under-way.ts'

type Arguments = DefinitionArguments<typeof definition>
type Context = ComponentContext<typeof definition>

/** Bytes read of one file and not yet accepted downstream. */
const windowBytes = 1024 * 1024
/** Between two looks at the arguments, which announce their changes anyway. */
const longestPauseMs = 3_600_000

/** One file under one set of labels. */
interface Wanted {
  readonly path: string
  readonly labels: Labels
}

/** The arguments the open files are read with. */
interface Reading {
  readonly args: Arguments
  readonly over: AbortController
}

interface Tail {
  readonly tailer: FileTailer | CompressedFile
  readonly path: string
  labels: Labels
  readonly done: Promise<void>
}

export const lokiSourceFile = implement(definition, (args, context) => new FileLogs(args, context))

class FileLogs implements Component<Arguments> {
  private args: Arguments
  private receiver: Receiver<'logs'>
  private readonly context: Context
  private readonly metrics: ReturnType<typeof registerMetrics>
  private readonly pool = new LineBlockPool(1, 64 * 1024, 64)
  private readonly tails = new Map<string, Tail>()
  private wanted: ReadonlyMap<string, Wanted> = new Map()
  private positions: PositionFile<FilePosition> | undefined
  private changed = new AbortController()

  constructor(args: Arguments, context: Context) {
    this.args = args
    this.context = context
    this.receiver = fanOut('logs', args.forward_to)
    this.metrics = registerMetrics(context)
  }

  async run(stop: AbortSignal): Promise<void> {
    const { clock, dataDirectory: directory, log } = this.context
    this.positions = openPositions({ directory, clock, log, decode: decodeFilePosition })
    let reading: Reading | undefined
    while (!stop.aborted) {
      const changed = new AbortController()
      this.changed = changed
      const { args } = this
      if (reading && !readsAlike(reading.args, args)) {
        reading.over.abort()
        await this.allDone()
        reading = undefined
      }
      reading ??= { args, over: new AbortController() }
      const wanted = await this.wantedFiles(args)
      if (isAborted(stop)) break
      this.reconcile(wanted, args, AbortSignal.any([stop, reading.over.signal]))
      const pause = args.file_match.enabled ? args.file_match.sync_period : longestPauseMs
      await clock.sleep(pause, AbortSignal.any([stop, changed.signal]))
    }
    await this.allDone()
    await this.positions.close()
  }

  update(args: Arguments): void {
    this.args = args
    this.receiver = fanOut('logs', args.forward_to)
    this.changed.abort()
  }

  debugInfo(): DebugInfo {
    return [...this.tails.values()].map(({ path, labels, tailer }) => ({
      kind: 'block',
      name: 'targets_info',
      body: [
        { kind: 'attribute', name: 'path', value: path },
        { kind: 'attribute', name: 'labels', value: labels.toString() },
        { kind: 'attribute', name: 'is_running', value: tailer.running },
        { kind: 'attribute', name: 'read_offset', value: tailer.offset },
        ...(tailer.lastError === ''
          ? []
          : [{ kind: 'attribute', name: 'last_error', value: tailer.lastError } as const]),
      ],
    }))
  }

  /** By key: the path, followed by the labels where several targets name the same file. */
  private async wantedFiles(args: Arguments): Promise<ReadonlyMap<string, Wanted>> {
    const { file_match: match } = args
    let { targets } = args
    if (match.enabled) {
      const age = match.ignore_older_than
      const matched = await matchTargets(targets, age > 0 ? this.context.clock.now() - age : undefined)
      targets = matched.targets
      for (const problem of matched.problems) this.context.log.warn('not all files could be looked for', { problem })
    }
    const byPath = new Map<string, Wanted[]>()
    for (const target of targets) {
      if (!target.has(pathLabel)) continue
      const path = resolve(target.get(pathLabel))
      const labels = target.with([['filename', path]]).filter((name) => !name.startsWith('__'))
      const known = byPath.get(path)
      if (!known) byPath.set(path, [{ path, labels }])
      else if (!known.some((other) => other.labels.equals(labels))) known.push({ path, labels })
    }
    const wanted = new Map<string, Wanted>()
    for (const [path, files] of byPath) {
      for (const file of files) wanted.set(files.length === 1 ? path : `${path}\u0000${file.labels.toString()}`, file)
    }
    return wanted
  }

  private reconcile(wanted: ReadonlyMap<string, Wanted>, args: Arguments, stop: AbortSignal): void {
    setMaxListeners(0, stop)
    this.wanted = wanted
    for (const [key, { path, labels }] of wanted) {
      const tail = this.tails.get(key)
      if (tail) {
        tail.labels = labels
        tail.tailer.retain()
      } else {
        this.follow(key, path, labels, args, stop)
      }
    }
    for (const [key, { tailer }] of this.tails) if (!wanted.has(key)) tailer.release()
    for (const key of this.positions!.keys()) if (!this.tails.has(key)) this.forgetMissing(key)
    this.metrics.files.set(this.tails.size)
  }

  private follow(key: string, path: string, labels: Labels, args: Arguments, stop: AbortSignal): void {
    const { metrics } = this
    const positions = this.positions!
    const underWay = new ReadsUnderWay({
      saveNow: (position) => positions.setNow(key, position),
      saveSoon: (position) => positions.set(key, position),
    })
    const delivery = this.openDelivery(underWay)
    const options: FileTailerOptions = {
      path,
      encoding: args.encoding,
      fromEnd: args.tail_from_end,
      minPollMs: args.file_watch.min_poll_frequency,
      maxPollMs: args.file_watch.max_poll_frequency,
      clock: this.context.clock,
      pool: this.pool,
      delivery,
      underWay,
      position: positions.get(key) ?? positions.get(path),
      labels: () => tail.labels,
      onLines: (count) => metrics.readLines.add(count, [path]),
      onTooLong: () => this.context.drop(1, 'line_too_long'),
      onProgress: (read, size) => {
        metrics.readBytes.set(read, [path])
        metrics.fileBytes.set(size, [path])
      },
    }
    const tailer = openTailer(options, args)
    const stopDelivery = (): void => delivery.stop()
    stop.addEventListener('abort', stopDelivery, { once: true })
    const done = tailer.run(stop).then(async () => {
      await delivery.drained()
      stop.removeEventListener('abort', stopDelivery)
      this.tails.delete(key)
      metrics.files.set(this.tails.size)
      metrics.readBytes.remove([path])
      metrics.fileBytes.remove([path])
      if (stop.aborted) return
      // Wanted again while it was finishing.
      if (this.wanted.has(key)) this.changed.abort()
      else this.forgetMissing(key)
    })
    const tail: Tail = { tailer, path, labels, done }
    this.tails.set(key, tail)
  }

  private openDelivery(underWay: ReadsUnderWay): Delivery<FilePosition> {
    return new Delivery<FilePosition>({
      receiver: () => this.receiver,
      clock: this.context.clock,
      random: this.context.random,
      windowBytes: () => windowBytes,
      onPosition: (position) => underWay.accepted(position),
      onRejected: (items, reason) => {
        this.context.drop(items, 'rejected')
        this.context.log.error('the next component will never take these lines, they are dropped', {
          lines: items,
          reason,
        })
      },
    })
  }

  /** A position outlives its target, but not its file. */
  private forgetMissing(key: string): void {
    if (!existsSync(key.split('\u0000')[0])) this.positions!.delete(key)
  }

  private async allDone(): Promise<void> {
    await Promise.all([...this.tails.values()].map(({ done }) => done))
  }
}

function openTailer(options: FileTailerOptions, { decompression }: Arguments): FileTailer | CompressedFile {
  if (!decompression.enabled) return new FileTailer(options)
  const format = decompression.format === 'z' ? 'z' : 'gz'
  return new CompressedFile({ ...options, format, initialDelayMs: decompression.initial_delay })
}

/** Whether files that are open can go on as they are. */
function readsAlike(a: Arguments, b: Arguments): boolean {
  return (
    a.encoding === b.encoding &&
    isDeepStrictEqual(a.file_watch, b.file_watch) &&
    isDeepStrictEqual(a.decompression, b.decompression)
  )
}

/** Asked again after waiting, which the compiler cannot see. */
const isAborted = (stop: AbortSignal): boolean => stop.aborted

function registerMetrics({ metrics }: Context) {
  return {
    readBytes: metrics.gauge('loki_source_file_read_bytes_total', 'Bytes read of a file.', ['path']),
    fileBytes: metrics.gauge('loki_source_file_file_bytes_total', 'Size of a file.', ['path']),
    readLines: metrics.counter('loki_source_file_read_lines_total', 'Lines read of a file.', ['path']),
    files: metrics.gauge('loki_source_file_files_active_total', 'Files being read.'),
  }
}
