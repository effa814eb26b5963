import type { PictureNode } from '../../model/picture.ts'
import { ComponentName } from '../../ui/component-name.tsx'
import { lineHues } from './line-chart.tsx'
import styles from './live-chart.module.css'

interface DrawnLinesProps {
  readonly nodes: readonly PictureNode[]
  /** In the order of the hues. */
  readonly drawn: readonly string[]
  readonly label: string
}

/** Which line is whose. */
export function DrawnLines({ nodes, drawn, label }: DrawnLinesProps) {
  return (
    <ul className={styles.lines} aria-label={label}>
      {nodes
        .filter(({ id }) => drawn.includes(id))
        .map(({ id, name, label: own }) => (
          <li key={id} className={styles.line} title={id}>
            <span className={styles.swatch} style={{ background: `var(${lineHues[drawn.indexOf(id)]})` }} />
            <ComponentName name={name} label={own} />
          </li>
        ))}
    </ul>
  )
}
