import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'
import styles from './table.module.css'
import heading from './sort-heading.module.css'

/** A table of one-line rows; cells of numbers have the class `number` of its style sheet. */
export function Table({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <table className={styles.table} aria-label={label}>
      {children}
    </table>
  )
}

export type SortOrder = 'ascending' | 'descending'

interface SortHeadingProps {
  readonly children: ReactNode
  readonly number?: boolean
  /** Undefined while another column decides. */
  readonly order: SortOrder | undefined
  readonly onSort: () => void
}

/** The head of a column that sorts. */
export function SortHeading({ children, number = false, order, onSort }: SortHeadingProps) {
  return (
    <th scope="col" className={number ? styles.number : undefined} aria-sort={order}>
      <button type="button" className={heading.button} onClick={onSort}>
        {children}
        <span className={heading.mark} data-on={order !== undefined}>
          <Icon name={order === 'ascending' ? 'up' : 'down'} size={12} />
        </span>
      </button>
    </th>
  )
}
