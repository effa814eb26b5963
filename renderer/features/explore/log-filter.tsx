import { useState } from 'react'
import type { TimeRange } from '../../../host/contract/explore.ts'
import type { WeirClient } from '../../../host/contract/client.ts'
import { Button } from '../../ui/button.tsx'
import { Combobox } from '../../ui/combobox.tsx'
import { useWords } from '../../ui/use-words.ts'
import { useAnswer } from './use-answer.ts'
import { words } from './words.ts'
import styles from './explore.module.css'

interface LogFilterProps {
  readonly client: WeirClient
  readonly range: TimeRange
  readonly onFilter: (label: string, value: string) => void
}

const asOptions = (names: readonly string[] = []) => names.map((value) => ({ value, label: value }))

/** Adds a label with one of its values to the query. */
export function LogFilter({ client, range, onFilter }: LogFilterProps) {
  const say = useWords(words)
  const [label, setLabel] = useState('')
  const [value, setValue] = useState('')
  const labels = useAnswer('labels', () => client.call('exploreLabels', { backend: 'logs', ...range }))
  const known = labels.answer?.includes(label) === true
  const values = useAnswer(known ? label : undefined, () =>
    client.call('exploreLabels', { backend: 'logs', label, ...range }),
  )
  return (
    <form
      className={styles.filter}
      onSubmit={(event) => {
        event.preventDefault()
        if (label === '') return
        onFilter(label, value)
        setValue('')
      }}
    >
      <Combobox
        mono
        label={say.label}
        placeholder={say.label}
        value={label}
        options={asOptions(labels.answer)}
        onChange={setLabel}
      />
      <Combobox
        mono
        label={say.value}
        placeholder={say.value}
        value={value}
        options={known ? asOptions(values.answer) : []}
        onChange={setValue}
      />
      <Button type="submit" icon="filter" disabled={label === ''}>
        {say.addFilter}
      </Button>
    </form>
  )
}
