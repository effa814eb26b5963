import { WeirError } from '../../../collector-core/weir-error.ts'
import { parseFlags } from '../../flags.ts'
import { portNames } from '../../contract/stack.ts'
import type { PortName, StackPorts, StackSettings } from '../../contract/stack.ts'
import type { SettingsChange } from '../../stack/settings.ts'

/** What every `weir stack` subcommand was told. */
export interface StackFlags {
  readonly words: readonly string[]
  readonly json: boolean
  readonly images: boolean
  readonly yes: boolean
  readonly proof: boolean
  readonly storagePath: string | undefined
  readonly config: string | undefined
  readonly collector: string
  /** Settings named by flags; they are kept. */
  readonly change: SettingsChange | undefined
}

/** Reads the flags of `weir stack`; a wrong one is a `WeirError`. `--port` may be given several times, separated by commas. */
export function readStackFlags(args: readonly string[]): StackFlags {
  const { values, paths } = parseFlags('stack', args, {
    provider: { default: undefined },
    port: { default: undefined },
    metrics: { default: undefined },
    registry: { default: undefined },
    'docker-host': { default: undefined },
    with: { default: undefined },
    json: { default: false },
    images: { default: false },
    yes: { default: false, short: 'y' },
    proof: { default: false },
    'storage.path': { default: undefined },
    config: { default: undefined },
    collector: { default: '127.0.0.1:12345' },
  })
  const change: SettingsChange = {
    ...(values.provider !== undefined && { provider: oneOf('provider', values.provider, providers) }),
    ...(values.metrics !== undefined && {
      metrics: oneOf('metrics', values.metrics, ['mimir', 'prometheus'] as const),
    }),
    ...(values.registry !== undefined && { registry: values.registry }),
    ...(values['docker-host'] !== undefined && { dockerHost: values['docker-host'] }),
    ...(values.with !== undefined && { extras: readExtras(values.with) }),
    ...(values.port !== undefined && { ports: readPorts(values.port) }),
  }
  return {
    words: paths,
    json: values.json,
    images: values.images,
    yes: values.yes,
    proof: values.proof,
    storagePath: values['storage.path'],
    config: values.config,
    collector: values.collector,
    change: Object.keys(change).length > 0 ? change : undefined,
  }
}

const providers = ['auto', 'docker', 'embedded', 'remote'] as const

/** A value that must be one of few words. */
export function oneOf<const T extends string>(what: string, value: string | undefined, allowed: readonly T[]): T {
  const found = allowed.find((word) => word === value)
  if (found !== undefined) return found
  const message = value === undefined ? `no ${what} named` : `"${value}" is no ${what}`
  throw new WeirError('bad-flag', `weir stack: ${message}`, `Write one of ${allowed.join(', ')}.`)
}

function readExtras(text: string): StackSettings['extras'] {
  if (text === '') return []
  return text.split(',').map((name) => oneOf('addition', name, ['pyroscope', 'alloy'] as const))
}

function readPorts(text: string): Partial<StackPorts> {
  return Object.fromEntries(
    text.split(',').map((part): [PortName, number] => {
      const [name, number] = part.split('=')
      const port = Number(number)
      if (!Number.isInteger(port) || port < 1 || port > 65_535) {
        throw new WeirError('bad-flag', `weir stack: "${part}" is no port`, 'Write it like --port loki=3101.')
      }
      return [oneOf('port', name, portNames), port]
    }),
  )
}
