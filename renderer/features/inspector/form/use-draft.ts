import { useEffect, useState } from 'react'
import { useWorkbench } from '../../../model/workbench-context.ts'

/** What is typed into a field until it is done. */
export interface Draft {
  readonly text: string
  readonly type: (text: string) => void
  /** Makes an edit of it, once. */
  readonly commit: () => void
  /** Why it cannot become an edit; undefined while nothing speaks against it. */
  readonly complaint: string | undefined
}

/**
 * A draft over what stands in the config. `onCommit` makes the edit, or answers with the reason why not. Saving and applying
 * commit what is still typed.
 */
export function useDraft(value: string, onCommit: (text: string) => string | undefined): Draft {
  const { document } = useWorkbench().project
  const [text, setText] = useState(value)
  const [complaint, setComplaint] = useState<string>()
  useEffect(() => {
    setText(value)
    setComplaint(undefined)
  }, [value])
  const commit = (): void => {
    if (text !== value) setComplaint(onCommit(text))
  }
  useEffect(() => {
    if (text === value) return
    document.unfinished.add(commit)
    return () => void document.unfinished.delete(commit)
  })
  const type = (typed: string): void => {
    setText(typed)
    setComplaint(undefined)
  }
  return { text, type, commit, complaint }
}
