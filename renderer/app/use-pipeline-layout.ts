import { drawerNames } from './drawer.tsx'
import type { DrawerName } from './drawer.tsx'
import { useKept } from './kept.ts'
import { parts } from './parts.tsx'

const faces = ['canvas', 'split', 'text'] as const

export type Face = (typeof faces)[number]

/** What is open around the pipeline. */
export interface PipelineLayout {
  readonly face: Face
  readonly setFace: (face: Face) => void
  readonly inspector: boolean
  readonly setInspector: (open: boolean) => void
  readonly drawer: boolean
  readonly setDrawer: (open: boolean) => void
  readonly tab: DrawerName
  readonly setTab: (tab: DrawerName) => void
}

/** The layout as this browser keeps it. */
export function usePipelineLayout(): PipelineLayout {
  const [face, setFace] = useKept<Face>('face', 'canvas', (value) => faces.some((known) => known === value))
  const [inspector, setInspector] = useKept<boolean>('inspector', true)
  const [drawer, setDrawer] = useKept<boolean>('drawer', false)
  const [tab, setTab] = useKept<DrawerName>('tab', drawerNames[0] ?? 'problems', (value) =>
    drawerNames.some((known) => known === value),
  )
  return {
    face: parts.text === undefined ? 'canvas' : face,
    setFace,
    inspector,
    setInspector,
    drawer,
    setDrawer,
    tab,
    setTab,
  }
}
