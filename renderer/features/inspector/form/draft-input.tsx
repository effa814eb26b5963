import { useEffect, useState } from 'react'
import { TextArea, TextInput } from '../../../ui/text-input.tsx'

interface DraftInputProps {
  /** What stands in the config. */
  readonly value: string
  /** Called with what was typed when it is done: on Enter and on leaving. */
  readonly onCommit: (text: string) => void
  readonly label: string
  readonly placeholder?: string
  readonly type?: 'text' | 'password'
  readonly invalid?: boolean
  readonly autoFocus?: boolean
  readonly onDraft?: (text: string) => void
}

/** Text that becomes an edit when it is done; Escape takes back what was typed. */
export function DraftInput({ value, onCommit, label, onDraft, type, ...rest }: DraftInputProps) {
  const [draft, setDraft] = useState(value)
  useEffect(() => setDraft(value), [value])
  const change = (text: string): void => {
    setDraft(text)
    onDraft?.(text)
  }
  const commit = (): void => {
    if (draft !== value) onCommit(draft)
  }
  if (value.includes('\n')) {
    const rows = Math.min(value.split('\n').length + 1, 12)
    return <TextArea {...rest} mono rows={rows} label={label} value={draft} onChange={change} onBlur={commit} />
  }
  return (
    <TextInput
      {...rest}
      type={type}
      mono
      label={label}
      value={draft}
      onChange={change}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit()
        if (event.key !== 'Escape' || draft === value) return
        event.stopPropagation()
        change(value)
      }}
    />
  )
}
