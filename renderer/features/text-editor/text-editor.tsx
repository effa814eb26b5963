import { useEffect, useRef } from 'react'
import { useCell } from '../../live/connection-context.ts'
import { interfaceSize } from '../../model/interface-size.ts'
import { useWorkbench } from '../../model/workbench-context.ts'
import { codeRoot } from '../../ui/code/code-root.ts'
import { openEditor } from './open-editor.ts'
import { commandActions } from './text-commands.ts'
import { TextMenu } from './text-menu.tsx'
import styles from './text-editor.module.css'

interface TextEditorProps {
  /** Says why something was not done. */
  readonly tell: (message: string) => void
}

/** The document as text. */
export function TextEditor({ tell }: TextEditorProps) {
  const host = useRef<HTMLDivElement>(null)
  const { project, selection, spotlight, readClipboard, actions } = useWorkbench()
  const zoomed = useCell(interfaceSize) !== 1
  useEffect(() => {
    const { document } = project
    const { view, commands, close } = openEditor(codeRoot(host.current!), {
      ...{ document, selection, spotlight, readClipboard, tell, zoomed },
    })
    const withdraw = actions.add(commandActions(commands, view))
    return () => {
      withdraw()
      close()
    }
  }, [project, selection, spotlight, readClipboard, tell, zoomed, actions])
  return (
    <TextMenu>
      <div ref={host} className={styles.editor} />
    </TextMenu>
  )
}
