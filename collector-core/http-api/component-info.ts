import type { Collector } from '../runtime/collector.ts'
import type { RunningComponent } from '../runtime/running-component.ts'
import { describeDebugInfo, describeFields } from './alloy-value.ts'
import type { ComponentInfo } from './contract.ts'

export function listComponents(collector: Collector): ComponentInfo[] {
  return collector.components().map(({ running }) => summary(collector, running))
}

/** One component with everything; undefined for an unknown id. */
export function describeComponent(collector: Collector, id: string): ComponentInfo | undefined {
  const running = collector.component(id)
  if (running === undefined) return undefined
  const { definition } = running.type
  return {
    ...summary(collector, running),
    arguments: describeFields(definition.arguments, running.args),
    exports: describeFields(definition.exports, running.exports),
    debugInfo: describeDebugInfo(running.debugInfo()),
  }
}

function summary(collector: Collector, { node, health }: RunningComponent): ComponentInfo {
  const referencedBy = collector
    .components()
    .filter((other) => other.node.references.some(({ target }) => target === node.id))
    .map((other) => other.node.id)
  return {
    name: node.name,
    type: 'block',
    localID: node.id,
    moduleID: '',
    label: node.label,
    referencesTo: [...new Set(node.references.map(({ target }) => target))],
    referencedBy,
    dataFlowEdgesTo: collector.dataFlowFrom(node.id),
    health: { state: health.state, message: health.message, updatedTime: new Date(health.since).toISOString() },
    original: '',
    arguments: [],
    exports: [],
    debugInfo: [],
    liveDebuggingEnabled: collector.edgeList().some(({ from, to }) => from === node.id || to === node.id),
  }
}
