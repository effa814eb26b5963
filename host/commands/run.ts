import { parseListenAddress } from '../../collector-core/net/server.ts'
import { WeirError } from '../../collector-core/weir-error.ts'
import { parseFlags } from '../flags.ts'
import { defaultStoragePath } from '../data-directory.ts'
import { runCollector } from '../run-collector.ts'
import type { Command } from './command.ts'

const help = `Runs a configuration until SIGINT or SIGTERM; SIGHUP reads it again.

Usage: weir run [flags] PATH

PATH is a configuration file, or a directory whose *.alloy files are one configuration.
Prints "ready http://HOST:PORT" on standard output once everything runs; logs go to standard error.

Flags:
  --server.http.listen-addr ADDR   address of the HTTP server (127.0.0.1:12345; port 0 picks a free one)
  --server.http.free-port          when that port is taken, say by whom and use a free one
  --storage.path DIR               where queues and positions are kept (WEIR_HOME, else the system's data directory)
  --skip-unsupported               leave out components Weir cannot run instead of refusing
  -h, --help                       print this help

Accepted for Alloy's sake and without effect: --stability.level, --disable-reporting,
--feature.community-components.enabled, --server.http.enable-pprof, --cluster.enabled=false.
`

export const runCommand: Command = {
  help,
  async run(args) {
    const { values, paths } = parseFlags('run', args, {
      'server.http.listen-addr': { default: '127.0.0.1:12345' },
      'server.http.free-port': { default: false },
      'storage.path': { default: undefined },
      'skip-unsupported': { default: false },
      'stability.level': { default: undefined },
      'disable-reporting': { default: false },
      'feature.community-components.enabled': { default: false },
      'server.http.enable-pprof': { default: undefined },
      'cluster.enabled': { default: undefined },
    })
    if (paths.length !== 1) {
      const what = paths.length === 0 ? 'no configuration named' : 'more than one configuration named'
      throw new WeirError(
        'no-config',
        `weir run: ${what}`,
        'Name one file or directory, as in "weir run config.alloy".',
      )
    }
    const address = values['server.http.listen-addr']
    const listen = parseListenAddress(address)
    if (listen === undefined) {
      throw new WeirError(
        'bad-address',
        `"${address}" is not an address to listen on`,
        'Write host:port, as in 127.0.0.1:12345.',
      )
    }
    return runCollector({
      configPath: paths[0],
      listen,
      freePortIfTaken: values['server.http.free-port'],
      storagePath: values['storage.path'] ?? defaultStoragePath(),
      skipUnsupported: values['skip-unsupported'],
    })
  },
}
