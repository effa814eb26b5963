import { memo, useContext, useState } from 'react'
import { Handle, Position, useStore } from 'reactflow'
import type { NodeProps } from 'reactflow'
import { useComponentLive } from '../../live/connection-context.ts'
import type { Port } from '../../model/ports.ts'
import type { SceneNode } from '../../model/scene.ts'
import { HealthMark } from '../../ui/health-mark.tsx'
import { shortNumber } from '../../ui/quantity.ts'
import { SignalGlyph } from '../../ui/signal-glyph.tsx'
import { missesTargets, TargetCount } from '../../ui/target-count.tsx'
import { useTranslation } from '../../ui/use-translation.ts'
import { useWords } from '../../ui/use-words.ts'
import { distance } from './distance.ts'
import { portTop } from './flow-elements.ts'
import type { ComponentFlowNode } from './flow-elements.ts'
import { useNodeEmphasis } from './focus-context.ts'
import { ReviewMark } from './review-marks.tsx'
import { portKey, RenamingContext, useSession, useWiring } from './session-context.ts'
import { Sparkline } from './sparkline.tsx'
import { words } from './words.ts'
import styles from './component-node.module.css'

/**
 * The face of a component: what it is, what the user called it, the fact that matters, its health and its rate; of these,
 * what can be read from where it is seen.
 */
export const ComponentNode = memo(function ComponentNode({
  id,
  data: { node },
  selected,
}: NodeProps<ComponentFlowNode>) {
  const translate = useTranslation()
  const say = useWords(words)
  const emphasis = useNodeEmphasis(id)
  const wiring = useWiring()
  const seen = useStore(distance)
  const { name, summary, fact, standing, validity, kind, inputs, outputs, problems } = node
  const unfit = wiring !== undefined && wiring.end.node.id !== id && !wiring.fitting.has(id)
  const face = {
    className: styles.node,
    'data-emphasis': unfit ? 'resting' : emphasis,
    'data-selected': selected,
    'data-standing': standing,
    'data-validity': validity,
    'data-distance': seen,
    title: problems.length > 0 ? problems.map(({ message }) => translate(message)).join('\n') : undefined,
  }
  if (seen === 'farthest') {
    return (
      <>
        <div {...face} title={face.title ?? node.id}>
          <Ports node={node} ports={inputs} />
          <Ports node={node} ports={outputs} />
        </div>
        <ReviewMark id={id} />
      </>
    )
  }
  return (
    <>
      <div {...face}>
        <Ports node={node} ports={inputs} />
        <div className={styles.kind}>
          <SignalGlyph kind={kind} />
          <span className={styles.name} title={summary === '' ? name : `${name}: ${translate(summary)}`}>
            {name}
          </span>
          {standing === 'running' ? (
            <Health id={id} />
          ) : (
            <span className={styles.aside}>{standing === 'opaque' ? say.notRun : say.off}</span>
          )}
        </div>
        <div className={styles.row}>
          <Label node={node} />
          {standing === 'running' && seen !== 'far' && <Rate id={id} />}
        </div>
        {seen !== 'far' && (
          <div className={styles.row}>
            <span className={styles.fact} title={translate(fact)}>
              {translate(fact)}
            </span>
            {standing === 'running' && <Targets id={id} />}
            {standing === 'running' && <Dropped id={id} />}
          </div>
        )}
        {seen === 'far' && standing === 'running' && <Targets id={id} />}
        {seen === 'near' && standing === 'running' && <Sparkline id={id} kind={kind} />}
        <Ports node={node} ports={outputs} />
      </div>
      <ReviewMark id={id} />
    </>
  )
})

function Health({ id }: { readonly id: string }) {
  const live = useComponentLive(id)
  return <HealthMark state={live?.health.state} />
}

function Rate({ id }: { readonly id: string }) {
  const live = useComponentLive(id)
  const flow = live?.output ?? live?.input
  if (flow === undefined) return null
  return (
    <span className={styles.rate} data-still={flow.rate === 0}>
      {shortNumber(flow.rate)}
      <span className={styles.unit}> {flow.unit}/s</span>
    </span>
  )
}

/** Health says nothing of them: what scrapes is healthy however many of its targets are down. */
function Targets({ id }: { readonly id: string }) {
  const targets = useComponentLive(id)?.targets
  return (
    missesTargets(targets) && (
      <span className={styles.targets}>
        <TargetCount targets={targets} />
      </span>
    )
  )
}

function Dropped({ id }: { readonly id: string }) {
  const say = useWords(words)
  const dropped = Object.values(useComponentLive(id)?.dropped ?? {}).reduce((total, count) => total + count, 0)
  return dropped > 0 && <span className={styles.dropped}>{say.dropped(dropped)}</span>
}

function Label({ node }: { readonly node: SceneNode }) {
  const renaming = useContext(RenamingContext) === node.id
  if (renaming) return <LabelInput node={node} />
  return (
    <span className={styles.label} title={node.label}>
      {node.label === '' ? node.name : node.label}
    </span>
  )
}

function LabelInput({ node }: { readonly node: SceneNode }) {
  const say = useWords(words)
  const session = useSession()
  const [label, setLabel] = useState(node.label)
  return (
    <input
      className={`${styles.input} nodrag`}
      aria-label={say.newLabel(node.localId)}
      value={label}
      spellCheck={false}
      autoComplete="off"
      autoFocus
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setLabel(event.target.value)}
      onBlur={() => session.task.set(undefined)}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Escape') session.task.set(undefined)
        if (event.key === 'Enter') session.rename(node.id, label.trim())
        if (event.key === 'Enter' || event.key === 'Escape')
          event.currentTarget.closest<HTMLElement>('.react-flow__node')?.focus()
      }}
    />
  )
}

function Ports({ node, ports }: { readonly node: SceneNode; readonly ports: readonly Port[] }) {
  const say = useWords(words)
  const wiring = useWiring()
  return ports.map(({ id, side, kind, port }, index) => {
    const misfit = wiring?.misfits.get(portKey(node.id, id))
    const own = wiring?.end.node.id === node.id && wiring.end.port.id === id
    return (
      <Handle
        key={id}
        id={id}
        type={side === 'in' ? 'target' : 'source'}
        position={side === 'in' ? Position.Left : Position.Right}
        className={styles.port}
        data-fit={wiring === undefined || own ? undefined : misfit === undefined ? 'fits' : 'misfit'}
        style={{ top: portTop(index, ports.length) }}
        title={say.port(say.kinds[kind], side)}
      >
        <SignalGlyph kind={kind} hollow={port === 'otlp'} />
      </Handle>
    )
  })
}
