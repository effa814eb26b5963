import { Handle, Position } from 'reactflow'
import type { Node, NodeProps } from 'reactflow'
import { useComponentLive } from '../../live/connection-context.ts'
import type { PictureNode } from '../../model/picture.ts'
import type { SignalKind } from '../../model/signal-kind.ts'
import { HealthMark } from '../../ui/health-mark.tsx'
import { shortNumber } from '../../ui/quantity.ts'
import { SignalGlyph } from '../../ui/signal-glyph.tsx'
import { useNodeEmphasis } from './focus-context.ts'
import { words } from './words.ts'
import styles from './component-node.module.css'

export type ComponentFlowNode = Node<{ readonly node: PictureNode }, 'component'>

/** The face of a component: what it is, what the user called it, the fact that matters, its health and its rate. */
export function ComponentNode({ id, data: { node }, selected }: NodeProps<ComponentFlowNode>) {
  const live = useComponentLive(id)
  const emphasis = useNodeEmphasis(id)
  const flow = live?.output ?? live?.input
  const dropped = Object.values(live?.dropped ?? {}).reduce((total, count) => total + count, 0)
  const opaque = node.stage === undefined
  return (
    <div className={styles.node} data-emphasis={emphasis} data-selected={selected} data-opaque={opaque}>
      <Ports kinds={node.inputs} type="target" />
      <div className={styles.kind}>
        <SignalGlyph kind={node.outputs.at(0) ?? node.inputs.at(0) ?? 'other'} />
        <span className={styles.name} title={node.summary === '' ? node.name : `${node.name}: ${node.summary}`}>
          {node.name}
        </span>
        {opaque ? <span className={styles.aside}>{words.notRun}</span> : <HealthMark state={live?.health.state} />}
      </div>
      <div className={styles.row}>
        <span className={styles.label} title={node.label}>
          {node.label === '' ? node.name : node.label}
        </span>
        {flow && (
          <span className={styles.rate} data-still={flow.rate === 0}>
            {shortNumber(flow.rate)}
            <span className={styles.unit}> {flow.unit}/s</span>
          </span>
        )}
      </div>
      <div className={styles.row}>
        <span className={styles.fact} title={node.fact}>
          {node.fact}
        </span>
        {dropped > 0 && <span className={styles.dropped}>{words.dropped(dropped)}</span>}
      </div>
      <Ports kinds={node.outputs} type="source" />
    </div>
  )
}

function Ports({ kinds, type }: { readonly kinds: readonly SignalKind[]; readonly type: 'source' | 'target' }) {
  return kinds.map((kind, index) => (
    <Handle
      key={kind}
      id={kind}
      type={type}
      position={type === 'target' ? Position.Left : Position.Right}
      isConnectable={false}
      className={styles.port}
      style={{ top: `${((index + 1) / (kinds.length + 1)) * 100}%` }}
      title={kind}
    >
      <SignalGlyph kind={kind} />
    </Handle>
  ))
}
