import { Icon } from './icon.tsx'
import type { IconName } from './icon.tsx'
import { useWords } from './use-words.ts'
import { words } from './words.ts'
import styles from './field.module.css'

interface SearchInputProps {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly label: string
  readonly icon?: IconName
}

/** A line of text that narrows what is shown; Escape empties it. */
export function SearchInput({ value, onChange, label, icon = 'search' }: SearchInputProps) {
  const { clear } = useWords(words)
  return (
    <span className={styles.control}>
      <Icon name={icon} size={14} />
      <input
        type="text"
        role="searchbox"
        className={styles.inner}
        value={value}
        aria-label={label}
        placeholder={label}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || value === '') return
          event.stopPropagation()
          onChange('')
        }}
      />
      {value !== '' && (
        <button type="button" className={styles.bare} aria-label={clear} onClick={() => onChange('')}>
          <Icon name="close" size={12} />
        </button>
      )}
    </span>
  )
}
