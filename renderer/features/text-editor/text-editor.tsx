import { useEffect, useRef } from 'react'
import { useWorkbench } from '../../model/workbench-context.ts'
import { codeRoot } from '../../ui/code/code-root.ts'
import { openEditor } from './open-editor.ts'
import styles from './text-editor.module.css'

interface TextEditorProps {
  /** Says why something was not done. */
  readonly tell: (message: string) => void
}

/** The document as text. */
export function TextEditor({ tell }: TextEditorProps) {
  const host = useRef<HTMLDivElement>(null)
  const { project, selection, spotlight } = useWorkbench()
  useEffect(
    () => openEditor(codeRoot(host.current!), { document: project.document, selection, spotlight, tell }),
    [project, selection, spotlight, tell],
  )
  return <div ref={host} className={styles.editor} />
}
