import { parseListenAddress } from '../../collector-core/net/server.ts'
import { WeirError } from '../../collector-core/weir-error.ts'
import { defaultStoragePath } from '../data-directory.ts'
import { parseFlags } from '../flags.ts'
import type { Command } from './command.ts'

const defaultAddress = '127.0.0.1:12380'
const loopbackNames = ['127.0.0.1', '::1', 'localhost']

const help = `Opens Weir in a browser: the editor, the running pipeline and the local stack.

Usage: weir ui [flags] [FILE]

FILE is the configuration to open and run; without one, an example with a demo app.
Prints the address to open. It ends in a token that lets a browser in: keep it to yourself.

Flags:
  --addr ADDR                      where to serve, on this machine only (${defaultAddress}, else a free port)
  --server.http.listen-addr ADDR   the collector's own page (127.0.0.1:12345, else a free port)
  --storage.path DIR               where queues, drafts and settings are kept
                                   (WEIR_HOME, else the system's data directory)
  -h, --help                       print this help
`

export const uiCommand: Command = {
  help,
  async run(args) {
    const { values, paths } = parseFlags('ui', args, {
      addr: { default: undefined },
      'server.http.listen-addr': { default: '127.0.0.1:12345' },
      'storage.path': { default: undefined },
    })
    if (paths.length > 1) {
      throw new WeirError('no-config', 'weir ui: more than one configuration named', 'Name one file, or none.')
    }
    const address = values.addr ?? defaultAddress
    const parsed = parseListenAddress(address)
    if (parsed === undefined || !loopbackNames.includes(parsed.host)) {
      throw new WeirError(
        'bad-address',
        `"${address}" is not an address on this machine`,
        `Write a loopback address and a port, as in ${defaultAddress}. To reach it from elsewhere, forward the port over SSH.`,
      )
    }
    const { runUi } = await import('../run-ui.ts')
    return runUi({
      file: paths.at(0),
      address: parsed,
      freePortIfTaken: values.addr === undefined,
      collectorAddress: values['server.http.listen-addr'],
      storagePath: values['storage.path'] ?? defaultStoragePath(),
    })
  },
}
