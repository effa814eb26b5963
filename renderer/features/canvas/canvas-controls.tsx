import { Panel } from 'reactflow'
import { useWorkbench } from '../../model/workbench-context.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { useWords } from '../../ui/use-words.ts'
import { useSession } from './session-context.ts'
import { words } from './words.ts'

/** Add, find, tidy, zoom and fit, bottom left. */
export function CanvasControls() {
  const say = useWords(words)
  const { actions } = useWorkbench()
  const run = (id: string) => (): void => void actions.run(`canvas.${id}`)
  return (
    <Panel position="bottom-left" className="canvas-controls">
      {useSession().editable && <IconButton icon="plus" label={say.add} keys="A" onClick={run('add')} />}
      <IconButton icon="search" label={say.find} keys="Mod+F" onClick={run('find')} />
      <IconButton icon="tidy" label={say.tidy} onClick={run('tidy')} />
      <span className="canvas-controls-line" />
      <IconButton icon="fit" label={say.fit} keys="0" onClick={run('fit')} />
    </Panel>
  )
}
