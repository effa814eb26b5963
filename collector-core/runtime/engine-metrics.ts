import type { HealthState, StatsFrame } from '../protocol.ts'
import type { Counter } from '../telemetry/metric-scope.ts'
import type { MetricRegistry } from '../telemetry/registry.ts'

const evaluationBuckets = [0.005, 0.025, 0.1, 0.5, 1, 5, 10, 30, 60, 120, 300, 600]
const states: readonly HealthState[] = ['healthy', 'unhealthy', 'unknown', 'exited']

/** What the engine tells of itself: Alloy's controller metrics, and Weir's totals per edge and of drops. */
export interface EngineMetrics {
  /** Runs an evaluation and notes how long it took. */
  evaluation<T>(evaluate: () => T): T
}

/** Registers the engine's metrics; `frame` is read before each exposition. */
export function engineMetrics(
  registry: MetricRegistry,
  monotonic: () => number,
  frame: () => StatsFrame,
): EngineMetrics {
  const alloy = registry.scope({ controller_path: '/', controller_id: '' })
  const running = alloy.gauge('alloy_component_controller_running_components', 'Components by health.', ['health_type'])
  const evaluating = alloy.gauge('alloy_component_controller_evaluating', 'Whether components are being evaluated.')
  const seconds = alloy.histogram(
    'alloy_component_evaluation_seconds',
    'Time to evaluate a component.',
    evaluationBuckets,
  )
  const weir = registry.scope({})
  const edgeLabels = ['from', 'to', 'port']
  const items = totals(weir.counter('weir_edge_items_total', 'Items handed over an edge.', edgeLabels))
  const bytes = totals(weir.counter('weir_edge_bytes_total', 'Payload bytes handed over an edge.', edgeLabels))
  const refused = totals(weir.counter('weir_edge_refused_items_total', 'Items the consumer did not take.', edgeLabels))
  const dropped = totals(
    weir.counter('weir_dropped_items_total', 'Items given up, by reason.', ['component_id', 'reason']),
  )

  alloy.beforeScrape(() => {
    const { components, edges } = frame()
    for (const state of states) running.set(components.filter(({ health }) => health.state === state).length, [state])
    for (const edge of edges) {
      const labels = [edge.from, edge.to, edge.carries ?? edge.port]
      items(labels, edge.items)
      bytes(labels, edge.bytes)
      refused(labels, edge.refusedItems)
    }
    for (const { id, dropped: drops } of components) {
      for (const [reason, count] of Object.entries(drops)) dropped([id, reason], count)
    }
  })

  return {
    evaluation(evaluate) {
      const started = monotonic()
      evaluating.set(1)
      try {
        return evaluate()
      } finally {
        evaluating.set(0)
        seconds.observe((monotonic() - started) / 1000)
      }
    },
  }
}

/** A counter fed with totals; a total that sank belongs to something new and counts from zero. */
function totals(counter: Counter): (labels: readonly string[], total: number) => void {
  const before = new Map<string, number>()
  return (labels, total) => {
    const key = labels.join('\u0000')
    const last = before.get(key) ?? 0
    counter.add(total >= last ? total - last : total, labels)
    before.set(key, total)
  }
}
