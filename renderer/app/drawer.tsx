import { IconButton } from '../ui/icon-button.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { useWords } from '../ui/use-words.ts'
import { words as uiWords } from '../ui/words.ts'
import { parts } from './parts.tsx'
import type { PartProps } from './parts.tsx'
import type { PipelineLayout } from './use-pipeline-layout.ts'
import { words } from './words.ts'
import styles from './drawer.module.css'

interface DrawerProps extends PartProps {
  readonly layout: PipelineLayout
}

/** Below the pipeline: one of several lists about it. */
export function Drawer({ layout, ...part }: DrawerProps) {
  const say = useWords(words)
  const { close } = useWords(uiWords)
  return (
    <div className={styles.drawer} data-pane="drawer">
      <Tabs
        label={say.drawer}
        value={layout.tab}
        onChange={layout.setTab}
        tabs={layout.tabs.map((name) => {
          const Part = parts[name]
          const badge = name === 'problems' && <parts.problemsBadge />
          return { name, label: say.drawers[name], badge, content: Part && <Part {...part} /> }
        })}
        actions={<IconButton icon="close" label={close} onClick={() => layout.setDrawer(false)} />}
      />
    </div>
  )
}
