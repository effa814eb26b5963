import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'
import type { IconName } from './icon.tsx'
import styles from './empty-state.module.css'
import { useTranslation } from './use-translation.ts'

interface EmptyStateProps {
  readonly title: string
  readonly detail?: ReactNode
  readonly icon?: IconName
  /** What to do about it: buttons. */
  readonly actions?: ReactNode
}

/** What stands where there is nothing else to show: one sentence, and what to do about it; either may come from outside. */
export function EmptyState({ title, detail, icon, actions }: EmptyStateProps) {
  const translate = useTranslation()
  return (
    <div className={styles.notice} role="status">
      {icon && (
        <span className={styles.icon}>
          <Icon name={icon} size={20} />
        </span>
      )}
      <p className={styles.title}>{translate(title)}</p>
      {detail !== undefined && (
        <p className={styles.detail}>{typeof detail === 'string' ? translate(detail) : detail}</p>
      )}
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </div>
  )
}
