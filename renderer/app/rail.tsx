import { Icon } from '../ui/icon.tsx'
import { words } from './words.ts'
import styles from './rail.module.css'

const views = ['pipeline', 'live'] as const

export type View = (typeof views)[number]

/** The views, down the left side. */
export function Rail({ view, onView }: { readonly view: View; readonly onView: (view: View) => void }) {
  return (
    <nav className={styles.rail} aria-label={words.navigation}>
      {views.map((name) => (
        <button
          key={name}
          type="button"
          className={styles.view}
          aria-current={name === view ? 'page' : undefined}
          onClick={() => onView(name)}
        >
          <Icon name={name} />
          {words.views[name]}
        </button>
      ))}
    </nav>
  )
}
