import { Segments } from '../ui/segments.tsx'
import { SplitPane } from '../ui/split-pane.tsx'
import { useWords } from '../ui/use-words.ts'
import { Absence } from './absence.tsx'
import { Frame } from './frame.tsx'
import { useKept } from './kept.ts'
import { parts } from './parts.tsx'
import type { PartProps } from './parts.tsx'
import { words } from './words.ts'

const faces = ['table', 'flow', 'chart', 'instance'] as const
type LiveFace = (typeof faces)[number]

/** The running pipeline in numbers, with the inspector of what is selected. */
export function LiveView(part: PartProps) {
  const say = useWords(words)
  const [face, setFace] = useKept<LiveFace>('live-face', 'table', (value) => faces.some((known) => known === value))
  const [width, setWidth] = useKept<number>('inspector-width', 380)
  const Inspector = parts.inspector
  const Face = { table: parts.live, flow: parts.flow, chart: parts.chart, instance: parts.instance }[face]
  const selected = part.picture.nodes.some(({ id }) => id === part.selected)
  return (
    <Frame
      view="live"
      tools={
        <Segments
          label={say.liveFace}
          value={face}
          onChange={setFace}
          segments={faces.map((value) => ({ value, label: say.liveFaces[value] }))}
        />
      }
    >
      {part.picture.nodes.length === 0 && face !== 'instance' ? (
        <Absence />
      ) : (
        <SplitPane
          side="right"
          pane={selected ? <Inspector {...part} watching /> : undefined}
          size={width}
          least={300}
          rest={360}
          onResize={setWidth}
          label={say.inspector}
        >
          <Face {...part} />
        </SplitPane>
      )}
    </Frame>
  )
}
