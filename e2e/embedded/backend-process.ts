import { Child } from '../child.ts'
import { scratchFolder } from '../scratch-folder.ts'
import { bundle } from '../weir-process.ts'

/** The ports of a running `weir backend`. */
export type BackendAddresses = Readonly<Record<'loki' | 'mimir' | 'tempo' | 'otlpGrpc' | 'otlpHttp', string>>

/** A real `weir backend`. */
export interface BackendProcess {
  readonly child: Child
  readonly addresses: BackendAddresses
  readonly storage: string
}

/** Starts `weir backend` on free ports and waits until it is ready. */
export async function startBackend(storage = scratchFolder(), flags: readonly string[] = []): Promise<BackendProcess> {
  const ports = ['loki.addr', 'mimir.addr', 'tempo.addr', 'otlp.grpc-addr', 'otlp.http-addr']
  const args = ports.flatMap((name) => [`--${name}`, '127.0.0.1:0'])
  const child = new Child(process.execPath, [bundle, 'backend', ...args, '--storage.path', storage, ...flags])
  await child.until('a ready line', () => child.stdout.includes('\n'))
  const line = /^ready (\{.*\})$/.exec(child.stdout.split('\n')[0])
  if (line === null) throw new Error(`the first line is not a ready line: ${child.stdout}`)
  return { child, storage, addresses: JSON.parse(line[1]) as BackendAddresses }
}
