import type { ReactNode } from 'react'
import styles from './badge.module.css'

interface BadgeProps {
  readonly children: ReactNode
  readonly tone?: 'neutral' | 'healthy' | 'waiting' | 'failing' | 'selected'
}

/** A word or a count beside something else. */
export function Badge({ children, tone = 'neutral' }: BadgeProps) {
  return (
    <span className={styles.badge} data-tone={tone}>
      {children}
    </span>
  )
}
