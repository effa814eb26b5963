import { Palette } from '../features/palette/palette.tsx'
import { SplitPane } from '../ui/split-pane.tsx'
import { useWords } from '../ui/use-words.ts'
import { Drawer } from './drawer.tsx'
import { useKept } from './kept.ts'
import { parts } from './parts.tsx'
import type { PartProps } from './parts.tsx'
import { usePaneActions } from './use-pane-actions.ts'
import type { PipelineLayout } from './use-pipeline-layout.ts'
import { words } from './words.ts'
import styles from './app.module.css'

interface PipelinePanesProps extends PartProps {
  readonly layout: PipelineLayout
}

/** Canvas and text, together or alone, with the inspector beside and the drawer below. */
export function PipelinePanes({ layout, ...part }: PipelinePanesProps) {
  const say = useWords(words)
  usePaneActions(layout)
  const [textWidth, setTextWidth] = useKept<number>('text-width', 520)
  const [inspectorWidth, setInspectorWidth] = useKept<number>('inspector-width', 380)
  const [drawerHeight, setDrawerHeight] = useKept<number>('drawer-height', 260)
  const { canvas: Canvas, text: Text, inspector: Inspector } = parts
  const inspecting = layout.inspector && part.picture.nodes.some(({ id }) => id === part.selected)
  const text = Text && <Text {...part} />
  return (
    <SplitPane
      side="right"
      pane={inspecting ? <Inspector {...part} /> : undefined}
      size={inspectorWidth}
      least={300}
      rest={360}
      onResize={setInspectorWidth}
      label={say.inspector}
    >
      <SplitPane
        side="bottom"
        pane={layout.drawer ? <Drawer layout={layout} {...part} /> : undefined}
        size={drawerHeight}
        least={120}
        rest={200}
        onResize={setDrawerHeight}
        label={say.drawer}
      >
        {layout.face === 'text' ? (
          text
        ) : (
          <SplitPane
            side="right"
            pane={layout.face === 'split' ? text : undefined}
            size={textWidth}
            least={280}
            rest={320}
            onResize={setTextWidth}
            label={say.faces.text}
          >
            <div className={styles.canvas}>
              {layout.palette && <Palette />}
              <div className={styles.picture}>
                <Canvas {...part} reviewing={layout.drawer && layout.tab === 'diff'} />
              </div>
            </div>
          </SplitPane>
        )}
      </SplitPane>
    </SplitPane>
  )
}
