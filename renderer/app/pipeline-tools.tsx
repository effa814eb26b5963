import { IconButton } from '../ui/icon-button.tsx'
import { Segments } from '../ui/segments.tsx'
import { useWords } from '../ui/use-words.ts'
import { parts } from './parts.tsx'
import type { PipelineLayout } from './use-pipeline-layout.ts'
import { words } from './words.ts'

/** In the top bar: which faces and panes of the pipeline are open. */
export function PipelineTools({ layout }: { readonly layout: PipelineLayout }) {
  const say = useWords(words)
  return (
    <>
      {layout.editable && parts.text !== undefined && (
        <Segments
          label={say.face}
          value={layout.face}
          onChange={layout.setFace}
          segments={[
            { value: 'canvas', label: say.faces.canvas, icon: 'pipeline', iconOnly: true },
            { value: 'split', label: say.faces.split, icon: 'split', iconOnly: true },
            { value: 'text', label: say.faces.text, icon: 'text', iconOnly: true },
          ]}
        />
      )}
      {layout.editable && (
        <IconButton
          icon="components"
          label={say.palette}
          pressed={layout.palette}
          onClick={() => layout.setPalette(!layout.palette)}
        />
      )}
      {layout.tabs.length > 0 && (
        <IconButton
          icon="drawer"
          label={say.drawer}
          pressed={layout.drawer}
          onClick={() => layout.setDrawer(!layout.drawer)}
        />
      )}
      <IconButton
        icon="inspector"
        label={say.inspector}
        pressed={layout.inspector}
        onClick={() => layout.setInspector(!layout.inspector)}
      />
    </>
  )
}
