import type { DockerEngine } from '../../../../docker/engine.ts'
import { LogLineDecoder } from '../../../../docker/log-line-decoder.ts'
import type { LogLineSink } from '../../../../docker/log-line-decoder.ts'
import { lineHash } from '../../../../tail/line-hash.ts'
import type { ContainerPosition } from './position.ts'

type OnLine = LogLineSink['line']

/** Reads a closed part of a log and shows each line; false when it could not be read to its end. */
async function scan(
  engine: DockerEngine,
  id: string,
  query: { readonly since: number; readonly tail?: number },
  terminal: boolean,
  onLine: OnLine,
  stop: AbortSignal,
): Promise<boolean> {
  const nothing = (): void => undefined
  const sink: LogLineSink = { line: onLine, tooLong: nothing, unparsable: nothing, engineError: nothing }
  const decoder = new LogLineDecoder(sink, { terminal })
  const end = await engine.logs(
    id,
    { ...query, follow: false },
    (bytes) => void decoder.push(bytes, 0, bytes.length),
    stop,
  )
  decoder.end()
  return end.kind === 'answer'
}

/** The timestamp of the newest line of a log; undefined when there is none or it cannot be told. */
export async function newestLine(
  engine: DockerEngine,
  id: string,
  terminal: boolean,
  stop: AbortSignal,
): Promise<{ readonly seconds: number; readonly nanos: number } | undefined> {
  let newest: { seconds: number; nanos: number } | undefined
  const onLine: OnLine = (_channel, seconds, nanos) => void (newest = { seconds, nanos })
  return (await scan(engine, id, { since: 0, tail: 1 }, terminal, onLine, stop)) ? newest : undefined
}

/** Whether the last line read of each channel is still in the log; undefined when the log cannot be read. */
export async function findLastLines(
  engine: DockerEngine,
  id: string,
  terminal: boolean,
  position: ContainerPosition,
  since: number,
  stop: AbortSignal,
): Promise<readonly [boolean, boolean] | undefined> {
  const found: [boolean, boolean] = [false, false]
  const onLine: OnLine = (channel, seconds, nanos, buffer, start, end) => {
    const mark = position.channels[channel]
    if (mark?.seconds !== seconds || mark.nanos !== nanos || found[channel]) return
    found[channel] = lineHash(buffer, start, end) === mark.hash
  }
  const complete = await scan(engine, id, { since }, terminal, onLine, stop)
  return complete ? found : undefined
}
