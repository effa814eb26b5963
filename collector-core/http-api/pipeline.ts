import { describeNode } from '../graph/describe-node.ts'
import type { Pipeline } from '../protocol.ts'
import type { Collector } from '../runtime/collector.ts'

/** What runs, as a picture; undefined before the first config is applied. */
export function describePipeline(collector: Collector): Pipeline | undefined {
  const { graph } = collector
  if (graph === undefined) return undefined
  return {
    kind: 'pipeline',
    nodes: graph.components.map((node) => {
      const running = collector.component(node.id)
      return describeNode(node, running?.args, running?.exports)
    }),
    edges: graph.edges.map(({ from, to, port, carries }) => ({ from, to, port, ...(carries && { carries }) })),
  }
}
