import { StringDecoder } from 'node:string_decoder'
import { Demultiplexer } from '../../../collector-core/docker/demultiplex.ts'
import type { BackendLogLine } from '../../contract/stack.ts'
import type { DockerApi } from './docker-api.ts'

const longestFrame = 1024 * 1024
const longestLine = 16 * 1024

/** Puts lines together out of Docker's frames; a frame is not a line, and a character may be cut in two. */
export class LogLines {
  private readonly onLine: (line: BackendLogLine) => void
  private readonly channels = {
    stdout: { decoder: new StringDecoder('utf8'), rest: '' },
    stderr: { decoder: new StringDecoder('utf8'), rest: '' },
  }
  private readonly frames: Demultiplexer

  constructor(onLine: (line: BackendLogLine) => void) {
    this.onLine = onLine
    const frame = (channel: number, buffer: Uint8Array, start: number, end: number): void =>
      this.take(channel === 2 ? 'stderr' : 'stdout', Buffer.from(buffer.subarray(start, end)))
    this.frames = new Demultiplexer({ frame, oversized: frame }, longestFrame)
  }

  push(chunk: Uint8Array): void {
    this.frames.push(chunk, 0, chunk.length)
  }

  private take(channel: 'stdout' | 'stderr', bytes: Buffer): void {
    const state = this.channels[channel]
    const lines = (state.rest + state.decoder.write(bytes)).split('\n')
    state.rest = (lines.pop() ?? '').slice(0, longestLine)
    for (const line of lines) this.emit(channel, line.replace(/\r$/, '').slice(0, longestLine))
  }

  /** Each line starts with RFC 3339 time and a space, which was asked for. */
  private emit(channel: 'stdout' | 'stderr', line: string): void {
    const space = line.indexOf(' ')
    const at = Date.parse(line.slice(0, space))
    if (Number.isNaN(at)) this.onLine({ at: Date.now(), channel, text: line })
    else this.onLine({ at, channel, text: line.slice(space + 1) })
  }
}

/** The newest lines of a container's log, oldest first. */
export async function tailOf(api: DockerApi, id: string, count: number): Promise<readonly BackendLogLine[]> {
  const lines: BackendLogLine[] = []
  const bytes = await api.ask('reading a log', (docker) =>
    docker.getContainer(id).logs({ follow: false, stdout: true, stderr: true, timestamps: true, tail: count }),
  )
  new LogLines((line) => lines.push(line)).push(bytes)
  return lines.sort((a, b) => a.at - b.at)
}

/** Hands on a container's log until it ends or `stop` says so; lines that arrive together come together. */
export async function followLog(
  api: DockerApi,
  id: string,
  onLines: (lines: readonly BackendLogLine[]) => void,
  stop: AbortSignal,
): Promise<void> {
  const stream = await api.ask('following a log', (docker) =>
    docker.getContainer(id).logs({
      follow: true,
      stdout: true,
      stderr: true,
      timestamps: true,
      tail: 500,
      abortSignal: stop,
    }),
  )
  let batch: BackendLogLine[] = []
  const lines = new LogLines((line) => batch.push(line))
  await new Promise<void>((resolve) => {
    stream.on('data', (chunk: Buffer) => {
      lines.push(chunk)
      if (batch.length > 0) onLines(batch)
      batch = []
    })
    for (const event of ['end', 'error', 'close'] as const) stream.on(event, () => resolve())
  })
}
