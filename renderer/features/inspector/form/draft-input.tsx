import { TextArea, TextInput } from '../../../ui/text-input.tsx'
import styles from './form.module.css'
import { useDraft } from './use-draft.ts'

interface DraftInputProps {
  /** What stands in the config. */
  readonly value: string
  /** Called with what was typed when it is done: on Enter and on leaving; answers with the reason when it cannot be. */
  readonly onCommit: (text: string) => string | undefined
  readonly label: string
  readonly placeholder?: string
  readonly type?: 'text' | 'password'
  readonly invalid?: boolean
}

/** Text that becomes an edit when it is done; Escape takes back what was typed. */
export function DraftInput({ value, onCommit, label, type, invalid = false, ...rest }: DraftInputProps) {
  const draft = useDraft(value, onCommit)
  const field = {
    ...{ ...rest, mono: true, label, value: draft.text },
    invalid: invalid || draft.complaint !== undefined,
    onChange: draft.type,
    onBlur: draft.commit,
  }
  const rows = Math.min(value.split('\n').length + 1, 12)
  return (
    <>
      {value.includes('\n') ? (
        <TextArea {...field} rows={rows} />
      ) : (
        <TextInput
          {...field}
          type={type}
          onKeyDown={(event) => {
            if (event.key === 'Enter') draft.commit()
            if (event.key !== 'Escape' || draft.text === value) return
            event.stopPropagation()
            draft.type(value)
          }}
        />
      )}
      {draft.complaint !== undefined && <p className={styles.error}>{draft.complaint}</p>}
    </>
  )
}
