import { useCell, useConnection } from '../live/connection-context.ts'
import { useSnapshot, useWorkbench } from '../model/workbench-context.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { useWords } from '../ui/use-words.ts'
import { Absence } from './absence.tsx'
import { Frame } from './frame.tsx'
import { parts } from './parts.tsx'
import type { PartProps } from './parts.tsx'
import { PipelinePanes } from './pipeline-panes.tsx'
import { PipelineTools } from './pipeline-tools.tsx'
import { usePipelineLayout } from './use-pipeline-layout.ts'
import { words } from './words.ts'

/** The pipeline: the config that is edited where there is a host, the running one where there is a collector alone. */
export function PipelineView(part: PartProps) {
  const { servedBy } = useConnection()
  return servedBy === 'host' ? <EditedPipeline {...part} /> : <RunningPipeline {...part} />
}

function RunningPipeline(part: PartProps) {
  const layout = usePipelineLayout(false)
  return (
    <Frame view="pipeline" tools={<PipelineTools layout={layout} />}>
      {part.picture.nodes.length === 0 ? <Absence /> : <PipelinePanes layout={layout} {...part} />}
    </Frame>
  )
}

function EditedPipeline(part: PartProps) {
  const say = useWords(words)
  const layout = usePipelineLayout(true)
  const { picture } = useSnapshot()
  const opening = useCell(useWorkbench().project.opening)
  const Project = parts.project
  return (
    <Frame view="pipeline" lead={Project && <Project />} tools={<PipelineTools layout={layout} />}>
      {opening.kind === 'failed' ? (
        <EmptyState icon="file" title={opening.message} detail={opening.nextStep} />
      ) : opening.kind === 'opening' ? (
        <EmptyState icon="file" title={say.opening} />
      ) : (
        <PipelinePanes layout={layout} {...part} picture={picture} />
      )}
    </Frame>
  )
}
