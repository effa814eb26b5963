import { useState } from 'react'
import type { ReactNode } from 'react'
import { Button } from '../../ui/button.tsx'
import { Combobox } from '../../ui/combobox.tsx'
import type { Option } from '../../ui/select.tsx'
import { useWords } from '../../ui/use-words.ts'
import { words } from './words.ts'
import styles from './explore.module.css'

interface QueryBarProps {
  readonly label: string
  /** The query that was asked last. */
  readonly query: string
  readonly options: readonly Option<string>[]
  readonly onRun: (query: string) => void
  readonly children?: ReactNode
}

/** One line of query language; Enter or the button asks. */
export function QueryBar({ label, query, options, onRun, children }: QueryBarProps) {
  const say = useWords(words)
  const [typed, setTyped] = useState({ from: query, text: query })
  const text = typed.from === query ? typed.text : query
  return (
    <form
      className={styles.query}
      onSubmit={(event) => {
        event.preventDefault()
        onRun(text.trim())
      }}
    >
      <div className={styles.input}>
        <Combobox
          mono
          label={label}
          placeholder={label}
          value={text}
          options={options}
          onChange={(next) => setTyped({ from: query, text: next })}
        />
      </div>
      <Button type="submit" kind="primary">
        {say.run}
      </Button>
      {children}
    </form>
  )
}
