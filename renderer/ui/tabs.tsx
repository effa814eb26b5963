import { Tabs as BaseTabs } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'
import styles from './tabs.module.css'

export interface TabEntry<Name extends string> {
  readonly name: Name
  readonly label: string
  /** Beside the label, such as a count. */
  readonly badge?: ReactNode
  /** Drawn only while its tab is the chosen one. */
  readonly content: ReactNode
}

interface TabsProps<Name extends string> {
  readonly label: string
  readonly value: Name
  readonly onChange: (name: Name) => void
  readonly tabs: readonly TabEntry<Name>[]
  /** At the end of the row of tabs. */
  readonly actions?: ReactNode
}

/** Views of which one is shown; it fills the height it is given. */
export function Tabs<Name extends string>({ label, value, onChange, tabs, actions }: TabsProps<Name>) {
  return (
    <BaseTabs.Root className={styles.root} value={value} onValueChange={(next) => onChange(next as Name)}>
      <div className={styles.bar}>
        <BaseTabs.List className={styles.list} aria-label={label} activateOnFocus>
          {tabs.map((tab) => (
            <BaseTabs.Tab key={tab.name} value={tab.name} className={styles.tab}>
              {tab.label}
              {tab.badge}
            </BaseTabs.Tab>
          ))}
        </BaseTabs.List>
        {actions}
      </div>
      {tabs.map(({ name, content }) => (
        <BaseTabs.Panel key={name} value={name} className={styles.panel}>
          {content}
        </BaseTabs.Panel>
      ))}
    </BaseTabs.Root>
  )
}
