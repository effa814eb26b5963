import { parseListenAddress } from '../../collector-core/net/server.ts'
import { WeirError } from '../../collector-core/weir-error.ts'
import { defaultStoragePath } from '../data-directory.ts'
import { parseFlags } from '../flags.ts'
import type { Command } from './command.ts'

/** The collector as a host starts it; it gets its configs from the host, so there is no use in starting it by hand. */
export const collectorCommand: Command = {
  help: 'Usage: weir collector [flags]\n\nWeir starts this itself. To run a configuration, use "weir run FILE".\n',
  async run(args) {
    const { values } = parseFlags('collector', args, {
      'server.http.listen-addr': { default: '127.0.0.1:12345' },
      'storage.path': { default: undefined },
    })
    const { parentLink } = await import('../collector-supervisor/parent-link.ts')
    const { runCollectorChild } = await import('../collector-supervisor/collector-child.ts')
    const parent = parentLink()
    const listen = parseListenAddress(values['server.http.listen-addr'])
    if (parent === undefined || listen === undefined) {
      throw new WeirError('no-host', 'weir collector is started by Weir itself', 'Use "weir run FILE".')
    }
    return runCollectorChild({ listen, storagePath: values['storage.path'] ?? defaultStoragePath() }, parent)
  },
}
