import { useCell } from '../../live/connection-context.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useWords } from '../../ui/use-words.ts'
import { useSession } from './session-context.ts'
import { words } from './words.ts'

/** Asks whether the gap that removing leaves is to be bridged. */
export function RemoveDialog() {
  const { removing } = useWords(words)
  const session = useSession()
  const task = useCell(session.task)
  if (task?.kind !== 'remove') return null
  const { nodes, edges } = task
  const close = (): void => session.task.set(undefined)
  const { byId } = session.scene.get()
  return (
    <Dialog
      open
      onClose={close}
      title={removing.title}
      detail={removing.detail(nodes.map((id) => byId.get(id)?.localId ?? id).join(', '))}
      actions={
        <>
          <Button onClick={close}>{removing.cancel}</Button>
          <Button onClick={() => session.removeNow(nodes, edges, false)}>{removing.cut}</Button>
          <Button kind="primary" onClick={() => session.removeNow(nodes, edges, true)}>
            {removing.bridge}
          </Button>
        </>
      }
    />
  )
}
