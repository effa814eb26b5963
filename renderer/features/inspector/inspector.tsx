import { useCell, useComponentLive, useConnection } from '../../live/connection-context.ts'
import type { Picture, PictureNode } from '../../model/picture.ts'
import { HealthMark } from '../../ui/health-mark.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { wholeNumber } from '../../ui/quantity.ts'
import { SignalGlyph } from '../../ui/signal-glyph.tsx'
import { AlloyText } from './alloy-text.tsx'
import { DebugCards } from './debug-cards.tsx'
import { Section } from './section.tsx'
import { Traffic } from './traffic.tsx'
import { useComponentInfo } from '../../live/component-info-context.ts'
import { words } from './words.ts'
import styles from './inspector.module.css'

interface InspectorProps {
  readonly node: PictureNode
  readonly picture: Picture
  readonly onSelect: (id: string | undefined) => void
}

/** Everything about the selected component. */
export function Inspector({ node, picture, onSelect }: InspectorProps) {
  const connected = picture.edges.some(({ from, to }) => from === node.id || to === node.id)
  return (
    <aside className={styles.panel} aria-label={words.panel}>
      <header className={styles.header}>
        <div className={styles.kind}>
          <SignalGlyph kind={node.outputs.at(0) ?? node.inputs.at(0) ?? 'other'} />
          <span className={styles.name}>{node.name}</span>
          <IconButton icon="close" label={words.close} onClick={() => onSelect(undefined)} />
        </div>
        <h2 className={styles.label}>{node.label === '' ? node.name : node.label}</h2>
        {node.summary !== '' && <p className={styles.summary}>{node.summary}</p>}
        {node.stage !== undefined && <HealthLine id={node.id} />}
      </header>
      <div className={styles.body}>
        {connected && (
          <Section title={words.traffic}>
            <Traffic id={node.id} edges={picture.edges} onSelect={onSelect} />
          </Section>
        )}
        <Details node={node} />
      </div>
    </aside>
  )
}

function HealthLine({ id }: { readonly id: string }) {
  const live = useComponentLive(id)
  const now = useCell(useConnection().numbers.frame)?.at ?? 0
  if (live === undefined) return null
  const { state, message, since } = live.health
  return (
    <p className={styles.health}>
      <HealthMark silent state={state} />
      <span>
        <strong>{words.states[state]}</strong>{' '}
        <span className={styles.since} title={new Date(since).toLocaleString()}>
          {words.since(now - since)}
        </span>
        <br />
        {message}
      </span>
    </p>
  )
}

function Details({ node }: { readonly node: PictureNode }) {
  const reading = useComponentInfo(node.id)
  const live = useComponentLive(node.id)
  const now = useCell(useConnection().numbers.frame)?.at ?? 0
  if (node.stage === undefined) return <p className={styles.note}>{words.opaque}</p>
  if (reading.kind !== 'read') return <p className={styles.note}>{words.loading}</p>
  const { info, stale } = reading
  const dropped = Object.entries(live?.dropped ?? {})
  return (
    <>
      {stale && <p className={styles.note}>{words.unreachable}</p>}
      {dropped.length > 0 && (
        <Section title={words.dropped}>
          <ul className={styles.drops}>
            {dropped.map(([reason, count]) => (
              <li key={reason}>
                <span>{reason}</span>
                <span className={styles.count}>{wholeNumber(count)}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {info.debugInfo.length > 0 && (
        <Section title={words.debug}>
          <DebugCards statements={info.debugInfo} now={now} />
        </Section>
      )}
      <Section title={words.arguments}>
        {info.arguments.length === 0 ? (
          <p className={styles.note}>{words.noArguments}</p>
        ) : (
          <AlloyText statements={info.arguments} />
        )}
      </Section>
      {info.exports.length > 0 && (
        <Section title={words.exports}>
          <AlloyText statements={info.exports} />
        </Section>
      )}
    </>
  )
}
