// A config as Alloy runs it in a container beside the stack.
import { applyEdits, attributeOf, blocksOf, parse, quote, stringText } from '../../../collector-core/language/index.ts'
import type { Block, TextEdit } from '../../../collector-core/language/index.ts'
import type { StackSettings } from '../../contract/stack.ts'
import { pointConfig } from '../connect/point-config.ts'
import { networkEndpoints } from '../endpoints.ts'

export interface ContainedConfig {
  readonly text: string
  /** Ports its OTLP receivers listen at, which programs outside have to reach. */
  readonly ports: readonly number[]
}

export const emptyConfig: ContainedConfig = { text: '', ports: [] }

const standardPorts = new Map([
  ['grpc', 4317],
  ['http', 4318],
])
const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/

/**
 * Sends to the backends by their names in the network, and receives on all addresses of the container where the config says
 * loopback: what reaches the container is published on this machine's loopback only. Computed addresses stay as they are.
 */
export function containedConfig(text: string, settings: Pick<StackSettings, 'metrics'>): ContainedConfig {
  const pointed = pointConfig(text, networkEndpoints(settings)).text
  const edits: TextEdit[] = []
  const ports = new Set<number>()
  for (const server of receiversOf(pointed)) {
    const value = attributeOf(server.body, 'endpoint')?.value
    if (value === undefined) {
      ports.add(standardPorts.get(server.name.text)!)
      continue
    }
    const written = value.kind === 'literal' && value.type === 'string' ? stringText(value.raw) : undefined
    const address = typeof written === 'string' ? /^(.*):(\d{1,5})$/.exec(written) : null
    if (address === null) continue
    const [, host, port] = address
    ports.add(Number(port))
    if (loopback.test(host)) edits.push({ span: value.span, text: quote(`0.0.0.0:${port}`) })
  }
  return { text: applyEdits(pointed, edits), ports: [...ports] }
}

/** The `grpc` and `http` blocks of the OTLP receivers. */
function receiversOf(text: string): readonly Block[] {
  return blocksOf(parse(text).tree.body)
    .filter(({ name }) => name.text === 'otelcol.receiver.otlp')
    .flatMap(({ body }) => blocksOf(body))
    .filter(({ name }) => standardPorts.has(name.text))
}
