import { addBlock } from '../../collector-core/language/edit-block.ts'
import { edits, replaced } from '../../collector-core/language/edit-result.ts'
import { Stack } from '../features/stack/stack.tsx'
import { useSnapshot, useWorkbench } from '../model/workbench-context.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { notify } from '../ui/toast.tsx'
import { Frame } from './frame.tsx'
import { readPlace } from './place.ts'
import { useStackState } from './use-stack-state.ts'
import type { ViewProps } from './parts.tsx'

/** The local stack, with the config it may be written into. */
export function StackPart({ onView }: ViewProps) {
  const { client, project, trail } = useWorkbench()
  const { text } = useSnapshot()
  const { state, failure } = useStackState()
  const { document } = project
  const config = {
    text,
    replace: (next: string) => void document.apply(edits(...replaced(text, 0, text.length, next))),
    add(blocks: string) {
      const outcome = document.apply(addBlock(document.snapshot.get().parsed, { endOf: [] }, blocks))
      if (outcome === undefined) onView('pipeline')
      else notify({ tone: 'failed', title: outcome.refused })
    },
  }
  const showTrace = (traceId: string): void => {
    trail.go({ pane: 'traces', traceId, spanId: undefined })
    onView('explore')
  }
  return (
    <Frame view="stack">
      {failure === undefined ? (
        <Stack
          client={client}
          state={state}
          config={config}
          onTrace={showTrace}
          first={readPlace(window.location.hash)?.at === 'export' ? 'export' : 'overview'}
        />
      ) : (
        <EmptyState icon="error" title={failure.message} detail={failure.nextStep} />
      )}
    </Frame>
  )
}
