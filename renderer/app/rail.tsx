import { useConnection } from '../live/connection-context.ts'
import { Icon } from '../ui/icon.tsx'
import { useWords } from '../ui/use-words.ts'
import { isHostView, views } from './views.ts'
import type { View } from './views.ts'
import { words } from './words.ts'
import styles from './rail.module.css'

/** The views, down the left side; the settings at its foot. */
export function Rail({ view, onView }: { readonly view: View; readonly onView: (view: View) => void }) {
  const say = useWords(words)
  const { servedBy } = useConnection()
  const offered = views.filter((name) => servedBy === 'host' || !isHostView(name))
  return (
    <nav className={styles.rail} aria-label={say.navigation}>
      {offered.map((name) => (
        <button
          key={name}
          type="button"
          className={styles.view}
          data-last={name === 'settings'}
          aria-current={name === view ? 'page' : undefined}
          onClick={() => onView(name)}
        >
          <Icon name={name} size={18} />
          {say.views[name]}
        </button>
      ))}
    </nav>
  )
}
