// The parts that edit the config, loaded together.
import { Inspector } from '../features/inspector/inspector.tsx'
import { ProblemsButton } from '../features/problems/problems.tsx'
import { ProjectControls } from '../features/project/project-controls.tsx'
import { ReviewControls } from '../features/review/review-controls.tsx'
import { TextEditor } from '../features/text-editor/text-editor.tsx'
import { notify } from '../ui/toast.tsx'
import type { PartProps } from './parts.tsx'

export { Review } from '../features/review/review.tsx'

const sayWhyNot = (title: string): void => notify({ tone: 'warning', title, id: 'text' })

export const TextPart = () => <TextEditor tell={sayWhyNot} />

export const InspectorPart = ({ selected, watching }: PartProps) =>
  selected !== undefined && <Inspector key={selected} id={selected} watching={watching} />

export const ProjectPart = () => (
  <>
    <ProjectControls />
    <ReviewControls />
    <ProblemsButton />
  </>
)
