// For a config that sends nowhere yet: exporters to the stack, and every source connected to them beside what it has.
import { addBlock, applyEdits, blocksOf, connect, parse, quote } from '../../../collector-core/language/index.ts'
import type { Block, BlockPath, EditResult } from '../../../collector-core/language/index.ts'
import type { PointedConfig, StackEndpoints } from '../../contract/stack.ts'
import { metricsOtlp } from '../endpoints.ts'

/** One exporter, and the attributes of sources that lead to it. */
interface Way {
  readonly component: string
  readonly receiver: string
  readonly to: string
  readonly text: string
  readonly sources: readonly { readonly name: string; readonly inside?: string; readonly attribute: string }[]
}

function waysTo({ metricsPush, lokiPush, lokiQuery, tempoGrpc }: StackEndpoints): readonly Way[] {
  return [
    {
      component: 'prometheus.remote_write.stack',
      receiver: 'prometheus.remote_write.stack.receiver',
      to: metricsPush,
      text: `prometheus.remote_write "stack" {
	endpoint {
		url            = ${quote(metricsPush)}
		send_exemplars = true
	}
}`,
      sources: [{ name: 'prometheus.scrape', attribute: 'forward_to' }],
    },
    {
      component: 'loki.write.stack',
      receiver: 'loki.write.stack.receiver',
      to: lokiPush,
      text: `loki.write "stack" {
	endpoint {
		url = ${quote(lokiPush)}
	}
}`,
      sources: [
        { name: 'loki.source.docker', attribute: 'forward_to' },
        { name: 'loki.source.file', attribute: 'forward_to' },
      ],
    },
    {
      component: 'otelcol.exporter.otlp.stack',
      receiver: 'otelcol.exporter.otlp.stack.input',
      to: tempoGrpc,
      text: `otelcol.exporter.otlp "stack" {
	client {
		endpoint = ${quote(tempoGrpc)}

		tls {
			insecure = true
		}
	}
}`,
      sources: [{ name: 'otelcol.receiver.otlp', inside: 'output', attribute: 'traces' }],
    },
    {
      component: 'otelcol.exporter.otlphttp.stack_logs',
      receiver: 'otelcol.exporter.otlphttp.stack_logs.input',
      to: `${lokiQuery}/otlp`,
      text: `otelcol.exporter.otlphttp "stack_logs" {
	client {
		endpoint = ${quote(`${lokiQuery}/otlp`)}
	}
}`,
      sources: [{ name: 'otelcol.receiver.otlp', inside: 'output', attribute: 'logs' }],
    },
    {
      component: 'otelcol.exporter.otlphttp.stack_metrics',
      receiver: 'otelcol.exporter.otlphttp.stack_metrics.input',
      to: metricsOtlp(metricsPush),
      text: `otelcol.exporter.otlphttp "stack_metrics" {
	client {
		endpoint = ${quote(metricsOtlp(metricsPush))}
	}
}`,
      sources: [{ name: 'otelcol.receiver.otlp', inside: 'output', attribute: 'metrics' }],
    },
  ]
}

/** Adds the exporters that have a source, at the end, and connects the sources; a source that cannot be edited is left. */
export function addExporters(text: string, endpoints: StackEndpoints): PointedConfig {
  let current = text
  const changes: { component: string; from: string; to: string }[] = []
  const edit = (result: EditResult): boolean => {
    if (result.kind === 'refused') return false
    current = applyEdits(current, result.edits)
    return true
  }
  for (const { component, receiver, to, text: block, sources } of waysTo(endpoints)) {
    const places = blocksOf(parse(current).tree.body).flatMap((source) =>
      sources
        .filter(({ name }) => name === source.name.text)
        .map(({ inside, attribute }) => ({ block: pathOf(source, inside), attribute })),
    )
    const connected = places.filter((place) => edit(connect(parse(current), place, receiver)))
    if (connected.length === 0 || !edit(addBlock(parse(current), { endOf: [] }, block))) continue
    changes.push({ component, from: '', to })
  }
  return { text: current, changes }
}

function pathOf(block: Block, inside: string | undefined): BlockPath {
  const step = { name: block.name.text, ...(block.label && { label: block.label.text }) }
  return inside === undefined ? [step] : [step, { name: inside }]
}
