import { Explore } from '../features/explore/explore.tsx'
import { useWorkbench } from '../model/workbench-context.ts'
import { Frame } from './frame.tsx'
import { useStackState } from './use-stack-state.ts'

/** What the backends keep. */
export function ExplorePart() {
  const { client, trail } = useWorkbench()
  return (
    <Frame view="explore">
      <Explore client={client} trail={trail} grafana={useStackState().state?.endpoints?.grafana} />
    </Frame>
  )
}
