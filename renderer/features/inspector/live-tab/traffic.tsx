import { useEdgeLive } from '../../../live/connection-context.ts'
import type { Picture, PictureEdge } from '../../../model/picture.ts'
import { SignalGlyph } from '../../../ui/signal-glyph.tsx'
import { useWords } from '../../../ui/use-words.ts'
import { words } from './words.ts'
import styles from './traffic.module.css'

interface TrafficProps {
  readonly id: string
  readonly edges: Picture['edges']
  readonly onSelect: (id: string) => void
}

/** Every connection of a component, in and out, with its numbers; each leads to the component at its other end. */
export function Traffic({ id, edges, onSelect }: TrafficProps) {
  return (
    <ul className={styles.list}>
      {edges
        .filter(({ from, to }) => from === id || to === id)
        .map((edge) => (
          <Row key={edge.id} edge={edge} incoming={edge.to === id} onSelect={onSelect} />
        ))}
    </ul>
  )
}

interface RowProps {
  readonly edge: PictureEdge
  readonly incoming: boolean
  readonly onSelect: (id: string) => void
}

function Row({ edge, incoming, onSelect }: RowProps) {
  const say = useWords(words)
  const live = useEdgeLive(edge.id)
  const other = incoming ? edge.from : edge.to
  return (
    <li className={styles.row}>
      <SignalGlyph kind={edge.kind} />
      <span className={styles.way}>{incoming ? say.from : say.to}</span>
      <button type="button" className={styles.other} title={other} onClick={() => onSelect(other)}>
        {other}
      </button>
      {live !== undefined && edge.items !== undefined && (
        <>
          <span className={styles.rate}>{say.rate(live.rate, edge.items)}</span>
          <span className={styles.detail}>
            {say.total(live.items)} · {say.wait(live.waitMs)}
          </span>
          {live.refusedItems > 0 && (
            <span className={styles.refused}>{say.refused(live.refusedItems, live.lastRefusal)}</span>
          )}
        </>
      )}
    </li>
  )
}
