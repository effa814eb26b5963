import { useMemo } from 'react'
import { useKept } from './kept.ts'
import { drawerNames, parts } from './parts.tsx'
import type { DrawerName } from './parts.tsx'

const faces = ['canvas', 'split', 'text'] as const

export type Face = (typeof faces)[number]

/** What is open around the pipeline; `editable` says whether there is a config to edit. */
export interface PipelineLayout {
  readonly editable: boolean
  readonly face: Face
  readonly setFace: (face: Face) => void
  /** The list of components to add. */
  readonly palette: boolean
  readonly setPalette: (open: boolean) => void
  readonly inspector: boolean
  readonly setInspector: (open: boolean) => void
  readonly drawer: boolean
  readonly setDrawer: (open: boolean) => void
  readonly tab: DrawerName
  readonly setTab: (tab: DrawerName) => void
  readonly tabs: readonly DrawerName[]
}

/** The layout as this browser keeps it. */
export function usePipelineLayout(editable: boolean): PipelineLayout {
  const tabs = useMemo(() => drawerNames(editable), [editable])
  const [face, setFace] = useKept<Face>('face', 'canvas', (value) => faces.some((known) => known === value))
  const [palette, setPalette] = useKept<boolean>('palette', true)
  const [inspector, setInspector] = useKept<boolean>('inspector', true)
  const [drawer, setDrawer] = useKept<boolean>('drawer', false)
  const [tab, setTab] = useKept<DrawerName>('tab', tabs[0], (value) => tabs.some((known) => known === value))
  return {
    editable,
    face: editable && parts.text !== undefined ? face : 'canvas',
    setFace,
    palette: editable && palette,
    setPalette,
    inspector,
    setInspector,
    drawer: drawer && tabs.length > 0,
    setDrawer,
    tab: tabs.includes(tab) ? tab : tabs[0],
    setTab,
    tabs,
  }
}
