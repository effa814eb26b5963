// Rewrites where a config's exporters send, and nothing else: minimal text edits, so comments and layout survive.
import {
  applyEdits,
  attributeOf,
  blocksOf,
  parse,
  quote,
  stringText,
  visit,
} from '../../../collector-core/language/index.ts'
import type { Block, Literal, TextEdit } from '../../../collector-core/language/index.ts'
import type { PointedConfig, StackEndpoints } from '../../contract/stack.ts'
import { metricsOtlp } from '../endpoints.ts'
import { addExporters } from './add-exporters.ts'

/** Hosts that mean the stack: the names containers know one another by, and this machine. */
const aliases = /^(?:loki|tempo|mimir|prometheus|localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[::1?\]|host\.docker\.internal)$/

interface Sender {
  readonly block: string
  readonly attribute: string
  readonly target: (written: string, endpoints: StackEndpoints) => string | undefined
}

const senders: Readonly<Record<string, Sender>> = {
  'loki.write': {
    block: 'endpoint',
    attribute: 'url',
    target: (written, { lokiPush }) => unlessElsewhere(written, lokiPush),
  },
  'prometheus.remote_write': {
    block: 'endpoint',
    attribute: 'url',
    target: (written, { metricsPush }) => unlessElsewhere(written, metricsPush),
  },
  'otelcol.exporter.otlp': {
    block: 'client',
    attribute: 'endpoint',
    target: (written, { tempoGrpc }) => unlessElsewhere(written, tempoGrpc),
  },
  'otelcol.exporter.otlphttp': { block: 'client', attribute: 'endpoint', target: otlpHttpTarget },
}

/**
 * A config whose exporters send to `endpoints`. Addresses of other hosts stay as they are: they were written on purpose.
 * Values that are computed, such as `sys.env("URL")`, stay too. A config that sends nowhere is given exporters.
 */
export function pointConfig(text: string, endpoints: StackEndpoints): PointedConfig {
  const found: { readonly block: Block; readonly sender: Sender }[] = []
  visit(parse(text).tree, (node) => {
    const sender = node.kind === 'block' ? (senders[node.name.text] as Sender | undefined) : undefined
    if (node.kind === 'block' && sender !== undefined) found.push({ block: node, sender })
  })
  if (found.length === 0) return addExporters(text, endpoints)
  const edits: TextEdit[] = []
  const changes: { component: string; from: string; to: string }[] = []
  for (const { block, sender } of found) {
    for (const literal of addresses(block, sender)) {
      const from = stringText(literal.raw)
      const to = typeof from === 'string' ? sender.target(from, endpoints) : undefined
      if (typeof from !== 'string' || to === undefined || to === from) continue
      edits.push({ span: literal.span, text: quote(to) })
      const label = block.label?.text
      changes.push({ component: label ? `${block.name.text}.${label}` : block.name.text, from, to })
    }
  }
  return { text: applyEdits(text, edits), changes }
}

function addresses(component: Block, { block, attribute }: Sender): readonly Literal[] {
  return blocksOf(component.body)
    .filter(({ name }) => name.text === block)
    .map(({ body }) => attributeOf(body, attribute)?.value)
    .filter((value): value is Literal => value?.kind === 'literal' && value.type === 'string')
}

function unlessElsewhere(written: string, target: string): string | undefined {
  return aliases.test(hostOf(written) ?? '') ? target : undefined
}

/** One exporter for all signals: the path or the name tells which backend is meant, traces being the usual case. */
function otlpHttpTarget(written: string, { tempoHttp, lokiQuery, metricsPush }: StackEndpoints): string | undefined {
  const host = hostOf(written)
  if (host === undefined || !aliases.test(host)) return undefined
  const { port, pathname } = new URL(written)
  if (host === 'loki' || port === '3100') return `${lokiQuery}/otlp`
  if (/^(mimir|prometheus)$/.test(host) || port === '9009' || port === '9090') return metricsOtlp(metricsPush)
  return pathname.startsWith('/otlp') || pathname.startsWith('/api/v1/otlp') ? undefined : tempoHttp
}

function hostOf(written: string): string | undefined {
  try {
    return new URL(written.includes('://') ? written : `http://${written}`).hostname
  } catch {
    return undefined
  }
}
