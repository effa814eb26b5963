import { join } from 'node:path'
import { parseListenAddress } from '../../collector-core/net/server.ts'
import type { ListenAddress } from '../../collector-core/net/server.ts'
import { parseBytes, parseDuration } from '../stack/embedded/logql/amount.ts'
import { WeirError } from '../../collector-core/weir-error.ts'
import { defaultStoragePath } from '../data-directory.ts'
import { parseFlags } from '../flags.ts'
import { startEmbeddedBackend } from '../stack/embedded/embedded-backend.ts'
import { version } from '../version.ts'
import type { Command } from './command.ts'

const help = `Keeps logs, metrics and traces on this machine and answers like Loki, Mimir and Tempo, without Docker.

Usage: weir backend [flags]

Takes Loki push, Prometheus remote write and OTLP, and answers LogQL, PromQL and TraceQL; docs/embedded-backend.md says
how much of them. Prints one line of JSON with the addresses on standard output once it is ready; stops at SIGINT or
SIGTERM.

Flags (addresses are on this machine only; port 0 picks a free one):
  --loki.addr ADDR        Loki push and query (127.0.0.1:3100)
  --mimir.addr ADDR       remote write and PromQL (127.0.0.1:9009)
  --tempo.addr ADDR       traces by id and search (127.0.0.1:3200)
  --otlp.grpc-addr ADDR   OTLP over gRPC (127.0.0.1:14317)
  --otlp.http-addr ADDR   OTLP over HTTP (127.0.0.1:14318)
  --storage.path DIR      where data is kept ("backend" in WEIR_HOME or the system's data directory)
  --retention.age TIME    how long data is kept, as in 36h (168h)
  --retention.size SIZE   how much is kept, as in 500MB (2GiB); what is oldest goes first
  -h, --help              print this help
`

export const backendCommand: Command = {
  help,
  async run(args) {
    const { values, paths } = parseFlags('backend', args, {
      'loki.addr': { default: '127.0.0.1:3100' },
      'mimir.addr': { default: '127.0.0.1:9009' },
      'tempo.addr': { default: '127.0.0.1:3200' },
      'otlp.grpc-addr': { default: '127.0.0.1:14317' },
      'otlp.http-addr': { default: '127.0.0.1:14318' },
      'storage.path': { default: undefined },
      'retention.age': { default: '168h' },
      'retention.size': { default: '2GiB' },
    })
    if (paths.length > 0)
      throw new WeirError('bad-flag', `weir backend: "${paths[0]}" is not expected`, 'Give flags only.')
    const age = parseDuration(values['retention.age'])
    const bytes = parseBytes(values['retention.size'])
    if (age === undefined || age < 60e9)
      throw badValue('retention.age', values['retention.age'], 'a time of a minute or more, as in 36h')
    if (bytes === undefined || bytes < 10e6)
      throw badValue('retention.size', values['retention.size'], 'a size of 10MB or more, as in 500MB')
    const backend = await startEmbeddedBackend({
      directory: values['storage.path'] ?? join(defaultStoragePath(), 'backend'),
      listen: {
        loki: addressOf('loki.addr', values['loki.addr']),
        mimir: addressOf('mimir.addr', values['mimir.addr']),
        tempo: addressOf('tempo.addr', values['tempo.addr']),
        otlpGrpc: addressOf('otlp.grpc-addr', values['otlp.grpc-addr']),
        otlpHttp: addressOf('otlp.http-addr', values['otlp.http-addr']),
      },
      maxAgeMs: age / 1e6,
      maxBytes: bytes,
      version,
      onProblem: (message) => void process.stderr.write(`weir: ${message}\n`),
    })
    process.stdout.write(`ready ${JSON.stringify(backend.addresses)}\n`)
    await new Promise<void>((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
      // A backend that was started by another process ends with it.
      process.once('disconnect', () => resolve())
    })
    await backend.stop()
    return 0
  },
}

function addressOf(flag: string, text: string): ListenAddress {
  const address = parseListenAddress(text)
  if (address !== undefined) return address
  throw badValue(flag, text, 'an address on this machine, as in 127.0.0.1:3100')
}

function badValue(flag: string, value: string, wanted: string): WeirError {
  return new WeirError('bad-flag', `weir backend: --${flag} is "${value}"`, `Write ${wanted}.`)
}
